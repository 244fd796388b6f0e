//! What the page offers to a view that is a program of its own.

use carto_protocol::decode;
use js_sys::{Array, Uint8Array};
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use web_sys::File;

/// Reads what stands at a place of what is to be shown, and its files at the next one; `None` where
/// the page offers nothing.
pub fn offer_at<T: DeserializeOwned>(shown: &Array, place: u32) -> Option<(T, Vec<File>)> {
    let bytes = shown.get(place).dyn_into::<Uint8Array>().ok()?;
    let files = Array::from(&shown.get(place + 1));
    let files = files.iter().filter_map(|file| file.dyn_into().ok());
    Some((decode(&bytes.to_vec()).ok()?, files.collect()))
}
