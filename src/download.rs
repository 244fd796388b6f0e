//! Handing a file to the person, and text to their clipboard.

use std::time::Duration;

use js_sys::futures::JsFuture;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// How long a download may need to begin before its memory is freed.
const KEEP_URL: Duration = Duration::from_secs(20);

/// Saves text as a file under the browser's usual rules.
///
/// Does nothing where the browser refuses to make a file, which none does today.
pub(crate) fn save_file(name: &str, text: &str) {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type(name));
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let url = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)
        .and_then(|blob| web_sys::Url::create_object_url_with_blob(&blob));
    let anchor = document().create_element("a").map(JsCast::dyn_into::<web_sys::HtmlAnchorElement>);
    let (Ok(url), Ok(Ok(anchor))) = (url, anchor) else { return };
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    set_timeout(
        move || {
            let _ = web_sys::Url::revoke_object_url(&url);
        },
        KEEP_URL,
    );
}

/// Saves a drawing as a PNG, three pixels for each of its own.
///
/// `www/picture.js` draws it, since that is a matter of the browser alone; without
/// that script nothing happens.
pub(crate) fn save_picture(svg_name: &str, svg: &str) {
    let detail = js_sys::Array::of2(&JsValue::from_str(svg_name), &JsValue::from_str(svg));
    let options = web_sys::CustomEventInit::new();
    options.set_detail(&detail);
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict("carto-picture", &options) {
        let _ = window().dispatch_event(&event);
    }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.') {
        Some((_, "json")) => "application/json",
        Some((_, "svg")) => "image/svg+xml",
        Some((_, "csv")) => "text/csv",
        _ => "text/plain",
    }
}

/// Puts text on the clipboard; says whether the browser allowed it.
pub(crate) async fn copy_text(text: &str) -> bool {
    let navigator = window().navigator();
    // Pages that are not served securely have no clipboard at all.
    let has_clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"))
        .is_ok_and(|clipboard| clipboard.is_object());
    has_clipboard && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
