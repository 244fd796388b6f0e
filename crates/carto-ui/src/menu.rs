//! A button that opens a panel, and what closes it.

use leptos::children::Children;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, HtmlElement, Node};

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
///
/// Arrow keys go through what can be pressed or filled in, Home and End to its ends but
/// where a text is written; the arrow down on the button opens the panel.
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
        let key = event.key();
        if key == "Escape" && is_open.get_untracked() {
            is_open.set(false);
            focus(button);
        } else if key == "ArrowDown" && !is_open.get_untracked() {
            event.prevent_default();
            if let Some(button) = element(button) {
                button.click();
            }
            // What the press shows is there with the next frame.
            request_animation_frame(move || {
                if let Some(first) = stops(panel).first() {
                    let _ = first.focus();
                }
            });
        } else if is_open.get_untracked()
            && let Some(target) = target_of_key(&key, &stops(panel))
        {
            event.prevent_default();
            let _ = target.focus();
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

/// What can be pressed or filled in, in the order of the panel.
fn stops(panel: &str) -> Vec<HtmlElement> {
    let selector = format!("#{panel} :is(button:not(:disabled), input, a[href])");
    let Ok(found) = document().query_selector_all(&selector) else { return Vec::new() };
    let element = |idx| found.item(idx)?.dyn_into::<HtmlElement>().ok();
    (0..found.length()).filter_map(element).collect()
}

/// Where a key leads from what has the focus; `None` for a key that leads nowhere.
fn target_of_key(key: &str, stops: &[HtmlElement]) -> Option<HtmlElement> {
    let active = document().active_element();
    let is_active = |stop: &HtmlElement| active.as_ref() == Some(stop.as_ref());
    let place = stops.iter().position(is_active);
    let is_text = active.as_ref().is_some_and(|active| {
        active.tag_name() == "INPUT" && active.get_attribute("type").as_deref() != Some("checkbox")
    });
    next_stop(key, place, stops.len(), is_text).and_then(|place| stops.get(place)).cloned()
}

/// The place to which a key leads, around the ends; `None` for a key that leads nowhere.
///
/// - `place`: of what has the focus, where it is one of the stops
/// - `is_text`: whether a text is written there, in which Home and End have their own meaning
fn next_stop(key: &str, place: Option<usize>, n_stops: usize, is_text: bool) -> Option<usize> {
    let last = n_stops.checked_sub(1)?;
    match (key, place) {
        ("ArrowDown", Some(place)) if place < last => Some(place + 1),
        ("ArrowDown", _) => Some(0),
        ("ArrowUp", Some(place)) if place > 0 => Some(place - 1),
        ("ArrowUp", _) => Some(last),
        ("Home", _) if !is_text => Some(0),
        ("End", _) if !is_text => Some(last),
        _ => None,
    }
}

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

fn is_inside(menu: &str, target: Option<EventTarget>) -> bool {
    let node = target.and_then(|target| target.dyn_into::<Node>().ok());
    let menu = document().get_element_by_id(menu);
    menu.is_some_and(|menu| menu.contains(node.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_around_the_ends_and_leave_home_and_end_to_texts() {
        let next = |key, place| next_stop(key, place, 3, false);
        assert_eq!([None, Some(0), Some(2)].map(|at| next("ArrowDown", at)), [0, 1, 0].map(Some));
        assert_eq!([None, Some(0), Some(2)].map(|at| next("ArrowUp", at)), [2, 2, 1].map(Some));
        assert_eq!((next("Home", Some(1)), next("End", Some(1))), (Some(0), Some(2)));
        assert_eq!(next_stop("End", Some(1), 3, true), None);
        assert_eq!((next("a", Some(1)), next_stop("ArrowDown", None, 0, false)), (None, None));
    }
}
