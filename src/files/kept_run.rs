//! The result of the last run, which `www/kept.js` keeps in the browser's database until the
//! next visit: the bytes of its result file.

use wasm_bindgen::JsValue;

use super::script::{call, in_words};

/// Where `www/kept.js` puts its functions.
const FUNCTIONS: &str = "cartoKept";

/// The key that the result is kept under.
const KEY: &str = "run";

/// The text of the result file that is kept; `None` also where the browser keeps nothing.
pub(crate) async fn get() -> Option<String> {
    call(FUNCTIONS, "get", &[&KEY.into()]).await.ok()?.as_string()
}

/// Keeps a result in the place of the one before.
///
/// # Errors
///
/// What the browser says.
pub(crate) async fn put(text: &str) -> Result<(), String> {
    let (key, text) = (JsValue::from_str(KEY), JsValue::from_str(text));
    let put = call(FUNCTIONS, "put", &[&key, &text]).await;
    put.map(|_| ()).map_err(|error| in_words(&error, "this browser lets pages keep nothing"))
}

/// Keeps it no more.
pub(crate) async fn forget() {
    // A browser that cannot forget has nothing kept.
    let _ = call(FUNCTIONS, "forget", &[&KEY.into()]).await;
}
