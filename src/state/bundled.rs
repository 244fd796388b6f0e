//! The published figures that come with the page.

use std::sync::Arc;

use carto_protocol::{ShownResult, decode};
use js_sys::Uint8Array;
use js_sys::futures::JsFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::Response;

/// Where they are, relative to the page: the result file in the form that workers
/// answer in, so that the first view needs none.
const SHOWN_URL: &str = "./published/published.bin";

/// Fetches the figures; without them the charts stay empty and say so.
pub(super) fn fetch_bundled(bundled: RwSignal<Option<Arc<ShownResult>>>) {
    spawn_local(async move {
        if let Some(shown) = fetch().await {
            bundled.set(Some(Arc::new(shown)));
        }
    });
}

async fn fetch() -> Option<ShownResult> {
    let response = JsFuture::from(window().fetch_with_str(SHOWN_URL)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let bytes = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    decode(&Uint8Array::new(&bytes).to_vec()).ok()
}
