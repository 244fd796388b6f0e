//! What every mark of part B means, beside it.

use carto_charts::LatentChart;
use carto_charts::number::counted;
use carto_ui::{MarkKey, derived_bool, derived_str, derived_string, dynamic, key_mark};
use leptos::prelude::*;

use crate::views::agreement::{background_note, mark_names};
use crate::views::latent_data::LatentData;
use crate::views::method_note::{Figure, MethodNote, term};

/// Legend in words: it belongs to the plate and is never only in a tooltip.
#[component]
pub(crate) fn LatentNotes(
    /// What the charts of latents read.
    latents: LatentData,
    /// What is drawn.
    chart: Memo<LatentChart>,
) -> impl IntoView {
    let (data, overlay) = (latents.data, latents.data.overlay);
    let (mark, other_mark) = mark_names(data);
    let pairs = derived_string(move || match chart.with(|chart| chart.n_pairs) {
        0 => "all pairs".to_owned(),
        n => counted(n, "pair", "pairs"),
    });
    let has_no_other =
        derived_bool(move || chart.with(|chart| chart.rows.iter().all(|row| row.other.is_none())));
    let ends = dynamic(move || match chart.with(LatentChart::ends) {
        None => ().into_any(),
        Some([(first, most), (last, least)]) => view! {
            <p>
                <b>{format!("Latent {first} ")}</b>
                {most}
                " "
                <b>{format!("Latent {last} ")}</b>
                {least}
            </p>
        }
        .into_any(),
    });
    view! {
        <aside class="notes" aria-label="Reading the chart of latents">
            <h3 class="notes__title">"Reading this chart"</h3>
            <dl class="notes__key">
                <MarkKey mark=key_mark(false, true)>
                    <b>{mark} " and line: "</b>
                    {if data.is_printed { "mean over " } else { "your mean over " }}
                    {pairs}
                    ". The line is one standard deviation across pairs, not a confidence interval."
                </MarkKey>
                <MarkKey mark=key_mark(true, false) is_hidden=has_no_other>
                    <b>{other_mark} ", " {overlay.name} ": "</b>
                    {derived_str(move || match overlay.is_same_encoder.get() {
                        true => "the same latent of the same encoder.",
                        false => "the latent of the same rank there. Latents of different encoders do not correspond; they are compared by rank.",
                    })}
                </MarkKey>
                <MarkKey mark=view! { <span class="key-ground ranks__key"></span> }.into_any()>
                    {background_note(LatentChart::BOUNDS)}
                </MarkKey>
            </dl>
            <div class="notes__group">
                <p>
                    <b>"Most like: "</b>
                    "the channel that a "
                    {term("latent", "latent")}
                    " correlates with most, with its correlation. The sign of a latent carries no meaning."
                </p>
                <p>
                    <b>"Not subtracted: "</b>
                    "the bar grid and the breaks that two maps share, and offsets between their audio files, as in part A. Neighbouring columns see the same two seconds."
                </p>
                {ends}
                <MethodNote figure=Figure::Latents/>
            </div>
        </aside>
    }
}
