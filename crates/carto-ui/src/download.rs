//! Handing a file to the person, and text to their clipboard.

use std::time::Duration;

use js_sys::futures::JsFuture;
use js_sys::{Array, Reflect, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::dispatch_event;

/// How long a download may need to begin before its memory is freed.
const KEEP_URL: Duration = Duration::from_secs(20);

/// Saves bytes as a file under the browser's usual rules.
///
/// Does nothing where the browser refuses to make a file, which none does today.
///
/// - `name`: its extension decides the media type
pub fn save_file(name: &str, bytes: &[u8]) {
    let options = BlobPropertyBag::new();
    options.set_type(media_type(name));
    let parts = Array::of1(&Uint8Array::from(bytes));
    let url = Blob::new_with_u8_array_sequence_and_options(&parts, &options)
        .and_then(|blob| Url::create_object_url_with_blob(&blob));
    let anchor = document().create_element("a").map(JsCast::dyn_into::<HtmlAnchorElement>);
    let (Ok(url), Ok(Ok(anchor))) = (url, anchor) else { return };
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        KEEP_URL,
    );
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.') {
        Some((_, "json")) => "application/json",
        Some((_, "svg")) => "image/svg+xml",
        Some((_, "csv")) => "text/csv",
        Some((_, "txt")) => "text/plain",
        _ => "application/octet-stream",
    }
}

/// Saves a drawing as a PNG, three pixels for each of its own.
///
/// `www/picture.js` draws it, since that is a matter of the browser alone; without that
/// script nothing happens.
pub fn save_picture(svg_name: &str, svg: &str) {
    let detail = Array::of2(&JsValue::from_str(svg_name), &JsValue::from_str(svg));
    dispatch_event("carto-picture", &detail);
}

/// Puts text on the clipboard; says whether the browser allowed it.
pub async fn copy_text(text: &str) -> bool {
    let navigator = window().navigator();
    // Pages that are not served securely have no clipboard at all.
    let has_clipboard = Reflect::get(&navigator, &JsValue::from_str("clipboard"))
        .is_ok_and(|clipboard| clipboard.is_object());
    has_clipboard && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
