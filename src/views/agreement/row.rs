//! One channel of the chart.

use carto_charts::number::percent;
use carto_charts::{
    AgreementChart, AgreementClass, AgreementRow, CHANNELS, ChannelLabels, ClassBounds, PairMean,
    TenthsAxis, Whisker, class_symbol, family_opened_by,
};
use carto_ui::{derived_str, derived_string, dynamic};
use leptos::prelude::*;

use crate::views::chart_data::ChartData;
use crate::views::icons::icon;

/// Name, mark, figures and class of one channel; its family's name before the first.
pub(super) fn channel_row(
    channel: usize,
    data: ChartData,
    chart: Memo<AgreementChart>,
    (tab_stop, lit): (RwSignal<usize>, RwSignal<Option<usize>>),
) -> impl IntoView {
    let ChannelLabels { name, listens, swatch, .. } = CHANNELS[channel];
    let figure = move |text: fn(&AgreementRow) -> String| {
        derived_string(move || {
            chart.with(|chart| chart.rows.get(channel).map_or_else(String::new, text))
        })
    };
    let label = derived_string(move || {
        let reading = chart.with(|chart| chart.reading(channel, &data.overlay.name.get()));
        reading.unwrap_or_else(|| format!("{name}, {listens}. No data yet."))
    });
    let part = move |draw: fn(&AgreementRow, TenthsAxis) -> AnyView| {
        dynamic(move || {
            chart.with(|chart| match chart.rows.get(channel) {
                Some(row) => draw(row, chart.axis),
                None => ().into_any(),
            })
        })
    };
    let family = family_opened_by(channel).map(|family| {
        view! {
            <div class="agreement__family">
                <span>{family}</span>
                <span class="agreement__plot"></span>
            </div>
        }
    });
    view! {
        {family}
        <div
            id=row_id(channel)
            class="agreement__row"
            role="img"
            aria-label=label
            tabindex=derived_str(move || if tab_stop.get() == channel { "0" } else { "-1" })
            on:focus=move |_| {
                tab_stop.set(channel);
                lit.set(Some(channel));
            }
            on:blur=move |_| lit.set(None)
            on:pointerenter=move |_| lit.set(Some(channel))
        >
            <span class="agreement__name">
                <span class=swatch></span>
                <b>{name}</b>
                <span class="agreement__listens">{listens}</span>
            </span>
            <span class="agreement__plot">{part(marks)}</span>
            <span class="agreement__figure agreement__figure--mean">
                {figure(|row| row.shown.mean_text())}
            </span>
            <span class="agreement__figure agreement__figure--spread">
                {figure(|row| row.shown.spread_text())}
            </span>
            <span class="agreement__figure agreement__figure--companion">
                {figure(|row| row.companion.mean_text())}
            </span>
            <span class="agreement__class">
                {part(|row, _| class_label(row.r, AgreementChart::BOUNDS))}
            </span>
        </div>
    }
}

/// The mark and the whisker through it; below them, those of the overlay.
fn marks(row: &AgreementRow, axis: TenthsAxis) -> AnyView {
    let other =
        row.other.map(|other| view! { <span class="other">{mark(other, axis)}</span> }.into_any());
    view! {
        {other}
        {mark(row.shown, axis)}
    }
    .into_any()
}

fn mark(value: PairMean, axis: TenthsAxis) -> AnyView {
    let whisker = value.whisker(axis).map(|whisker| {
        let Whisker { from, to, .. } = whisker;
        view! {
            <span
                class=whisker_class(whisker)
                style:left=percent(100.0 * from)
                style:width=percent(100.0 * (to - from))
            ></span>
        }
    });
    let diamond = value.share(axis).map(|at| {
        view! { <span class="diamond" style:left=percent(100.0 * at)></span> }
    });
    view! {
        {whisker}
        {diamond}
    }
    .into_any()
}

/// Class of a whisker's line: an end that is cut off has no tick.
fn whisker_class(whisker: Whisker) -> &'static str {
    match (whisker.is_cut_low, whisker.is_cut_high) {
        (false, false) => "whisker",
        (true, false) => "whisker whisker--cut-left",
        (false, true) => "whisker whisker--cut-right",
        (true, true) => "whisker whisker--cut-left whisker--cut-right",
    }
}

/// Symbol and word of the class of a mean, or of why it is of none.
pub(crate) fn class_label(value: PairMean, bounds: ClassBounds) -> AnyView {
    class_with_word(value.class(bounds), value.class_text(bounds))
}

/// Symbol and word of a class, or of there being none.
pub(crate) fn class_with_word(class: Option<AgreementClass>, word: &'static str) -> AnyView {
    let modifier = match class {
        Some(AgreementClass::Perceptual) => "class class--perceptual",
        Some(AgreementClass::Mixed) => "class class--mixed",
        Some(AgreementClass::Stylistic) => "class class--stylistic",
        None => "class class--undetermined",
    };
    view! { <span class=modifier>{icon(class_symbol(class))} <span>{word}</span></span> }.into_any()
}

/// Id of a row, to send the focus to.
pub(super) fn row_id(channel: usize) -> String {
    format!("channel-{channel}")
}
