//! What the charts of latents read together: a latent stands at the same place in all of them.

use carto_charts::{LatentOrder, Places};
use carto_types::{Synthesis, TrackB};
use carto_ui::{Field, derived_bool, segments};
use leptos::prelude::*;

use super::chart_data::ChartData;
use crate::view_state::use_view_state;

/// Latents of the published encoder: how many places an empty chart has.
const USUAL_DIMS: usize = 32;

/// The data of parts B and C.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LatentData {
    /// Where the figures come from.
    pub(crate) data: ChartData,
    /// Agreement per latent, as far as it is computed.
    pub(crate) track_b: Signal<Option<TrackB>>,
    /// How latents correlate with channels, as far as it is computed.
    pub(crate) synthesis: Signal<Option<Synthesis>>,
    /// Whether the encoder's weights are random.
    pub(crate) is_untrained: Signal<bool>,
    /// What the latents are ordered by.
    pub(crate) order: RwSignal<LatentOrder>,
    /// Which latent stands where.
    pub(crate) places: Memo<Places>,
}

impl LatentData {
    /// The latents of a view's charts.
    pub(crate) fn new(data: ChartData) -> Self {
        let order = use_view_state().order;
        let ChartData { track_b, synthesis, encoder, .. } = data;
        let places = Memo::new(move |_| {
            let of_matrix = synthesis.with(|s| s.as_ref().map(|s| s.n_latent_dims as usize));
            let of_encoder = encoder.with(|e| e.as_ref().map(|e| e.n_latent_dims as usize));
            track_b.with(|track| {
                let of_track = track.as_ref().map(|track| track.dims.len()).filter(|&n| n > 0);
                let n_dims = of_matrix.or(of_track).or(of_encoder).unwrap_or(USUAL_DIMS);
                let ranking = track.as_ref().map_or(&[][..], |track| &track.ranking);
                Places::new(order.get(), ranking, n_dims)
            })
        });
        let is_untrained =
            derived_bool(move || encoder.with(|e| e.as_ref().is_some_and(|e| e.is_untrained)));
        Self { data, track_b, synthesis, is_untrained, order, places }
    }

    /// How many latents the charts have.
    pub(crate) fn n_dims(self) -> usize {
        self.places.with(Places::n_dims)
    }
}

/// What the latents of all charts are ordered by.
#[component]
pub(crate) fn OrderSwitch(
    /// The order of the latents.
    order: RwSignal<LatentOrder>,
) -> impl IntoView {
    let choices = LatentOrder::ALL.map(|kind| (kind, kind.name()));
    view! { <Field name="Order of latents">{segments(order, choices)}</Field> }
}
