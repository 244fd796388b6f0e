//! What is asked of the browser besides drawing: focus, events, the page's own settings,
//! and words for a program that breaks.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, Element, FocusOptions, HtmlElement};

/// Sends the focus to an element of the page, if it is there.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// The same, with the page scrolled as it is.
pub fn focus_in_place(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

/// Tells other scripts of the page something, by an event on the window.
///
/// - `detail`: what comes along; [`JsValue::NULL`] for nothing
pub fn dispatch_event(name: &str, detail: &JsValue) {
    let options = CustomEventInit::new();
    options.set_detail(detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &options) {
        let _ = window().dispatch_event(&event);
    }
}

/// Has the browser ask a person before the page is left, as long as that would lose work.
pub fn ask_before_leaving(would_lose: Memo<bool>) {
    Effect::new(move |asking: Option<Option<WindowListenerHandle>>| {
        let asking = asking.flatten();
        match (asking, would_lose.get()) {
            (Some(asking), false) => {
                asking.remove();
                None
            }
            (None, true) => Some(window_event_listener(ev::beforeunload, |event| {
                event.prevent_default();
            })),
            (asking, _) => asking,
        }
    });
}

/// The `<meta>` of `index.html` with this name, which holds a setting of the page;
/// `None` if the page has none.
pub fn meta_element(name: &str) -> Option<Element> {
    document().query_selector(&format!("meta[name='{name}']")).ok().flatten()
}

/// Shows what a panic says in the panel of `index.html` that is hidden until something
/// breaks.
///
/// Nothing but the browser is used: the rest of the page may be what broke.
///
/// - `title`: what broke
pub fn show_panics(title: &'static str) {
    std::panic::set_hook(Box::new(move |info| {
        let set_text = |id: &str, text: &str| {
            if let Some(element) = document().get_element_by_id(id) {
                element.set_text_content(Some(text));
            }
        };
        set_text("trouble-detail", &info.to_string());
        set_text("trouble-title", title);
        if let Some(panel) = document().get_element_by_id("trouble") {
            let _ = panel.remove_attribute("hidden");
        }
    }));
}
