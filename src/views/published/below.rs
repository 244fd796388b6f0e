//! What stands below part A of the reference result.

use carto_protocol::{OpenedResult, ResultText};
use carto_ui::{deferred, dynamic};
use leptos::prelude::*;

use super::live_site::LiveSite;
use crate::context::use_results;
use crate::views::chart_data::ChartData;
use crate::views::evidence::{EvidenceData, EvidenceSheet};
use crate::views::held_out::HeldOutSheet;
use crate::views::html_sheets::DifferencesSheet;
use crate::views::latent_sheets::LatentSheets;
use crate::views::result_text::reference_result_text;
use crate::views::songs::{SongsData, SongsSheet};

/// The evidence of part A, and parts B to D.
#[component]
pub(crate) fn OtherSheets() -> impl IntoView {
    let data = ChartData::reference();
    let has_channels = Memo::new(move |_| data.track_a.with(Option::is_some));
    let evidence = dynamic(move || match has_channels.get() {
        true => view! { <EvidenceSheet data=EvidenceData::reference()/> }.into_any(),
        false => ().into_any(),
    });
    // A file of one published layout has only one part.
    let has_latents = Memo::new(move |_| {
        data.track_b.with(Option::is_some) || data.synthesis.with(Option::is_some)
    });
    let latents = dynamic(move || match has_latents.get() {
        true => deferred(move || view! { <LatentSheets data/> }.into_any()).into_any(),
        false => ().into_any(),
    });
    view! {
        {evidence}
        {latents}
        {deferred(move || view! { <HeldOutSheet data/> }.into_any())}
    }
}

/// Songs of a result that was opened, how it differs from one that lies over it, and what the
/// published figures are held against.
#[component]
pub(crate) fn PublishedRest() -> impl IntoView {
    let results = use_results();
    let has_songs = Memo::new(move |_| {
        let is_any = |opened: &OpenedResult| !opened.shown.songs.is_empty();
        results.state.opened.with(|opened| opened.as_deref().is_some_and(is_any))
    });
    let songs = dynamic(move || match has_songs.get() {
        true => deferred(|| view! { <SongsSheet data=SongsData::opened()/> }.into_any()).into_any(),
        false => ().into_any(),
    });
    let is_opened = Memo::new(move |_| results.state.opened.with(Option::is_some));
    let live = dynamic(move || match is_opened.get() {
        true => ().into_any(),
        false => deferred(|| view! { <LiveSite/> }.into_any()).into_any(),
    });
    let theirs = Signal::derive(move || {
        let beside = |beside: &OpenedResult| ResultText::Json(beside.json.clone());
        results.state.overlay.with(|overlay| overlay.as_deref().map(beside))
    });
    view! {
        {songs}
        <DifferencesSheet ours=Signal::derive(reference_result_text) theirs/>
        {live}
    }
}
