//! What every mark of Part B means, beside it.

use leptos::prelude::*;

use super::LatentView;
use super::figures::LatentFigures;
use super::words::ends;
use crate::format::counted;
use crate::views::live::{drawn, text};

/// Legend in words: it belongs to the plate and is never only in a tooltip.
#[component]
pub(crate) fn LatentNotes(
    /// What both sheets read.
    view: LatentView,
    /// What is drawn.
    figures: Memo<LatentFigures>,
) -> impl IntoView {
    let pairs = text(move || match figures.with(|figures| figures.n_pairs) {
        0 => "all pairs".to_owned(),
        n => counted(n, "pair", "pairs"),
    });
    let ends = drawn(move || {
        let ranked: Vec<usize> = view.track_b.with(|track| {
            let ranking = track.as_ref().map_or(&[][..], |track| &track.ranking);
            ranking.iter().map(|&dim| dim as usize).collect()
        });
        let (Some(&first), Some(&last)) = (ranked.first(), ranked.last()) else {
            return ().into_any();
        };
        match figures.with(|figures| ends(figures, &ranked)) {
            None => ().into_any(),
            Some((most, least)) => view! {
                <p>
                    <b>{format!("Latent {first} ")}</b>
                    {most}
                    " "
                    <b>{format!("Latent {last} ")}</b>
                    {least}
                </p>
            }
            .into_any(),
        }
    });
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
                <div>
                    <dt aria-hidden="true">
                        <span class="key-ground ranks__key"></span>
                    </dt>
                    <dd>
                        <b>"Ground: "</b>
                        "water below r = 0.05, land above 0.30; the bounds are the published study’s own for latents."
                    </dd>
                </div>
            </dl>
            <div class="notes__group">
                <p>
                    <b>"Most like: "</b>
                    "the channel that a latent goes with most closely, with its correlation. The sign of a latent carries no meaning."
                </p>
                {ends}
            </div>
        </aside>
    }
}
