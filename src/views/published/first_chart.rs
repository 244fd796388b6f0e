//! Part A as a first visit sees it: the chart that stands in `index.html`, and then the
//! program's own in its place.

use carto_charts::Metric;
use carto_ui::{deferred, until_drawn};
use leptos::prelude::*;

use crate::context::use_results;
use crate::view_state::use_view_state;
use crate::views::agreement::AgreementSheet;
use crate::views::chart_data::ChartData;

/// The chart of `index.html` as HTML, from the start of the program until it was used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FirstChart(StoredValue<Option<String>>);

impl FirstChart {
    /// Takes the first view of `index.html` out of the page, which takes its place, and keeps
    /// its chart. From then on the scripts of the page leave words to the page itself.
    pub(crate) fn take_from_first_view() -> Self {
        let boot = document().get_element_by_id("boot");
        let chart = boot.as_ref().and_then(|boot| boot.query_selector(".printed").ok().flatten());
        let html = chart.map(|chart| chart.inner_html());
        if let Some(boot) = boot {
            boot.remove();
        }
        Self(StoredValue::new(html))
    }

    /// The chart, once, if it is what the page shows now.
    fn take(self) -> Option<String> {
        let html = self.0.try_update_value(Option::take).flatten();
        let state = use_view_state();
        let is_usual = state.metric.get_untracked() == Metric::Correlation
            && !state.is_table[0].get_untracked()
            && use_results().state.bundled.with_untracked(Option::is_some);
        let root = document().document_element();
        let is_elsewhere = root.is_some_and(|root| root.class_list().contains("starts-elsewhere"));
        html.filter(|_| is_usual && !is_elsewhere)
    }
}

/// Part A of the reference result. Above it, until it is drawn part by part, the chart of
/// `index.html`, which looks the same and stands at the same place.
#[component]
pub(super) fn FirstAgreementSheet(
    /// What to draw.
    data: ChartData,
) -> impl IntoView {
    let first = expect_context::<FirstChart>().take();
    let sheet = deferred(move || view! { <AgreementSheet data/> }.into_any());
    let stand_in = first.map(|html| {
        until_drawn(move || {
            let html = html.clone();
            view! { <div class="takeover__first" inert aria-hidden="true" inner_html=html></div> }
                .into_any()
        })
    });
    view! {
        <div class="takeover">
            {sheet}
            {stand_in}
        </div>
    }
}
