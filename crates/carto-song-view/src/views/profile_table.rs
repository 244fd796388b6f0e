//! Agreement through the song as a table: the same numbers as the chart.

use carto_charts::number::{NO_VALUE, clock, fixed};
use carto_types::AgreementWindow;
use carto_ui::{FigureTable, dynamic, figure_row};
use leptos::prelude::*;

use crate::client::use_client;

/// A row for each window.
#[component]
pub(super) fn ProfileTable() -> impl IntoView {
    let state = use_client().state;
    let heads = ["from bar", "at", "mean r", "shifts reach from", "to"].map(str::to_owned).to_vec();
    let rows = move || {
        let row = |window: &AgreementWindow| {
            let text = |r: Option<f64>| r.map_or_else(|| NO_VALUE.to_owned(), |r| fixed(r, 2));
            let reach = window.reach;
            let figures = vec![
                clock(window.agreement.from_ms),
                text(window.agreement.mean),
                text(reach.map(|it| it.low)),
                text(reach.map(|it| it.high)),
            ];
            figure_row(window.first_bar.to_string().into_any(), figures, ().into_any())
        };
        let pair = state.opened();
        let windows = pair.as_ref().map_or(&[][..], |pair| &pair.song.windows);
        windows.iter().map(row).collect_view().into_any()
    };
    view! {
        <FigureTable
            named_by="song-windows"
            caption="Agreement in each window"
            class="table table--figures song-table"
            heads
            rows=dynamic(rows)
        />
    }
}
