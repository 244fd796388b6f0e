//! The way to a view that is a program of its own, which `www/views.js` fetches when the view is
//! opened first.
//!
//! What it is to show waits in a property of the window as `[words.., bytes, files, bytes, files]`:
//! twice what is offered as it travels, or `null` as long as there is nothing, with its files; first
//! the song or the songs, then the encoder. `null` alone stands there while another view is shown. An
//! event says that it has changed.

use carto_ui::dispatch_event;
use js_sys::{Array, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use web_sys::File;

/// What is offered to a view, as it travels, and its files.
pub(crate) type Offer = (Vec<u8>, Vec<File>);

/// A view that is a program of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ViewProgram {
    /// Id of the element that it draws into; its events are called after it.
    pub(crate) id: &'static str,
    /// Property of the window in which it looks for what it is to show.
    property: &'static str,
}

impl ViewProgram {
    /// The view of one song, which is told of the song's name.
    pub(crate) const SONG: Self = Self { id: "song", property: "cartoSong" };
    /// The view of mappers, which is told of a mapper, another one, and how the run stands.
    pub(crate) const MAPPER: Self = Self { id: "mapper", property: "cartoMapper" };

    /// Shows something in the view, which says what it lacks.
    ///
    /// - `words`: what is asked for, as in the address
    /// - `offers`: what is known of it, and the encoder of the run
    pub(crate) fn show(self, words: &[&str], offers: [Option<Offer>; 2]) {
        let shown: Array = words.iter().map(|word| JsValue::from_str(word)).collect();
        for offer in offers {
            let (bytes, files) = offer.map_or((JsValue::NULL, Vec::new()), |(bytes, files)| {
                (Uint8Array::from(&*bytes).into(), files)
            });
            let files: Array = files.iter().collect();
            shown.push(&bytes);
            shown.push(&files);
        }
        self.put(&shown);
    }

    /// Has the view stop whatever it does: another one is shown.
    pub(crate) fn hide(self) {
        self.put(&JsValue::NULL);
    }

    /// Has the program fetched, which then draws into its element.
    pub(crate) fn load(self) {
        dispatch_event(&format!("carto-{}-open", self.id), &JsValue::NULL);
    }

    /// Has the program fetched once the browser has nothing else to do.
    pub(crate) fn load_ahead(self) {
        dispatch_event(&format!("carto-{}-soon", self.id), &JsValue::NULL);
    }

    fn put(self, shown: &JsValue) {
        let _ = Reflect::set(&window(), &self.property.into(), shown);
        dispatch_event(&format!("carto-{}", self.id), &JsValue::NULL);
    }
}
