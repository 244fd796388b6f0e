//! Encoders that were downloaded, kept by the browser between visits.
//!
//! Whatever goes wrong here costs a download, nothing else: a browser may have
//! no such cache, forbid it, or run out of room.

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, Response, WorkerGlobalScope};

/// Name of the cache; it changes when what is kept changes.
const CACHE_NAME: &str = "carto-encoders-1";

/// The bytes that were kept under an address.
pub(crate) async fn get(url: &str) -> Option<Vec<u8>> {
    let found = JsFuture::from(open().await?.match_with_str(url)).await.ok()?;
    let response: Response = found.dyn_into().ok()?;
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Keeps bytes under an address.
pub(crate) async fn put(url: &str, bytes: &[u8]) {
    let body = Uint8Array::from(bytes);
    let response = Response::new_with_opt_js_u8_array(Some(&body));
    if let (Some(cache), Ok(response)) = (open().await, response) {
        // Without room for it the next visit downloads it again.
        let _ = JsFuture::from(cache.put_with_str(url, &response)).await;
    }
}

async fn open() -> Option<Cache> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let cache: JsValue = JsFuture::from(scope.caches().ok()?.open(CACHE_NAME)).await.ok()?;
    cache.dyn_into().ok()
}
