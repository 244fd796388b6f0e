//! The browser's address and history, kept at what a person looks at.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::query::{decoded, pairs};
use super::{Glance, Look};

/// A look that begins where the address says and keeps the address from then on.
///
/// Another view is a step of the history; anything else changes the present step,
/// since nobody wants to go back through forty positions of a slider.
///
/// - `has_run`: whether there is a run, whose rules no step back may change: it would
///   be computed anew
pub(crate) fn follow_address(has_run: impl Fn() -> bool + 'static) -> Look {
    let look = Look::new(Glance::of_query(&query()));
    Effect::new(move |before: Option<Glance>| {
        let now = look.glance();
        if let Some(before) = before
            && before != now
        {
            show(&now.to_query(&query()), &hash(), before.tab != now.tab);
        }
        now
    });
    let handle = window_event_listener(ev::popstate, move |_| {
        let mut glance = Glance::of_query(&query());
        if has_run() {
            glance.mode = look.mode.get_untracked();
        }
        // The step that was gone to says so too, and stays one step.
        show(&glance.to_query(&query()), &hash(), false);
        look.turn_to(glance);
    });
    on_cleanup(move || handle.remove());
    look
}

/// The decoded value of a parameter of the address; `None` where there is none.
pub(crate) fn parameter(key: &str) -> Option<String> {
    let query = query();
    let value = decoded(pairs(&query).find(|(known, _)| *known == key)?.1);
    (!value.is_empty()).then_some(value)
}

/// What follows the `#` of the address.
pub(crate) fn fragment() -> String {
    hash().trim_start_matches('#').to_owned()
}

/// Shows the part of the page that the fragment names, if there is one: it was not
/// there yet when the browser looked for it, and may take a moment more.
pub(crate) fn go_to_part() {
    look_for_part(&fragment(), 20);
}

fn look_for_part(id: &str, n_tries: u32) {
    if id.is_empty() || n_tries == 0 {
        return;
    }
    if let Some(part) = document().get_element_by_id(id) {
        return part.scroll_into_view();
    }
    let id = id.to_owned();
    set_timeout(move || look_for_part(&id, n_tries - 1), Duration::from_millis(100));
}

/// Takes the fragment and the parameter that named a result out of the address: it
/// is not shown any more.
pub(crate) fn without_fragment() {
    let query = query();
    let left = query.split('&').filter(|pair| !pair.starts_with("results="));
    show(&left.collect::<Vec<_>>().join("&"), "", true);
}

/// - `query`: without its `?`
/// - `hash`: with its `#`, or empty
fn show(query: &str, hash: &str, is_step: bool) {
    if query == self::query() && hash == self::hash() {
        return;
    }
    let path = window().location().pathname().unwrap_or_default();
    let mark = if query.is_empty() { "" } else { "?" };
    let address = format!("{path}{mark}{query}{hash}");
    // A page without a history, as in a frame that forbids it, goes on without.
    let Ok(history) = window().history() else { return };
    let _ = match is_step {
        true => history.push_state_with_url(&JsValue::NULL, "", Some(&address)),
        false => history.replace_state_with_url(&JsValue::NULL, "", Some(&address)),
    };
}

fn query() -> String {
    let search = window().location().search().unwrap_or_default();
    search.trim_start_matches('?').to_owned()
}

fn hash() -> String {
    window().location().hash().unwrap_or_default()
}
