//! The matrix in a few numbers.

use carto_charts::matrix_facts;
use carto_ui::dynamic;
use leptos::prelude::*;

use crate::views::latent_data::LatentData;
use crate::views::method_note::{Figure, MethodNote};

/// Means of `|r|` in both matrices, the strongest cell, the maps behind it.
#[component]
pub(super) fn MatrixFigures(
    /// What the charts of latents read.
    latents: LatentData,
) -> impl IntoView {
    let facts = dynamic(move || {
        latents.synthesis.with(|synthesis| {
            let Some(synthesis) = synthesis.as_ref().filter(|s| s.n_maps > 0) else {
                return ().into_any();
            };
            let rows = matrix_facts(synthesis).into_iter().map(|(name, figure)| {
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
                <b>"Colours: "</b>
                "brown where a latent moves with a channel, blue where it moves against it. The sign of a latent carries no meaning; signs within one latent do."
            </p>
            <p>
                <b>"Dot: "</b>
                "a cell that is faded, which is not the same as a correlation of 0."
            </p>
            <MethodNote figure=Figure::Matrix/>
        </div>
    }
}
