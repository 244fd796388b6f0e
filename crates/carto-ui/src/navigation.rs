//! From a program of a view to another view of the page, which keeps its files.

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::PopStateEvent;

/// Shows what a query names, as a step of the browser's history: the page reads the address when it
/// is told that the history has moved.
///
/// - `query`: without its `?`, such as `view=song&song=x`
pub fn go_to(query: &str) {
    let path = window().location().pathname().unwrap_or_default();
    let address = format!("{path}?{query}");
    let pushed = window()
        .history()
        .and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(&address)));
    // A page without a history, as in a frame that forbids it, is loaded anew.
    if pushed.is_err() {
        let _ = window().location().set_href(&address);
        return;
    }
    if let Ok(event) = PopStateEvent::new("popstate") {
        let _ = window().dispatch_event(&event);
    }
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// A link to another view of the page; a press with a modifier key opens it beside this one, as any
/// link.
///
/// - `query`: as of [`go_to`]
/// - `label`: its name, where its text says too little
pub fn view_link(
    query: String,
    text: String,
    label: Option<String>,
    class: &'static str,
) -> AnyView {
    let href = format!("./?{query}");
    let open = move |event: leptos::ev::MouseEvent| {
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        go_to(&query);
    };
    view! {
        <a href=href class=class aria-label=label on:click=open>{text}</a>
    }
    .into_any()
}
