//! What every menu does when it is left.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::focus;

/// Folds a menu up when it is left: by Escape, which leads back to its button, by
/// focus that goes on, and by a press anywhere else.
///
/// - `menu`, `button`: ids; the menu has its button inside
/// - returns: what the menu does with keys and with focus that leaves
pub(super) fn folding(
    is_open: RwSignal<bool>,
    menu: &'static str,
    button: &'static str,
) -> (impl Fn(ev::KeyboardEvent), impl Fn(ev::FocusEvent)) {
    let close_outside = move |target: Option<web_sys::EventTarget>| {
        if is_open.get_untracked() && !is_inside(menu, target) {
            is_open.set(false);
        }
    };
    let handle = window_event_listener(ev::pointerdown, move |event| close_outside(event.target()));
    on_cleanup(move || handle.remove());
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && is_open.get_untracked() {
            is_open.set(false);
            focus(button);
        }
    };
    // Focus that goes nowhere is that of a window behind another.
    let leave = move |event: ev::FocusEvent| {
        if event.related_target().is_some() {
            close_outside(event.related_target());
        }
    };
    (keys, leave)
}

fn is_inside(menu: &str, target: Option<web_sys::EventTarget>) -> bool {
    let node = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    let menu = document().get_element_by_id(menu);
    menu.is_some_and(|menu| menu.contains(node.as_ref()))
}
