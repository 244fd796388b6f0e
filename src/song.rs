//! The way to the view of one song, a program of its own that `www/song.js` fetches when it is
//! opened first. What it is to show waits in `window.cartoSong` as `[name, bytes, files]`, where
//! `bytes` are those of an [`OfferedSong`] as it travels, or nothing as long as no song of the run
//! has that name; `null` while another view is shown. An event says that it has changed.

use carto_protocol::encode;
use carto_types::OfferedSong;
use carto_ui::dispatch_event;
use js_sys::{Array, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use web_sys::File;

/// Where the view looks for what it is to show.
const SHOWN: &str = "cartoSong";

/// Shows a song in the view; without `offered` the view says what it lacks.
///
/// - `name`: `artist - title`, as in the address
pub(crate) fn show_song(name: &str, offered: Option<&(OfferedSong, Vec<File>)>) {
    let bytes = offered.and_then(|(song, _)| encode(song).ok());
    let bytes = bytes.map_or(JsValue::NULL, |bytes| Uint8Array::from(&*bytes).into());
    let files: Array = offered.iter().flat_map(|(_, files)| files).collect();
    put(&Array::of3(&name.into(), &bytes, &files));
}

/// Has the view stop whatever plays: another one is shown.
pub(crate) fn hide_song() {
    put(&JsValue::NULL);
}

fn put(shown: &JsValue) {
    let _ = Reflect::set(&window(), &SHOWN.into(), shown);
    dispatch_event("carto-song", &JsValue::NULL);
}

/// Has the program of the view fetched, which then draws into the element `song`.
pub(crate) fn load_view() {
    dispatch_event("carto-song-open", &JsValue::NULL);
}
