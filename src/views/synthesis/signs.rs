//! Whether channels point the same way in the rows of the matrix.

use carto_types::{SignRow, Synthesis};
use leptos::prelude::*;

use super::words::{PText, chance, direct_r, members, p_text, same_signs};
use crate::format::fixed;
use crate::views::computed_how::{ComputedHow, Figure};
use crate::views::latents::{LatentView, segment};
use crate::views::live::{drawn, flag, text, word};

/// Rows before the others are asked for.
const FIRST_SHOWN: usize = 5;

/// Which list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Choice {
    is_triples: bool,
    is_thresholded: bool,
}

impl Choice {
    /// The rows of the choice, smallest p first.
    fn rows(self, synthesis: &Synthesis) -> Vec<SignRow> {
        let rows = match (self.is_triples, self.is_thresholded) {
            (false, false) => &synthesis.pairs,
            (false, true) => &synthesis.pairs_thresholded,
            (true, false) => &synthesis.triples,
            (true, true) => &synthesis.triples_thresholded,
        };
        let mut rows = rows.clone();
        rows.sort_by(|a, b| a.p_value.total_cmp(&b.p_value));
        rows
    }
}

/// The table of signs, with its notes.
#[component]
pub(super) fn SignSheet(
    /// What both sheets read.
    view: LatentView,
) -> impl IntoView {
    let choice = RwSignal::new(Choice { is_triples: false, is_thresholded: true });
    let is_whole = RwSignal::new(false);
    let rows = Memo::new(move |_| {
        view.synthesis.with(|s| s.as_ref().map_or_else(Vec::new, |s| choice.get().rows(s)))
    });
    let threshold = text(move || {
        fixed(view.synthesis.with(|s| s.as_ref().map_or(0.0, |s| s.sign_threshold)), 2)
    });
    let body = drawn(move || {
        let n_shown = if is_whole.get() { usize::MAX } else { FIRST_SHOWN };
        view.synthesis.with(|synthesis| {
            rows.with(|rows| {
                let shown = rows.iter().take(n_shown);
                shown.map(|row| sign_row(row, synthesis.as_ref())).collect_view().into_any()
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
                    {word(move || match choice.get().is_triples {
                        false => "Do two channels point the same way?",
                        true => "Do three channels point the same way?",
                    })}
                </h3>
                <p class="signs__lede">
                    "Latents in which all of them have the same sign. “Direct r” is what two channels share before any network: where it is high, the agreement of signs is no discovery."
                </p>
                <div class="signs__controls">
                    <div class="segments" role="group" aria-label="Channels at once">
                        {segment("Pairs", flag(move || !choice.get().is_triples), pairs(false))}
                        {segment("Triples", flag(move || choice.get().is_triples), pairs(true))}
                    </div>
                    <div class="segments" role="group" aria-label="Latents counted">
                        {segment("All latents", flag(move || !choice.get().is_thresholded), threshold_of(false))}
                        <button
                            class="segments__item"
                            type="button"
                            aria-pressed=word(move || if choice.get().is_thresholded { "true" } else { "false" })
                            on:click=move |_| threshold_of(true).run(())
                        >
                            "|r| from "
                            {threshold}
                        </button>
                    </div>
                </div>
                <div class="table-scroll" role="region" aria-labelledby="signs-title" tabindex="0">
                    <table class="table table--figures signs">
                        <thead>
                            <tr>
                                <th scope="col">"channels"</th>
                                <th scope="col">"same sign"</th>
                                <th scope="col">"p"</th>
                                <th scope="col" hidden=flag(move || choice.get().is_triples)>"direct r"</th>
                            </tr>
                        </thead>
                        <tbody>{body}</tbody>
                    </table>
                </div>
                <button
                    class="button button--small signs__more"
                    type="button"
                    hidden=flag(move || rows.with(Vec::len) <= FIRST_SHOWN)
                    aria-expanded=word(move || if is_whole.get() { "true" } else { "false" })
                    on:click=move |_| is_whole.update(|is_whole| *is_whole = !*is_whole)
                >
                    {text(move || match is_whole.get() {
                        true => format!("Show the first {FIRST_SHOWN}"),
                        false => format!("Show all {}", rows.with(Vec::len)),
                    })}
                </button>
            </div>
            <aside class="notes" aria-label="Reading the table of signs">
                <p>
                    <b>"p: "</b>
                    {word(move || match choice.get().is_triples {
                        false => "one-sided binomial test; two signs are the same with chance ½.",
                        true => "one-sided binomial test; three signs are the same with chance ¼.",
                    })}
                    " "
                    {text(move || rows.with(|rows| chance(rows)))}
                </p>
                <p hidden=flag(move || !choice.get().is_thresholded)>
                    <b>"Left out: "</b>
                    "latents in which one of the channels has |r| below "
                    {threshold}
                    ". Their sign is a matter of chance."
                </p>
                <ComputedHow figure=Figure::Signs/>
            </aside>
        </div>
    }
}

fn sign_row(row: &SignRow, synthesis: Option<&Synthesis>) -> impl IntoView + use<> {
    let PText { figure, exponent } = p_text(row.p_value);
    let exponent = (!exponent.is_empty()).then(|| view! { <sup>{exponent}</sup> });
    let direct = synthesis
        .filter(|_| row.channels.len() == 2)
        .map(|synthesis| view! { <td>{direct_r(row, synthesis)}</td> });
    view! {
        <tr>
            <th scope="row">{members(row)}</th>
            <td>{same_signs(row)}</td>
            <td>{figure} {exponent}</td>
            {direct}
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::latents::tests::synthesis;

    #[test]
    fn rows_stand_by_p_whatever_their_order_in_the_results() {
        let choice = Choice { is_triples: false, is_thresholded: true };
        let rows = choice.rows(&synthesis());
        assert_eq!(rows.iter().map(|row| row.p_value).collect::<Vec<_>>(), [0.01, 0.125]);
        let choice = Choice { is_triples: true, is_thresholded: false };
        assert_eq!(choice.rows(&synthesis()).len(), 1);
    }
}
