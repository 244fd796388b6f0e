use carto_protocol::{Question, decode};
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

/// A request and the files that came with it.
pub(crate) struct Incoming<Q> {
    /// What to do.
    pub(crate) request: Q,
    /// In the order that the request tells.
    pub(crate) files: Vec<File>,
}

impl<Q: Question> Incoming<Q> {
    /// Reads `{ bytes: Uint8Array, files: File[] }`; `None` for anything else.
    pub(crate) fn read(data: &JsValue) -> Option<Self> {
        let bytes = Reflect::get(data, &JsValue::from_str("bytes")).ok()?;
        let request = decode(&bytes.dyn_ref::<Uint8Array>()?.to_vec()).ok()?;
        let files = Reflect::get(data, &JsValue::from_str("files")).ok()?;
        let files = files.dyn_into::<Array>().ok()?;
        let files = files.iter().map(|file| file.dyn_into().ok()).collect::<Option<_>>()?;
        Some(Self { request, files })
    }
}
