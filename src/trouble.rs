//! What a person reads when the page itself breaks down.

use leptos::prelude::document;

/// Marks the page as running: the words that stand in `index.html` until then go.
pub(crate) fn started() {
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
}

/// Shows the panel of `index.html` that is hidden until something breaks.
///
/// Nothing but the browser is used: the rest of the page may be what broke.
pub(crate) fn show_panics() {
    std::panic::set_hook(Box::new(|info| {
        let document = document();
        if let Some(detail) = document.get_element_by_id("trouble-detail") {
            detail.set_text_content(Some(&info.to_string()));
        }
        if let Some(title) = document.get_element_by_id("trouble-title") {
            title.set_text_content(Some("Something in this page broke"));
        }
        if let Some(panel) = document.get_element_by_id("trouble") {
            let _ = panel.remove_attribute("hidden");
        }
    }));
}
