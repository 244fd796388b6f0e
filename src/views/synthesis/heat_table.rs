//! The heatmap's values as a plain table.

use leptos::prelude::*;

use super::HeatView;
use super::matrix::{self, Cell};
use crate::format::{NO_VALUE, fixed};
use crate::views::channels::CHANNELS;
use crate::views::live::drawn;

/// Every value of the matrix that is shown, in the order of the charts.
#[component]
pub(super) fn HeatTable(
    /// What is on screen.
    view: HeatView,
) -> impl IntoView {
    let rows = drawn(move || {
        view.latents.places.with(|places| {
            view.with_matrix(|m| {
                let row = |dim: usize| {
                    let cells = (0..CHANNELS.len()).map(|channel| {
                        let r = matrix::value(m, Cell { dim, channel });
                        let r = r.map_or_else(|| NO_VALUE.to_owned(), |r| fixed(r, 3));
                        view! { <td>{r}</td> }
                    });
                    let cells: Vec<_> = cells.collect();
                    view! { <tr><th scope="row">{dim.to_string()}</th>{cells}</tr> }
                };
                places.dims().map(row).collect_view().into_any()
            })
        })
    });
    view! {
        <div class="table-scroll" role="region" aria-labelledby="heat-caption" tabindex="0">
            <table class="table table--figures">
                <caption id="heat-caption" class="table__caption">
                    "Mean correlation of each latent with each channel over all maps"
                </caption>
                <thead>
                    <tr>
                        <th scope="col">"latent"</th>
                        {CHANNELS
                            .map(|channel| view! { <th scope="col">{channel.name}</th> })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
