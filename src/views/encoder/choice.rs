use carto_protocol::{DeviceChoice, EncoderSource};
use leptos::prelude::*;
use web_sys::HtmlInputElement;

use crate::address::absolute;
use crate::context::use_run;

/// The encoder that is served with the page.
pub(super) fn bundled() -> EncoderSource {
    EncoderSource::Bundled { url: absolute("./models/encoder.safetensors").unwrap_or_default() }
}

/// The published encoder: converted and beside the page where the build could put it
/// there, else its checkpoint where the page says it is; `None` if it does not.
pub(super) fn published() -> Option<EncoderSource> {
    let meta = document().query_selector("meta[name='carto-published-encoder']").ok()??;
    if let Some(url) = meta.get_attribute("data-beside") {
        return Some(EncoderSource::Beside { url: absolute(&url)? });
    }
    Some(EncoderSource::Published {
        url: absolute(&meta.get_attribute("content")?)?,
        sha256: meta.get_attribute("data-sha256")?,
        size_bytes: meta.get_attribute("data-size")?.parse().ok()?,
    })
}

/// What the address asks for: `?backend=cpu` or `?backend=webgpu`.
pub(crate) fn device_of_address() -> DeviceChoice {
    let search = web_sys::window().and_then(|window| window.location().search().ok());
    let search = search.unwrap_or_default();
    let asked =
        search.trim_start_matches('?').split('&').find_map(|pair| pair.strip_prefix("backend="));
    match asked {
        Some("cpu") => DeviceChoice::Cpu,
        Some("webgpu") => DeviceChoice::WebGpu,
        _ => DeviceChoice::Auto,
    }
}

/// A file input that looks like a button.
#[component]
pub(super) fn EncoderFileButton() -> impl IntoView {
    let run = use_run();
    let on_change = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            run.choose_encoder(EncoderSource::File { name: file.name() }, Some(file));
        }
        // The same file again is a choice too.
        input.set_value("");
    };
    view! {
        <span class="file-button">
            <input
                id="pick-encoder"
                class="file-button__input visually-hidden"
                type="file"
                accept=".safetensors,.ckpt,.pt"
                on:change=on_change
            />
            <label class="button" for="pick-encoder">"Use an encoder file"</label>
        </span>
    }
}
