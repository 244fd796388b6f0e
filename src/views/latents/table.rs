//! Part B's figures as a plain table.

use carto_charts::{LatentChart, PairMean};
use carto_types::LatentSummary;
use carto_ui::{FigureTable, dynamic, figure_row};
use leptos::prelude::*;

use crate::views::agreement::class_label;
use crate::views::latent_data::LatentData;

/// Every figure of every latent in the order of the chart, three decimals
/// instead of two.
#[component]
pub(crate) fn LatentTable(
    /// What the charts of latents read.
    latents: LatentData,
) -> impl IntoView {
    let rows = dynamic(move || {
        latents.places.with(|places| {
            latents.track_b.with(|track| {
                let dims = track.as_ref().map_or(&[][..], |track| &track.dims);
                let n_songs = track.as_ref().map_or(0, |track| track.songs_analyzed);
                let rows = places.dims().filter_map(|dim| dims.get(dim));
                let rows = rows.map(|dim| table_row(dim, n_songs));
                rows.collect_view().into_any()
            })
        })
    });
    view! {
        <FigureTable
            named_by="latents-caption"
            caption="Agreement between two mappers of one song in each latent: means over all pairs, and their spread (one standard deviation)"
            heads=LatentChart::TABLE_HEADS.map(str::to_owned).to_vec()
            rows
        />
    }
}

fn table_row(dim: &LatentSummary, n_songs: u32) -> AnyView {
    let class = class_label(PairMean::of_latent(dim, n_songs), LatentChart::BOUNDS);
    let class = view! { <td class="table__word">{class}</td> }.into_any();
    figure_row(dim.dim.to_string().into_any(), LatentChart::table_row(dim).to_vec(), class)
}
