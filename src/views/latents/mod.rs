//! Parts B and C of the study on a person's own maps: what an encoder makes of
//! them, and how that goes with the nine channels.

mod bins;
mod chart;
mod figures;
mod histogram;
mod item;
mod notes;
mod order;
mod sheet;
mod span;
mod table;
mod taxonomy;
#[cfg(test)]
pub(crate) mod tests;
mod words;

use carto_types::{Backend, EncoderFacts, Synthesis, TrackB};
use leptos::prelude::*;

use super::charted::Charted;
use super::icons::{WARNING, icon};
use super::later::later;
use super::live::{drawn, flag, text};
use super::look::use_look;
use super::synthesis::CouplingSheet;
pub(crate) use figures::class_of;
pub(crate) use order::{LatentOrder, Places};
use sheet::LatentSheet;
pub(crate) use sheet::{OrderSwitch, segment};

/// Latents of the published encoder: how many places an empty chart has.
const USUAL_DIMS: usize = 32;

/// What both sheets read: a latent stands at the same place in both.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LatentView {
    /// Where the figures come from.
    pub(crate) charted: Charted,
    /// Agreement per latent, as far as it is computed.
    pub(crate) track_b: Signal<Option<TrackB>>,
    /// How latents go with channels, as far as it is computed.
    pub(crate) synthesis: Signal<Option<Synthesis>>,
    /// Whether the encoder's weights are random.
    pub(crate) is_untrained: Signal<bool>,
    /// What the latents are ordered by.
    pub(crate) order: RwSignal<LatentOrder>,
    /// Which latent stands where.
    pub(crate) places: Memo<Places>,
}

impl LatentView {
    /// Latents of the charts.
    pub(crate) fn n_dims(self) -> usize {
        self.places.with(Places::len)
    }
}

/// Agreement per latent, cosines, classes, and the matrix of latents and
/// channels.
///
/// Holds no state: the order of the latents and what is selected stand in the look.
#[component]
pub(crate) fn LatentSheets(
    /// What to draw.
    charted: Charted,
) -> impl IntoView {
    let order = use_look().order;
    let Charted { track_b, synthesis, encoder, backend, .. } = charted;
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
    let is_untrained = flag(move || encoder.with(|e| e.as_ref().is_some_and(|e| e.is_untrained)));
    let view = LatentView { charted, track_b, synthesis, is_untrained, order, places };
    // One's own come one after the other; a result that was opened may have one only.
    let is_printed = charted.is_printed;
    let has_no_agreement = flag(move || is_printed && track_b.with(Option::is_none));
    let has_no_matrix = flag(move || is_printed && synthesis.with(Option::is_none));
    view! {
        <div class="latents">
            <div hidden=has_no_agreement>
                <LatentSheet view encoder backend/>
            </div>
            <div hidden=has_no_matrix>
                {later(move || view! { <CouplingSheet view/> }.into_any())}
            </div>
        </div>
    }
}

/// Which encoder, where it runs, and what it is worth.
#[component]
pub(crate) fn ComputedBy(
    /// Which encoder.
    encoder: Signal<Option<EncoderFacts>>,
    /// What computes.
    backend: Signal<Option<Backend>>,
) -> impl IntoView {
    let encoder_line = text(move || {
        encoder.with(|encoder| encoder.as_ref().map_or_else(String::new, words::encoder_line))
    });
    let backend_line = text(move || {
        backend.with(|backend| backend.as_ref().map_or_else(String::new, words::backend_line))
    });
    let warning = drawn(move || {
        match encoder.with(|encoder| encoder.as_ref().is_some_and(|e| e.is_untrained)) {
            false => ().into_any(),
            true => view! {
                <p class="computed__warning" role="note">{icon(WARNING)} {words::UNTRAINED}</p>
            }
            .into_any(),
        }
    });
    view! {
        <div class="computed">
            {warning}
            <p class="computed__line" hidden=flag(move || encoder.with(Option::is_none))>
                <b>"Encoder: "</b>
                {encoder_line}
            </p>
            <p class="computed__line" hidden=flag(move || backend.with(Option::is_none))>
                {backend_line}
            </p>
        </div>
    }
}
