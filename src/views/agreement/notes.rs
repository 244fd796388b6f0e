//! What every mark of the chart means, beside it.

use carto_types::Mode;
use leptos::prelude::*;

use super::scale::Metric;
use crate::format::counted;
use crate::run::Phase;
use crate::views::charted::Charted;
use crate::views::computed_how::{ComputedHow, Figure, term};
use crate::views::live::{flag, text, word};
use crate::views::mode_switch::explained;

/// Legend in words: it belongs to the plate and is never only in a tooltip.
#[component]
pub(crate) fn AgreementNotes(
    /// Where the figures come from.
    charted: Charted,
    /// Which figure the marks show.
    metric: RwSignal<Metric>,
) -> impl IntoView {
    let pairs = text(move || {
        charted.track_a.with(|track| match track.as_ref().map_or(0, |track| track.pairs_compared) {
            0 => "all pairs".to_owned(),
            n => counted(n as usize, "pair", "pairs"),
        })
    });
    let has_no_ground = flag(move || metric.get() != Metric::Correlation);
    let is_empty = flag(move || charted.phase.get() == Phase::Empty);
    view! {
        <aside class="notes" aria-label="Reading the chart of channels">
            <h3 class="notes__title">"Reading this chart"</h3>
            <dl class="notes__key">
                <div>
                    <dt aria-hidden="true">
                        <span class="key-mark">
                            <span class="whisker"></span>
                            <span class="diamond"></span>
                        </span>
                    </dt>
                    <dd>
                        <b>{mark_name(charted)} " and line: "</b>
                        {if charted.is_printed { "mean over " } else { "your mean over " }}
                        {pairs}
                        ", plus and minus one standard deviation, the "
                        {term("spread", "spread")}
                        ". The line is how much pairs differ, not how sure the mean is."
                    </dd>
                </div>
                <OtherKey charted/>
                <div hidden=has_no_ground>
                    <dt aria-hidden="true">
                        <span class="key-ground"></span>
                    </dt>
                    <dd>
                        <b>"Ground: "</b>
                        "like water, shore and land on a chart. Water lies below r = 0.1, land above 0.3; the bounds are the published study’s own."
                    </dd>
                </div>
            </dl>
            <div class="notes__group">
                <p>
                    <b>"Not subtracted: "</b>
                    "two maps of one song also share its bar grid and its silence. Some of every "
                    {term("agreement", "r")}
                    " comes from there alone."
                </p>
                <ComputedHow figure=Figure::Channels/>
                <p hidden=flag(move || is_empty.get() || charted.mode.get().is_none())>
                    <b>"Mode: "</b>
                    {word(move || charted.mode.get().map_or("", Mode::name))}
                    ". "
                    {word(move || charted.mode.get().map_or("", explained))}
                </p>
            </div>
        </aside>
    }
}

/// The mark of the view: one's own is a diamond, what is printed a ring.
pub(crate) fn mark_name(charted: Charted) -> &'static str {
    if charted.is_printed { "Ring" } else { "Diamond" }
}

/// What the other mark means, where there is one.
#[component]
fn OtherKey(
    /// Where the figures come from.
    charted: Charted,
) -> impl IntoView {
    let beside = charted.beside;
    let mark = if charted.is_printed { "Diamond" } else { "Ring" };
    view! {
        <div hidden=flag(move || beside.track_a.with(Option::is_none))>
            <dt aria-hidden="true">
                <span class="key-mark other">
                    <span class="whisker"></span>
                    <span class="diamond"></span>
                </span>
            </dt>
            <dd>
                <b>{mark} ", " {beside.name} ": "</b>
                "the same of "
                {text(move || beside.track_a.with(|track| {
                    let n = track.as_ref().map_or(0, |track| track.pairs_compared);
                    counted(n as usize, "pair", "pairs")
                }))}
                "."
            </dd>
        </div>
    }
}
