//! What every mark of Part B means, beside it.

use leptos::prelude::*;

use super::LatentView;
use super::figures::LatentFigures;
use super::words::ends;
use crate::format::counted;
use crate::views::agreement::mark_name;
use crate::views::computed_how::{ComputedHow, Figure, term};
use crate::views::live::{drawn, flag, text, word};

/// Legend in words: it belongs to the plate and is never only in a tooltip.
#[component]
pub(crate) fn LatentNotes(
    /// What both sheets read.
    view: LatentView,
    /// What is drawn.
    figures: Memo<LatentFigures>,
) -> impl IntoView {
    let beside = view.charted.beside;
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
        <aside class="notes" aria-label="Reading the chart of latents">
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
                        <b>{mark_name(view.charted)} " and line: "</b>
                        {if view.charted.is_printed { "mean over " } else { "your mean over " }}
                        {pairs}
                        ", plus and minus one standard deviation. The line is how much pairs differ, not how sure the mean is."
                    </dd>
                </div>
                <div hidden=flag(move || figures.with(|f| f.rows.iter().all(|row| row.beside.is_none())))>
                    <dt aria-hidden="true">
                        <span class="key-mark other">
                            <span class="diamond"></span>
                        </span>
                    </dt>
                    <dd>
                        <b>{if view.charted.is_printed { "Diamond, " } else { "Ring, " }} {beside.name} ": "</b>
                        {word(move || match beside.is_same_encoder.get() {
                            true => "the same latent of the same encoder.",
                            false => "the latent of the same rank there. Latents of two encoders have nothing in common but their number.",
                        })}
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
                    "the channel that a "
                    {term("latent", "latent")}
                    " goes with most closely, with its correlation. The sign of a latent carries no meaning."
                </p>
                {ends}
                <ComputedHow figure=Figure::Latents/>
            </div>
        </aside>
    }
}
