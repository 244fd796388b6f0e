//! Whether channels point the same way in the rows of the matrix.

use carto_charts::number::fixed;
use carto_charts::{
    PText, SignChoice, direct_r, expected_signs, p_text, same_signs, sign_members, small_p_values,
};
use carto_types::{RandomSigns, SignRow, Synthesis};
use carto_ui::{derived_aria, derived_bool, derived_str, derived_string, dynamic, segment};
use leptos::prelude::*;

use crate::views::latent_data::LatentData;
use crate::views::method_note::{Figure, MethodNote};

/// Rows before the others are asked for.
const FIRST_SHOWN: usize = 5;

/// The table of signs, with its notes.
#[component]
pub(super) fn SignSheet(
    /// What the charts of latents read.
    latents: LatentData,
) -> impl IntoView {
    let choice = RwSignal::new(SignChoice { is_triples: false, is_thresholded: false });
    let is_whole = RwSignal::new(false);
    let rows = Memo::new(move |_| {
        latents.synthesis.with(|s| s.as_ref().map_or_else(Vec::new, |s| choice.get().rows(s)))
    });
    let random = Memo::new(move |_| {
        latents.synthesis.with(|s| s.as_ref().and_then(|s| RandomSigns::of(&s.between_channels)))
    });
    let threshold = derived_string(move || {
        fixed(latents.synthesis.with(|s| s.as_ref().map_or(0.0, |s| s.sign_threshold)), 2)
    });
    let body = dynamic(move || {
        let n_shown = if is_whole.get() { usize::MAX } else { FIRST_SHOWN };
        latents.synthesis.with(|synthesis| {
            rows.with(|rows| {
                let shown = rows.iter().take(n_shown);
                random.with(|random| {
                    let row =
                        |row| sign_row(row, choice.get(), random.as_ref(), synthesis.as_ref());
                    shown.map(row).collect_view().into_any()
                })
            })
        })
    });
    let pairs = move |is_triples| {
        Callback::new(move |()| choice.update(|choice| choice.is_triples = is_triples))
    };
    let threshold_of = move |is_thresholded| {
        Callback::new(move |()| choice.update(|choice| choice.is_thresholded = is_thresholded))
    };
    view! {
        <div class="sheet__body latents__more">
            <div class="plate">
                <h3 class="plate__title" id="signs-title">
                    {derived_str(move || match choice.get().is_triples {
                        false => "Do two channels point the same way?",
                        true => "Do three channels point the same way?",
                    })}
                </h3>
                <p class="signs__lede">
                    "Latents in which all of them have the same sign. “Expected” is how many there would be with random weights in the place of the encoder’s: channels that go together have equal signs in any encoder. “Direct r” is the correlation of two channels before any network."
                </p>
                <div class="signs__controls">
                    <div class="segments" role="group" aria-label="Channels at once">
                        {segment("Pairs", derived_bool(move || !choice.get().is_triples), pairs(false))}
                        {segment("Triples", derived_bool(move || choice.get().is_triples), pairs(true))}
                    </div>
                    <div class="segments" role="group" aria-label="Latents counted">
                        {segment("All latents", derived_bool(move || !choice.get().is_thresholded), threshold_of(false))}
                        {segment(
                            view! { "|r| from " {threshold} },
                            derived_bool(move || choice.get().is_thresholded),
                            threshold_of(true),
                        )}
                    </div>
                </div>
                <div class="table-scroll" role="region" aria-labelledby="signs-title" tabindex="0">
                    <table class="table table--figures signs">
                        <thead>
                            <tr>
                                <th scope="col">"channels"</th>
                                <th scope="col">"same sign"</th>
                                <th scope="col" hidden=derived_bool(move || choice.get().is_thresholded)>"expected"</th>
                                <th scope="col">"p (coins)"</th>
                                <th scope="col" hidden=derived_bool(move || choice.get().is_triples)>"direct r"</th>
                            </tr>
                        </thead>
                        <tbody>{body}</tbody>
                    </table>
                </div>
                <button
                    class="button button--small signs__more"
                    type="button"
                    hidden=derived_bool(move || rows.with(Vec::len) <= FIRST_SHOWN)
                    aria-expanded=derived_aria(move || is_whole.get())
                    on:click=move |_| is_whole.update(|is_whole| *is_whole = !*is_whole)
                >
                    {derived_string(move || match is_whole.get() {
                        true => format!("Show the first {FIRST_SHOWN}"),
                        false => format!("Show all {}", rows.with(Vec::len)),
                    })}
                </button>
            </div>
            <aside class="notes" aria-label="Reading the table of signs">
                <p>
                    <b>"p: "</b>
                    {derived_str(move || match choice.get().is_triples {
                        false => "as published: one-sided binomial test, as if signs were coin flips and two of them equal with probability ½.",
                        true => "as published: one-sided binomial test, as if signs were coin flips and three of them equal with probability ¼.",
                    })}
                    " "
                    {derived_string(move || {
                        rows.with(|rows| {
                            random.with(|it| small_p_values(rows, choice.get(), it.as_ref()))
                        })
                    })}
                </p>
                <p hidden=derived_bool(move || !choice.get().is_thresholded)>
                    <b>"Left out: "</b>
                    "latents in which one of the channels has |r| below "
                    {threshold}
                    ". Their sign is a matter of chance. What random weights would give is not known for the rest, so there is no expected number."
                </p>
                <MethodNote figure=Figure::Signs/>
            </aside>
        </div>
    }
}

fn sign_row(
    row: &SignRow,
    choice: SignChoice,
    random: Option<&RandomSigns>,
    synthesis: Option<&Synthesis>,
) -> impl IntoView + use<> {
    let PText { number, exponent } = p_text(row.p_value);
    let exponent = (!exponent.is_empty()).then(|| view! { <sup>{exponent}</sup> });
    let direct = synthesis
        .filter(|_| row.channels.len() == 2)
        .map(|synthesis| view! { <td>{direct_r(row, synthesis)}</td> });
    let expected =
        (!choice.is_thresholded).then(|| view! { <td>{expected_signs(row, choice, random)}</td> });
    view! {
        <tr>
            <th scope="row">{sign_members(row)}</th>
            <td>{same_signs(row)}</td>
            {expected}
            <td>{number} {exponent}</td>
            {direct}
        </tr>
    }
}
