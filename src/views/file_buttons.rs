//! The ways to choose files without dragging.

use carto_ui::PickedFile;
use leptos::prelude::*;

use crate::files::Dropped;
use crate::routing::use_file_sinks;

/// A button that opens a dialogue for beatmaps and results, or for a folder of them.
#[component]
pub(crate) fn FileButton(
    /// Id of the input; one of each on the page.
    id: &'static str,
    /// What the button says.
    label: &'static str,
    /// Classes of the button.
    class: &'static str,
    /// Whether it takes a folder instead of files.
    #[prop(optional)]
    is_folder: bool,
) -> impl IntoView {
    let sinks = use_file_sinks();
    let on_pick = Callback::new(move |picked: Vec<PickedFile>| sinks.route(picked.into()));
    let accept = if is_folder { "" } else { ".osz,.osu,.zip,.json" };
    view! { <carto_ui::FileButton id label class accept is_folder on_pick/> }
}

/// A button that opens a dialogue for result files.
#[component]
pub(crate) fn OpenResultButton(
    /// Id of the input.
    id: &'static str,
) -> impl IntoView {
    let sinks = use_file_sinks();
    let on_pick = Callback::new(move |picked: Vec<PickedFile>| {
        sinks.open_results(Dropped::from(picked).files);
    });
    view! { <carto_ui::FileButton id label="Open a result file" accept=".json" on_pick/> }
}
