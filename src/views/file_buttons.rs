//! The ways to choose files without dragging.

use leptos::prelude::*;
use web_sys::File;

use crate::files::DroppedFile;
use crate::routing::use_file_sinks;

/// A button that opens a dialogue for beatmaps and results.
#[component]
pub(crate) fn FileButton(
    /// Id of the input; one of each on the page.
    id: &'static str,
    /// What the button says.
    label: &'static str,
) -> impl IntoView {
    let sinks = use_file_sinks();
    let on_pick = Callback::new(move |picked| sinks.route(alone(picked).into()));
    let class = "button button--primary";
    view! { <carto_ui::FileButton id label class accept=".osz,.olz,.osu,.zip,.json" on_pick/> }
}

/// A button that opens a dialogue for result files.
#[component]
pub(crate) fn OpenResultButton(
    /// Id of the input.
    id: &'static str,
) -> impl IntoView {
    let sinks = use_file_sinks();
    let on_pick = Callback::new(move |picked| sinks.open_results(alone(picked)));
    view! { <carto_ui::FileButton id label="Open a result file" accept=".json" on_pick/> }
}

fn alone(picked: Vec<File>) -> Vec<DroppedFile> {
    picked.into_iter().map(DroppedFile::alone).collect()
}
