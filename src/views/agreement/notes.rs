//! What every mark of the chart means, beside it.

use leptos::prelude::*;

use super::scale::Metric;
use crate::app::use_run;
use crate::format::counted;
use crate::state::Phase;
use crate::views::live::{flag, text, word};
use crate::views::mode_switch::explained;

/// Legend in words: it belongs to the plate and is never only in a tooltip.
#[component]
pub(crate) fn AgreementNotes(
    /// Which figure the marks show.
    metric: RwSignal<Metric>,
) -> impl IntoView {
    let run = use_run();
    let pairs = text(move || {
        run.track_a().with(|track| match track.as_ref().map_or(0, |track| track.pairs_compared) {
            0 => "all pairs".to_owned(),
            n => counted(n as usize, "pair", "pairs"),
        })
    });
    let has_no_ground = flag(move || metric.get() != Metric::Correlation);
    let is_empty = flag(move || run.phase().get() == Phase::Empty);
    view! {
        <aside class="notes" aria-label="Reading this chart">
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
                        <b>"Diamond and line: "</b>
                        "your mean over "
                        {pairs}
                        ", plus and minus one standard deviation. The line is how much pairs differ, not how sure the mean is."
                    </dd>
                </div>
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
                    "two maps of one song also share its bar grid and its silence. Some of every r comes from there alone."
                </p>
                <p hidden=is_empty>
                    <b>"Mode: "</b>
                    {word(move || run.mode().get().name())}
                    ". "
                    {word(move || explained(run.mode().get()))}
                </p>
            </div>
        </aside>
    }
}
