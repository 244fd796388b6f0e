//! Where an encoder can come from.

use carto_protocol::EncoderSource;
use carto_ui::{FileButton, meta_element};
use leptos::prelude::*;

use crate::address::absolute;
use crate::context::use_run;

/// The encoder that is served with the page.
pub(crate) fn bundled_encoder() -> EncoderSource {
    EncoderSource::Bundled { url: absolute("./models/encoder.safetensors").unwrap_or_default() }
}

/// The published encoder: converted and beside the page where the build could put it
/// there, else its checkpoint where the page says it is; `None` if it does not.
pub(super) fn published() -> Option<EncoderSource> {
    let meta = meta_element("carto-published-encoder")?;
    if let Some(url) = meta.get_attribute("data-beside") {
        return Some(EncoderSource::Beside { url: absolute(&url)? });
    }
    Some(EncoderSource::Published {
        url: absolute(&meta.get_attribute("content")?)?,
        sha256: meta.get_attribute("data-sha256")?,
        size_bytes: meta.get_attribute("data-size")?.parse().ok()?,
    })
}

/// A button that opens a dialogue for an encoder's weights.
#[component]
pub(super) fn EncoderFileButton() -> impl IntoView {
    let run = use_run();
    let on_pick = Callback::new(move |picked: Vec<web_sys::File>| {
        if let Some(file) = picked.into_iter().next() {
            run.choose_encoder(EncoderSource::File { name: file.name() }, Some(file));
        }
    });
    view! {
        <FileButton
            id="pick-encoder"
            label="Use an encoder file"
            accept=".safetensors,.ckpt,.pt"
            is_single=true
            on_pick
        />
    }
}
