use leptos::prelude::document;

/// Shows the page's panel for what broke, which is hidden until then.
pub(crate) fn show_panics() {
    std::panic::set_hook(Box::new(|info| {
        let set = |id: &str, text: &str| {
            if let Some(element) = document().get_element_by_id(id) {
                element.set_text_content(Some(text));
            }
        };
        set("trouble-detail", &info.to_string());
        set("trouble-title", "Something in this view broke");
        if let Some(panel) = document().get_element_by_id("trouble") {
            let _ = panel.remove_attribute("hidden");
        }
    }));
}
