//! Calls of functions that the page's own scripts put into the window.

use js_sys::futures::JsFuture;
use js_sys::{Array, Function, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

/// A function of one of the window's objects; `None` where the script did not put it there.
///
/// - `object`: the object's name
pub(super) fn function(object: &str, name: &str) -> Option<Function> {
    let functions = Reflect::get(&window(), &object.into()).ok()?;
    Reflect::get(&functions, &name.into()).ok()?.dyn_into().ok()
}

/// Calls such a function, which gives a promise, and waits for it.
///
/// # Errors
///
/// What the promise is rejected with; undefined where there is no such function.
pub(super) async fn call(
    object: &str,
    name: &str,
    arguments: &[&JsValue],
) -> Result<JsValue, JsValue> {
    let function = function(object, name).ok_or(JsValue::UNDEFINED)?;
    let arguments: Array = arguments.iter().copied().collect();
    let promise = function.apply(&JsValue::UNDEFINED, &arguments)?;
    JsFuture::from(promise.unchecked_into::<js_sys::Promise>()).await
}

/// What the browser says of an error.
///
/// - `otherwise`: where it says nothing
pub(super) fn in_words(error: &JsValue, otherwise: &str) -> String {
    let message = error.dyn_ref::<DomException>().map(DomException::message);
    message.unwrap_or_else(|| otherwise.to_owned())
}
