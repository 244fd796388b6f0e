//! A button that opens a panel, and what closes it.

use leptos::children::Children;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, Node};

use crate::{derived_aria, focus};

/// Ids of the parts of a menu; each stands once on the page.
#[derive(Debug, Clone, Copy)]
pub struct MenuIds {
    /// Around button and panel.
    pub menu: &'static str,
    /// The button.
    pub button: &'static str,
    /// The panel, which the caller draws.
    pub panel: &'static str,
}

/// A button with a panel below it, which closes when it is left: by Escape, which leads
/// back to the button, by focus that goes on, and by a press anywhere else.
#[component]
pub fn Menu(
    /// Ids of its parts.
    ids: MenuIds,
    /// Classes of the menu.
    #[prop(default = "menu")]
    class: &'static str,
    /// Content of the button.
    label: AnyView,
    /// Whether the panel is shown.
    is_open: RwSignal<bool>,
    /// Whether there is nothing to open.
    is_disabled: Signal<bool>,
    /// Runs after each press of the button.
    #[prop(optional)]
    on_press: Option<Callback<()>>,
    /// The panel: an element with the id of [`MenuIds::panel`], hidden unless `is_open`.
    children: Children,
) -> impl IntoView {
    let MenuIds { menu, button, panel } = ids;
    let close_outside = move |target: Option<EventTarget>| {
        if is_open.get_untracked() && !is_inside(menu, target) {
            is_open.set(false);
        }
    };
    let handle = window_event_listener(ev::pointerdown, move |event| close_outside(event.target()));
    on_cleanup(move || handle.remove());
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && is_open.get_untracked() {
            is_open.set(false);
            focus(button);
        }
    };
    // Focus that goes nowhere is that of a window behind another.
    let on_leave = move |event: ev::FocusEvent| {
        if event.related_target().is_some() {
            close_outside(event.related_target());
        }
    };
    view! {
        <div id=menu class=class on:keydown=on_key on:focusout=on_leave>
            <button
                id=button
                class="button"
                type="button"
                aria-expanded=derived_aria(move || is_open.get())
                aria-controls=panel
                disabled=is_disabled
                on:click=move |_| {
                    is_open.update(|is_open| *is_open = !*is_open);
                    if let Some(on_press) = on_press {
                        on_press.run(());
                    }
                }
            >
                {label}
            </button>
            {children()}
        </div>
    }
}

fn is_inside(menu: &str, target: Option<EventTarget>) -> bool {
    let node = target.and_then(|target| target.dyn_into::<Node>().ok());
    let menu = document().get_element_by_id(menu);
    menu.is_some_and(|menu| menu.contains(node.as_ref()))
}
