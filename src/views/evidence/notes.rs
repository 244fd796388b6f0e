//! What every mark of the chart means, beside it.

use carto_charts::EvidenceChart;
use carto_types::{AGREEMENT_MARGIN, EvidenceFloor, FEWEST_SONGS};
use carto_ui::{MarkKey, derived_str};
use leptos::prelude::*;

use super::data::EvidenceData;
use crate::views::method_note::{Figure, MethodNote, term};
use carto_charts::number::fixed;

/// Legend in words: it belongs to the plate and is never only in a tooltip.
#[component]
pub(super) fn EvidenceNotes(
    /// Where the figures come from.
    data: EvidenceData,
    /// What is drawn.
    chart: Memo<Option<EvidenceChart>>,
) -> impl IntoView {
    let floor = derived_str(move || {
        match chart.with(|chart| chart.as_ref().map(|it| it.floor)).unwrap_or_default() {
            EvidenceFloor::BarShifts => {
                "the same pair with one map shifted by whole bars, the mean over all shifts."
            }
            EvidenceFloor::OtherSongs => "maps of other songs, stretched onto the same bars.",
        }
    });
    let mark = || {
        view! {
            <span class="key-mark">
                <span class="evidence__band"></span>
                <span class="diamond"></span>
            </span>
        }
        .into_any()
    };
    let end = |class: &'static str| {
        view! {
            <span class="key-mark">
                <span class="evidence__room"></span>
                <span class=class></span>
            </span>
        }
        .into_any()
    };
    view! {
        <aside class="notes" aria-label="Reading the chart of the evidence">
            <h3 class="notes__title">"Reading this chart"</h3>
            <dl class="notes__key">
                <MarkKey mark=mark()>
                    <b>{if data.is_printed { "Ring" } else { "Diamond" }} " and band: "</b>
                    "mean over songs of aligned pairs of two mappers, with its 95% interval. Of events it is "
                    {term("phi", "phi")}
                    ", of the others r on the bars in which both maps have objects."
                </MarkKey>
                <MarkKey mark=end("evidence__end evidence__end--floor")>
                    <b>{term("floor", "Floor")} ": "</b>
                    {floor}
                </MarkKey>
                <MarkKey mark=end("evidence__end evidence__end--ceiling")>
                    <b>{term("ceiling", "Ceiling")} ": "</b>
                    "two difficulties of one set by one mapper."
                </MarkKey>
            </dl>
            <div class="notes__group">
                <p>
                    <b>{term("song share", "Song share")} ": "</b>
                    "how far up from floor to ceiling two mappers come; the rest is the "
                    {term("mapper share", "mapper share")}
                    ". It is of pairs with like counts of objects, so the mark can stand lower. "
                    <b>"Not reproducible: "</b>
                    "one mapper hardly repeats it, so a low agreement is no style."
                </p>
                <p>
                    <b>"Beyond the grid: "</b>
                    {format!(
                        "agree where the whole interval of what is left lies above {margin}, no agreement where it lies below, else undetermined; and undetermined with fewer than {FEWEST_SONGS} songs. Press a verdict to see what it rests on.",
                        margin = fixed(AGREEMENT_MARGIN, 2)
                    )}
                </p>
                <MethodNote figure=Figure::Evidence/>
            </div>
        </aside>
    }
}
