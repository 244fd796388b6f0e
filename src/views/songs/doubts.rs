//! The choice to leave doubtful pairs out.

use carto_ui::{derived_bool, derived_string};
use leptos::prelude::*;

use crate::context::use_run;

/// A box to tick, with how many pairs it is about and why they are doubtful.
#[component]
pub(super) fn DoubtSwitch() -> impl IntoView {
    let run = use_run();
    let (is_on, doubtful) = (run.state.leaves_out_doubtful, run.state.doubtful);
    let what = derived_string(move || {
        match doubtful.get() {
        doubtful if doubtful.n_pairs() == 0 => {
            "none. Doubtful are pairs with audio of another or unknown length, and with one mapper on both sides.".to_owned()
        }
        doubtful => format!("{}.", doubtful.text()),
    }
    });
    view! {
        <label class="songs__doubts">
            <input
                type="checkbox"
                prop:checked=is_on
                disabled=derived_bool(move || !is_on.get() && doubtful.get().n_pairs() == 0)
                on:change=move |event| run.leave_out_doubtful(event_target_checked(&event))
            />
            " Leave out doubtful pairs: "
            {what}
        </label>
    }
}
