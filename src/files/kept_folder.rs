//! The folder that a person picked to come back to at the next visit.
//!
//! `www/folder.js` keeps its handle, which only the browser can, and reads it; not every
//! browser has such handles.

use carto_ui::picked_file;
use js_sys::futures::JsFuture;
use js_sys::{Array, Function, Reflect};
use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, File};

use super::dropped::{Dropped, is_taken_from_folders};

/// Where `www/folder.js` puts its functions.
const FUNCTIONS: &str = "cartoFolder";

/// Whether the browser can keep a folder.
pub(crate) fn can_be_kept() -> bool {
    function("name").is_some()
}

/// Name of the folder that is kept.
pub(crate) async fn name() -> Option<String> {
    call("name", None).await.ok()?.as_string()
}

/// Lets a person pick a folder, keeps it, and gives what is in it; `None` where they pick
/// none.
///
/// # Errors
///
/// What the browser says.
pub(crate) async fn pick() -> Result<Option<Dropped>, String> {
    files("pick").await
}

/// Asks for permission, and gives what is in the folder that is kept; `None` without
/// permission.
///
/// # Errors
///
/// What the browser says.
pub(crate) async fn read() -> Result<Option<Dropped>, String> {
    files("read").await
}

/// Keeps it no more.
pub(crate) async fn forget() {
    // A browser that cannot forget has nothing kept.
    let _ = call("forget", None).await;
}

async fn files(name: &str) -> Result<Option<Dropped>, String> {
    let is_read =
        Closure::<dyn Fn(String) -> bool>::new(|name: String| is_taken_from_folders(&name));
    let files = call(name, Some(is_read.as_ref())).await.map_err(|error| in_words(&error))?;
    let Ok(files) = files.dyn_into::<Array>() else { return Ok(None) };
    let files = files.iter().map(JsCast::unchecked_into::<File>);
    Ok(Some(files.map(picked_file).collect::<Vec<_>>().into()))
}

async fn call(name: &str, argument: Option<&JsValue>) -> Result<JsValue, JsValue> {
    let function = function(name).ok_or(JsValue::UNDEFINED)?;
    let promise = function.call1(&JsValue::UNDEFINED, argument.unwrap_or(&JsValue::UNDEFINED))?;
    JsFuture::from(promise.unchecked_into::<js_sys::Promise>()).await
}

fn function(name: &str) -> Option<Function> {
    let functions = Reflect::get(&window(), &FUNCTIONS.into()).ok()?;
    Reflect::get(&functions, &name.into()).ok()?.dyn_into().ok()
}

fn in_words(error: &JsValue) -> String {
    let message = error.dyn_ref::<DomException>().map(DomException::message);
    message.unwrap_or_else(|| "the browser could not read the folder".to_owned())
}
