//! The matrix in a few numbers.

use leptos::prelude::*;

use super::matrix::strongest;
use super::words::channel_name;
use crate::format::{fixed, grouped};
use crate::views::computed_how::{ComputedHow, Figure};
use crate::views::latents::LatentView;
use crate::views::live::drawn;

/// Means of `|r|` in both matrices, the strongest cell, the maps behind it.
#[component]
pub(super) fn MatrixFigures(
    /// What both sheets read.
    view: LatentView,
) -> impl IntoView {
    let facts = drawn(move || {
        view.synthesis.with(|synthesis| {
            let Some(synthesis) = synthesis.as_ref().filter(|s| s.n_maps > 0) else {
                return ().into_any();
            };
            let strongest = strongest(synthesis.downsampled.cells()).map(|(cell, r)| {
                (format!("strongest ({} × {})", cell.dim, channel_name(cell.channel)), fixed(r, 3))
            });
            let facts = [
                Some((
                    "mean |r|, down-sampled".to_owned(),
                    fixed(synthesis.mean_abs_downsampled, 3),
                )),
                Some(("mean |r|, up-sampled".to_owned(), fixed(synthesis.mean_abs_upsampled, 3))),
                strongest,
                Some(("maps".to_owned(), grouped(u64::from(synthesis.n_maps)))),
            ];
            let rows = facts.into_iter().flatten().map(|(name, figure)| {
                view! { <div class="facts__row"><dt>{name}</dt><dd>{figure}</dd></div> }
            });
            view! {
                <div>
                    <h3 class="notes__title">"The matrix in four numbers"</h3>
                    <dl class="facts">{rows.collect_view()}</dl>
                </div>
            }
            .into_any()
        })
    });
    view! {
        {facts}
        <div class="notes__group">
            <p>
                <b>"Relief: "</b>
                "land where a latent moves with a channel, water where it moves against it. The sign of a latent carries no meaning; signs within one latent do."
            </p>
            <p>
                <b>"Dot: "</b>
                "a cell that is faded, which is not the same as a correlation of 0."
            </p>
            <ComputedHow figure=Figure::Matrix/>
        </div>
    }
}
