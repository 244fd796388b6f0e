//! The way to a view that is a program of its own, which `www/views.js` fetches when the view is
//! opened first.
//!
//! What it is to show waits in a property of the window as `[words.., bytes, files]`, where `bytes`
//! are those of what is offered as it travels, or nothing as long as there is nothing; `null` while
//! another view is shown. An event says that it has changed.

use carto_ui::dispatch_event;
use js_sys::{Array, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use web_sys::File;

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

    /// Shows something in the view; without `offered` the view says what it lacks.
    ///
    /// - `words`: what is asked for, as in the address
    /// - `offered`: what is known of it as it travels, and its files
    pub(crate) fn show(self, words: &[&str], offered: Option<(Vec<u8>, Vec<File>)>) {
        let (bytes, files) = offered.map_or((JsValue::NULL, Vec::new()), |(bytes, files)| {
            (Uint8Array::from(&*bytes).into(), files)
        });
        let files: Array = files.iter().collect();
        let shown: Array = words.iter().map(|word| JsValue::from_str(word)).collect();
        shown.push(&bytes);
        shown.push(&files);
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
