//! Parts B and C, one below the other.

use carto_ui::{deferred, derived_bool};
use leptos::prelude::*;

use super::chart_data::ChartData;
use super::latent_data::LatentData;
use super::latents::LatentSheet;
use super::synthesis::CorrelationSheet;

/// Agreement per latent, cosines, classes, and the matrix of latents and
/// channels.
///
/// Holds no state: the order of the latents and what is selected are of the view state.
#[component]
pub(crate) fn LatentSheets(
    /// What to draw.
    data: ChartData,
) -> impl IntoView {
    let latents = LatentData::new(data);
    // One's own come one after the other; a result that was opened may have one only.
    let is_printed = data.is_printed;
    let has_no_agreement = derived_bool(move || is_printed && data.track_b.with(Option::is_none));
    let has_no_matrix = derived_bool(move || is_printed && data.synthesis.with(Option::is_none));
    view! {
        <div class="latents">
            <div hidden=has_no_agreement>
                <LatentSheet latents/>
            </div>
            <div hidden=has_no_matrix>
                {deferred(move || view! { <CorrelationSheet latents/> }.into_any())}
            </div>
        </div>
    }
}
