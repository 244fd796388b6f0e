//! The marks of the evidence: means with their intervals, scale bars, and the badge of a verdict.

use carto_charts::number::{percent, plain};
use carto_charts::{TenthsAxis, class_symbol};
use carto_types::{Interval, Verdict};
use carto_ui::{Tick, scale_bar};
use leptos::prelude::*;

use crate::views::icons::{DONE, SKIPPED};

/// A mean as a diamond on the band of its interval; nothing without a mean.
pub(super) fn mean_marks(
    axis: TenthsAxis,
    mean: Option<f64>,
    interval: Option<Interval>,
) -> AnyView {
    let Some(mean) = mean else { return ().into_any() };
    let band =
        interval.map(|interval| stretch(axis, interval.low, interval.high, "evidence__band"));
    view! {
        {band}
        <span class="diamond" style:left=percent(100.0 * axis.share(mean))></span>
    }
    .into_any()
}

/// A stretch of the axis from one value to a greater one.
pub(super) fn stretch(axis: TenthsAxis, from: f64, to: f64, class: &'static str) -> AnyView {
    let (from, to) = (axis.share(from), axis.share(to));
    view! {
        <span
            class=class
            style:left=percent(100.0 * from)
            style:width=percent(100.0 * (to - from))
        ></span>
    }
    .into_any()
}

/// A scale bar with its labels.
pub(super) fn scale(axis: TenthsAxis) -> AnyView {
    let tick = |(at, label): (f64, String)| Tick {
        // At the very ends of a narrow plate a label turns inwards.
        class: match at {
            ..=0.0 => "evidence__tick evidence__tick--first",
            1.0.. => "evidence__tick evidence__tick--last",
            _ => "evidence__tick",
        },
        place: percent(100.0 * at),
        label,
    };
    scale_bar(step(axis), axis.labels().map(tick).collect())
}

/// The length of a segment of the scale bar, for the stylesheet.
fn step(axis: TenthsAxis) -> String {
    format!("{}%", plain(100.0 / f64::from(axis.n_segments()), 3))
}

/// The place of a value on an axis, for the stylesheet.
pub(super) fn place(axis: TenthsAxis, value: f64) -> String {
    percent(100.0 * axis.share(value))
}

/// The symbol of a verdict: a tick in a disc, a struck ring, a broken ring.
pub(super) fn verdict_symbol(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Agree => DONE,
        Verdict::NoAgreement => SKIPPED,
        Verdict::Undetermined => class_symbol(None),
    }
}
