//! r of each channel as a table: of what the strips show, and of the song.

use carto_charts::number::{NO_VALUE, fixed};
use carto_types::SignalChannel;
use carto_ui::{FigureTable, dynamic, figure_row};
use leptos::prelude::*;

use crate::client::use_client;

/// A row for each channel.
#[component]
pub(super) fn StripsTable() -> impl IntoView {
    let state = use_client().state;
    let heads = ["channel", "r here", "r of the song"].map(str::to_owned).to_vec();
    let rows = move || {
        let (here, pair) = (state.here.get(), state.opened());
        let row = |channel: SignalChannel| {
            let text = |r: Option<f64>| r.map_or_else(|| NO_VALUE.to_owned(), |r| fixed(r, 2));
            let figures = vec![
                text(here.and_then(|here| *here.r.get(channel))),
                text(pair.as_ref().and_then(|pair| *pair.song.song.r.get(channel))),
            ];
            figure_row(channel.name().into_any(), figures, ().into_any())
        };
        SignalChannel::ALL.map(row).collect_view().into_any()
    };
    view! {
        <FigureTable
            named_by="song-channels"
            caption="r of each channel"
            class="table table--figures song-table"
            heads
            rows=dynamic(rows)
        />
    }
}
