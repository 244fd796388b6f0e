//! Handing a file to the person.

use std::time::Duration;

use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long a download may need to begin before its memory is freed.
const KEEP_URL: Duration = Duration::from_secs(20);

/// Saves bytes as a file under the browser's usual rules.
pub(crate) fn save_file(name: &str, bytes: &[u8]) {
    let kind = BlobPropertyBag::new();
    let is_csv = std::path::Path::new(name).extension().is_some_and(|ending| ending == "csv");
    kind.set_type(if is_csv { "text/csv" } else { "application/octet-stream" });
    let parts = Array::of1(&Uint8Array::from(bytes));
    let url = Blob::new_with_u8_array_sequence_and_options(&parts, &kind)
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
