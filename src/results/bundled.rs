//! The published figures that come with the page.

use std::sync::Arc;
use std::time::Duration;

use carto_protocol::decode;
use carto_types::ShownResult;
use js_sys::Uint8Array;
use js_sys::futures::JsFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::Response;

/// The page's link to them: the result file in the form that workers answer in, so
/// that the first view needs none. The build gives it a name that changes with its
/// content.
const FIGURES_LINK: &str = "figures";

/// How long the page waits for the figures before it is drawn without.
const PATIENCE: Duration = Duration::from_secs(1);

/// Fetches the figures; without them the charts stay empty and say so.
///
/// - `is_settled`: becomes true when they are there, are known not to come, or take
///   longer than anyone should wait for the page
pub(super) fn fetch_bundled(
    bundled: RwSignal<Option<Arc<ShownResult>>>,
    is_settled: RwSignal<bool>,
) {
    spawn_local(async move {
        if let Some(shown) = fetch().await {
            bundled.set(Some(Arc::new(shown)));
        }
        is_settled.set(true);
    });
    set_timeout(move || is_settled.set(true), PATIENCE);
}

async fn fetch() -> Option<ShownResult> {
    let url = document().get_element_by_id(FIGURES_LINK)?.get_attribute("href")?;
    let response = JsFuture::from(window().fetch_with_str(&url)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let bytes = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    decode(&Uint8Array::new(&bytes).to_vec()).ok()
}
