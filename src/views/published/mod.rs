//! The view that opens first: the published run, or a result that was opened.

mod first_chart;
mod head;
mod live_site;

use carto_protocol::{OpenedResult, ResultText};
use carto_ui::{deferred, dynamic};
use leptos::prelude::*;

use super::chart_data::ChartData;
use super::held_out::HeldOutSheet;
use super::html_sheets::DifferencesSheet;
use super::intro::Intro;
use super::latent_sheets::LatentSheets;
use super::result_text::reference_result_text;
use super::yours_host::ResultSongsHost;
use crate::context::use_results;
use first_chart::FirstAgreementSheet;
pub(crate) use first_chart::FirstChart;
use head::ResultHead;
use live_site::LiveSite;

/// Question or name, parts A to D in ink, and what they are held against.
#[component]
pub(crate) fn PublishedView() -> impl IntoView {
    let results = use_results();
    let data = ChartData::reference();
    let is_opened = Memo::new(move |_| results.state.opened.with(Option::is_some));
    let head = dynamic(move || match is_opened.get() {
        true => view! { <ResultHead/> }.into_any(),
        false => view! { <Intro/> }.into_any(),
    });
    // A file of one published layout has only one part.
    let has_channels = Memo::new(move |_| {
        results.state.opened.with(Option::is_none) || data.track_a.with(Option::is_some)
    });
    let channels = dynamic(move || match has_channels.get() {
        true => view! { <FirstAgreementSheet data/> }.into_any(),
        false => ().into_any(),
    });
    let has_latents = Memo::new(move |_| {
        data.track_b.with(Option::is_some) || data.synthesis.with(Option::is_some)
    });
    let latents = dynamic(move || match has_latents.get() {
        true => deferred(move || view! { <LatentSheets data/> }.into_any()).into_any(),
        false => ().into_any(),
    });
    let has_songs = Memo::new(move |_| {
        let is_any = |opened: &OpenedResult| !opened.shown.songs.is_empty();
        results.state.opened.with(|opened| opened.as_deref().is_some_and(is_any))
    });
    let songs = dynamic(move || match has_songs.get() {
        true => deferred(|| view! { <ResultSongsHost/> }.into_any()).into_any(),
        false => ().into_any(),
    });
    let live = dynamic(move || match is_opened.get() {
        true => ().into_any(),
        false => deferred(|| view! { <LiveSite/> }.into_any()).into_any(),
    });
    let differences = deferred(move || {
        view! {
            <DifferencesSheet
                ours=Signal::derive(reference_result_text)
                theirs=Signal::derive(move || {
                    results.state.overlay.with(|beside| Some(ResultText::Json(beside.as_ref()?.json.clone())))
                })
            />
        }
        .into_any()
    });
    view! {
        {head}
        <div class="printed">
            {channels}
            {latents}
            {deferred(move || view! { <HeldOutSheet data/> }.into_any())}
        </div>
        {songs}
        {differences}
        {live}
    }
}
