//! What the browser tells of sizes and themes.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
    MutationObserver, MutationObserverInit, ResizeObserver,
};

/// What lies so near to the edge of the screen counts as in sight: a page scrolls before the browser
/// tells of it.
const NEAR_SIGHT: &str = "150px 0px";

/// Tells whenever the size of an element changes, as long as the page lives.
pub(crate) fn on_resize(element: &Element, act: impl Fn() + 'static) {
    let act = Closure::<dyn FnMut()>::new(act);
    if let Ok(observer) = ResizeObserver::new(act.as_ref().unchecked_ref()) {
        observer.observe(element);
        act.forget();
    }
}

/// Tells which children of an element come into sight, or nearly, and which go out of it, as long as
/// the page lives.
///
/// - `class`: of the children that are meant
/// - `act`: told of a child by its place among them
pub(crate) fn on_sight(parent: &Element, class: &str, act: impl Fn(usize, bool) + 'static) {
    let children = parent.get_elements_by_class_name(class);
    let children: Vec<Element> =
        (0..children.length()).filter_map(|idx| children.item(idx)).collect();
    let observed = children.clone();
    let told = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
        for entry in entries.iter() {
            let entry: IntersectionObserverEntry = entry.unchecked_into();
            let target = entry.target();
            if let Some(place) = observed.iter().position(|child| *child == target) {
                act(place, entry.is_intersecting());
            }
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(NEAR_SIGHT);
    let observer = IntersectionObserver::new_with_options(told.as_ref().unchecked_ref(), &options);
    if let Ok(observer) = observer {
        children.iter().for_each(|child| observer.observe(child));
        told.forget();
    }
}

/// Tells whenever the colours of the page may have changed: the page's own theme, which is a class
/// of its root, and the system's.
pub(crate) fn on_theme(act: impl Fn() + Clone + 'static) {
    let changed = act.clone();
    let observe = Closure::<dyn FnMut()>::new(changed);
    let observer = MutationObserver::new(observe.as_ref().unchecked_ref());
    if let (Ok(observer), Some(root)) = (observer, document().document_element()) {
        let options = MutationObserverInit::new();
        options.set_attributes(true);
        let _ = observer.observe_with_options(&root, &options);
        observe.forget();
    }
    for query in ["(prefers-color-scheme: dark)", "(forced-colors: active)"] {
        let Ok(Some(query)) = window().match_media(query) else { continue };
        let changed = Closure::<dyn FnMut()>::new(act.clone());
        query.set_onchange(Some(changed.as_ref().unchecked_ref()));
        changed.forget();
        // What listens goes with it.
        std::mem::forget(query);
    }
}

/// Whether a person wants less motion.
pub(crate) fn wants_less_motion() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)").ok().flatten();
    query.is_some_and(|query| query.matches())
}
