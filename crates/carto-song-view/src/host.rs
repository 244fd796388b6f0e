//! What the page gives this view: the song that it is to show with its files, and the encoder of the
//! run. They wait in `window.cartoSong`; an event says that they have changed.

use carto_port::pool::offer_at;
use carto_types::{OfferedEncoder, OfferedSong};
use js_sys::{Array, Reflect};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

/// A song that is to be shown.
pub(crate) struct Shown {
    /// `artist - title`.
    pub(crate) name: String,
    /// What is known of it, once its files are there.
    pub(crate) offered: Option<OfferedSong>,
    /// Its files, those of each source one after the other.
    pub(crate) files: Vec<File>,
    /// The encoder of the run, with the file of its weights; `None` where it has none.
    pub(crate) encoder: Option<(OfferedEncoder, File)>,
}

/// Hears what is to be shown, now and from now on; `None` while another view is.
pub(crate) fn listen(on_shown: impl Fn(Option<Shown>) + 'static) {
    on_shown(read());
    // It listens as long as the page lives.
    let _ =
        window_event_listener(ev::Custom::<web_sys::CustomEvent>::new("carto-song"), move |_| {
            on_shown(read());
        });
}

fn read() -> Option<Shown> {
    let shown = Reflect::get(&window(), &JsValue::from_str("cartoSong")).ok()?;
    let shown = shown.dyn_into::<Array>().ok()?;
    let (offered, files) = offer_at(&shown, 1).unzip();
    let encoder = offer_at(&shown, 3);
    Some(Shown {
        name: shown.get(0).as_string().unwrap_or_default(),
        offered,
        files: files.unwrap_or_default(),
        encoder: encoder.and_then(|(encoder, files)| Some((encoder, files.into_iter().next()?))),
    })
}
