//! The view that opens first: the published run, or a result that was opened.

mod head;
mod live_site;

use carto_protocol::ResultText;
use leptos::prelude::*;

use super::agreement::AgreementSheet;
use super::chart_data::ChartData;
use super::differences::DifferencesSheet;
use super::held_out::HeldOutSheet;
use super::hero::Hero;
use super::latent_sheets::LatentSheets;
use super::later::later;
use super::live::drawn;
use crate::address::absolute;
use crate::app::use_results;
use head::ResultHead;
use live_site::LiveSite;

/// Where the published figures are, relative to the page.
const PUBLISHED_URL: &str = "./published/published.json";

/// Question or name, parts A to D in ink, and what they are held against.
#[component]
pub(crate) fn PublishedView() -> impl IntoView {
    let results = use_results();
    let data = ChartData::reference();
    let is_opened = Memo::new(move |_| results.opened().with(Option::is_some));
    let head = drawn(move || match is_opened.get() {
        true => view! { <ResultHead/> }.into_any(),
        false => view! { <Hero/> }.into_any(),
    });
    // A file of one published layout has only one part.
    let has_channels = Memo::new(move |_| {
        results.opened().with(Option::is_none) || data.track_a.with(Option::is_some)
    });
    let channels = drawn(move || match has_channels.get() {
        true => later(move || view! { <AgreementSheet data/> }.into_any()).into_any(),
        false => ().into_any(),
    });
    let has_latents = Memo::new(move |_| {
        data.track_b.with(Option::is_some) || data.synthesis.with(Option::is_some)
    });
    let latents = drawn(move || match has_latents.get() {
        true => later(move || view! { <LatentSheets data/> }.into_any()).into_any(),
        false => ().into_any(),
    });
    let live = drawn(move || match is_opened.get() {
        true => ().into_any(),
        false => later(|| view! { <LiveSite/> }.into_any()).into_any(),
    });
    let differences = later(move || {
        view! {
            <DifferencesSheet
                ours=Signal::derive(printed_text)
                theirs=Signal::derive(move || {
                    results.beside().with(|beside| Some(ResultText::Json(beside.as_ref()?.json.clone())))
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
            {later(move || view! { <HeldOutSheet data/> }.into_any())}
        </div>
        {differences}
        {live}
    }
}

/// The text of what is printed.
pub(crate) fn printed_text() -> Option<ResultText> {
    let opened = use_results().opened();
    let json = opened.with(|opened| opened.as_ref().map(|opened| opened.json.clone()));
    json.map(ResultText::Json).or_else(|| absolute(PUBLISHED_URL).map(ResultText::Url))
}
