//! Part B's figures as a plain table.

use carto_types::LatentSummary;
use leptos::prelude::*;

use super::LatentView;
use super::figures::class_of;
use crate::format::{fixed, grouped, spread};
use crate::views::agreement::class_word;
use crate::views::live::drawn;

/// Every figure of every latent in the order of the chart, three decimals
/// instead of two.
#[component]
pub(crate) fn LatentTable(
    /// What both sheets read.
    view: LatentView,
) -> impl IntoView {
    let rows = drawn(move || {
        view.places.with(|places| {
            view.track_b.with(|track| {
                let dims = track.as_ref().map_or(&[][..], |track| &track.dims);
                let rows = places.dims().filter_map(|dim| dims.get(dim)).map(table_row);
                rows.collect_view().into_any()
            })
        })
    });
    view! {
        <div class="table-scroll" role="region" aria-labelledby="latents-caption" tabindex="0">
            <table class="table">
                <caption id="latents-caption" class="table__caption">
                    "Agreement between two mappers of one song in each latent: means over all pairs, and their spread (one standard deviation)"
                </caption>
                <thead>
                    <tr>
                        {["latent", "mean r", "spread", "cosine", "spread", "variance between mappers", "pairs", "class by r"]
                            .into_iter()
                            .map(|column| view! { <th scope="col">{column}</th> })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn table_row(dim: &LatentSummary) -> impl IntoView + use<> {
    let n_pairs = dim.n_pairs as usize;
    let spread_of = |std| if n_pairs > 1 { spread(std) } else { "one pair".to_owned() };
    let figures = [
        fixed(dim.pearson_mean, 3),
        spread_of(dim.pearson_std),
        fixed(dim.cosine_mean, 3),
        spread_of(dim.cosine_std),
        fixed(dim.between_var_mean, 4),
        grouped(n_pairs as u64),
    ];
    view! {
        <tr>
            <th scope="row">{dim.dim.to_string()}</th>
            {figures.into_iter().map(|figure| view! { <td>{figure}</td> }).collect_view()}
            <td class="table__word">{class_word(class_of(dim))}</td>
        </tr>
    }
}
