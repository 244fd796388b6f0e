//! The view that opens first: the published run, or a result that was opened.

mod below;
mod first_chart;
mod head;
mod live_site;

use carto_ui::{deferred, dynamic};
use leptos::prelude::*;

use super::chart_data::ChartData;
use super::intro::Intro;
use super::later::{LaterPart, Part};
use crate::context::use_results;
pub(crate) use below::{OtherSheets, PublishedRest};
use first_chart::FirstAgreementSheet;
pub(crate) use first_chart::FirstChart;
use head::ResultHead;

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
    view! {
        {head}
        <div class="printed">
            {channels}
            {deferred(|| view! { <LaterPart part=Part::PublishedSheets/> }.into_any())}
        </div>
        {deferred(|| view! { <LaterPart part=Part::PublishedRest/> }.into_any())}
    }
}
