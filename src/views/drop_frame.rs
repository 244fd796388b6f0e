//! The whole window as a drop target.

use carto_charts::number::counted;
use carto_ui::{derived_bool, derived_string};
use leptos::ev;
use leptos::prelude::*;

use crate::files::{from_drop, from_early_drop};
use crate::routing::use_file_sinks;

/// The frame that says "let go here"; nothing else moves while files hover.
#[component]
pub(crate) fn DropFrame() -> impl IntoView {
    let sinks = use_file_sinks();
    // How many things hover over the window; `None` when none does.
    let n_hovering = RwSignal::new(None::<usize>);

    let hover = move |event: web_sys::DragEvent| {
        let Some(transfer) = event.data_transfer().filter(carries_files) else { return };
        event.prevent_default();
        transfer.set_drop_effect("copy");
        let n_items = transfer.items().length() as usize;
        if n_hovering.get_untracked() != Some(n_items) {
            n_hovering.set(Some(n_items));
        }
    };
    window_event_listener(ev::dragenter, hover);
    window_event_listener(ev::dragover, hover);
    window_event_listener(ev::dragleave, move |event| {
        // Between two elements of the page there is always a related one.
        if event.related_target().is_none() {
            n_hovering.set(None);
        }
    });
    window_event_listener(ev::drop, move |event| {
        n_hovering.set(None);
        let Some(transfer) = event.data_transfer().filter(carries_files) else { return };
        event.prevent_default();
        from_drop(&transfer, sinks.is_for_beatmaps(), sinks.router());
    });
    from_early_drop(sinks.is_for_beatmaps(), sinks.router());

    view! {
        <div class="drop-frame" class:drop-frame--shown=derived_bool(move || n_hovering.get().is_some()) aria-hidden="true">
            <p class="drop-frame__line">{derived_string(move || n_hovering.get().map(invitation).unwrap_or_default())}</p>
        </div>
    }
}

/// Text and links can be dragged too: they are left to the browser.
fn carries_files(transfer: &web_sys::DataTransfer) -> bool {
    transfer.types().iter().any(|kind| kind == "Files")
}

fn invitation(n_items: usize) -> String {
    match n_items {
        // Some browsers do not count before the drop; one item may be a folder.
        0 | 1 => "Drop to chart it".to_owned(),
        n => format!("Drop to chart {}", counted(n, "archive", "archives")),
    }
}
