//! The folder that a person picked to come back to at the next visit.
//!
//! `www/folder.js` keeps its handle, which only the browser can; not every browser has such
//! handles. It comes in as a folder that was dropped.

use js_sys::Array;

use super::script::{call, function, in_words};

/// Where `www/folder.js` puts its functions.
const FUNCTIONS: &str = "cartoFolder";

/// Whether the browser can keep a folder.
pub(crate) fn can_be_kept() -> bool {
    function(FUNCTIONS, "name").is_some()
}

/// Name of the folder that is kept.
pub(crate) async fn name() -> Option<String> {
    call(FUNCTIONS, "name", &[]).await.ok()?.as_string()
}

/// Lets a person pick a folder, keeps it, and gives it, as [`super::from_objects`] takes
/// it; `None` where they pick none.
///
/// # Errors
///
/// What the browser says.
pub(crate) async fn pick() -> Result<Option<Array>, String> {
    folder("pick").await
}

/// Asks for permission, and gives the folder that is kept, as [`pick`] does; `None`
/// without permission.
///
/// # Errors
///
/// What the browser says.
pub(crate) async fn read() -> Result<Option<Array>, String> {
    folder("read").await
}

/// Keeps it no more.
pub(crate) async fn forget() {
    // A browser that cannot forget has nothing kept.
    let _ = call(FUNCTIONS, "forget", &[]).await;
}

async fn folder(name: &str) -> Result<Option<Array>, String> {
    let folder = call(FUNCTIONS, name, &[]).await;
    let folder =
        folder.map_err(|error| in_words(&error, "the browser could not read the folder"))?;
    Ok(folder.is_object().then(|| Array::of1(&folder)))
}
