//! What every mark of the chart means, beside it.

use carto_charts::number::counted;
use carto_charts::{AgreementChart, ClassBounds, Metric, background};
use carto_types::Mode;
use carto_ui::{MarkKey, derived_bool, derived_str, derived_string, key_mark};
use leptos::prelude::*;

use crate::context::use_run;
use crate::run::Phase;
use crate::view_state::use_view_state;
use crate::views::chart_data::ChartData;
use crate::views::method_note::{Figure, MethodNote, term};
use crate::views::mode_switch::explained;

/// Legend in words: it belongs to the plate and is never only in a tooltip.
#[component]
pub(crate) fn AgreementNotes(
    /// Where the figures come from.
    data: ChartData,
) -> impl IntoView {
    let metric = use_view_state().metric;
    let overlay = data.overlay;
    let (mark, other_mark) = mark_names(data);
    let pairs = derived_string(move || {
        data.track_a.with(|track| match track.as_ref().map_or(0, |track| track.pairs_compared) {
            0 => "all pairs".to_owned(),
            n => counted(n, "pair", "pairs"),
        })
    });
    let other_pairs = derived_string(move || {
        overlay.track_a.with(|track| {
            counted(track.as_ref().map_or(0, |track| track.pairs_compared), "pair", "pairs")
        })
    });
    let has_no_other = derived_bool(move || overlay.track_a.with(Option::is_none));
    let has_no_bands = derived_bool(move || metric.get() != Metric::Correlation);
    let has_no_mode =
        derived_bool(move || data.phase.get() == Phase::Empty || data.mode.get().is_none());
    let differing = derived_string(move || {
        // A program that does not say has the rules of the published one.
        let [ours, other] =
            [data.mode, overlay.mode].map(|mode| mode.get().unwrap_or(Mode::Published));
        match ours == other || overlay.track_a.with(Option::is_none) {
            true => String::new(),
            false => format!(
                "these figures were made {}, those of “{}” {}, so other maps and mappers take part.",
                ours.title(),
                overlay.name.get(),
                other.title()
            ),
        }
    });
    let run = use_run();
    let left_out = derived_string(move || {
        let left_out = run.state.doubtful.get();
        match run.state.leaves_out_doubtful.get() && !data.is_printed && left_out.n_pairs() > 0 {
            true => {
                format!("{}: {}.", counted(left_out.n_pairs(), "pair", "pairs"), left_out.text())
            }
            false => String::new(),
        }
    });
    view! {
        <aside class="notes" aria-label="Reading the chart of channels">
            <h3 class="notes__title">"Reading this chart"</h3>
            <dl class="notes__key">
                <MarkKey mark=key_mark(false, true)>
                    <b>{mark} " and line: "</b>
                    {if data.is_printed { "mean over " } else { "your mean over " }}
                    {pairs}
                    ". The line is one standard deviation across pairs (the "
                    {term("spread", "spread")}
                    "), not a confidence interval."
                </MarkKey>
                <MarkKey mark=key_mark(true, true) is_hidden=has_no_other>
                    <b>{other_mark} ", " {overlay.name} ": "</b>
                    "the same of "
                    {other_pairs}
                    "."
                </MarkKey>
                <MarkKey
                    mark=view! { <span class="key-ground"></span> }.into_any()
                    is_hidden=has_no_bands
                >
                    {background_note(AgreementChart::BOUNDS)}
                </MarkKey>
            </dl>
            <div class="notes__group">
                <p>
                    <b>"Not subtracted: "</b>
                    "two maps of one song also share its bar grid and its breaks, which raises "
                    {term("agreement", "r")}
                    ": maps of different songs on one grid reach 0.23 in ONSET. Audio files that begin at different times lower it: of 30 pairs of real maps that were examined, 19 lay more than 6 milliseconds apart."
                    <span hidden=derived_bool(move || data.phase.get() == Phase::Empty)>
                        " What is left: " <a href="#evidence">"Is it real?"</a>
                    </span>
                </p>
                <MethodNote figure=Figure::Channels/>
                <p hidden=has_no_mode>
                    <b>"Rules: "</b>
                    {derived_str(move || data.mode.get().map_or("", Mode::title))}
                    ". "
                    {derived_str(move || data.mode.get().map_or("", explained))}
                </p>
                <p hidden=derived_bool(move || left_out.with(String::is_empty))>
                    <b>"Left out: "</b>
                    {left_out}
                </p>
                <p hidden=derived_bool(move || differing.with(String::is_empty))>
                    <b>"The rules differ: "</b>
                    {differing}
                </p>
            </div>
        </aside>
    }
}

/// What the bands behind a chart are, its first word strong.
pub(crate) fn background_note(bounds: ClassBounds) -> impl IntoView {
    let text = background(bounds);
    let (word, rest) = text.split_once(' ').unwrap_or(("", &text));
    view! { <b>{format!("{word} ")}</b> {rest.to_owned()} }
}

/// Shape of the marks of a view, and of its overlay: those of a person's own run are filled.
pub(crate) fn mark_names(data: ChartData) -> (&'static str, &'static str) {
    if data.is_printed { ("Ring", "Diamond") } else { ("Diamond", "Ring") }
}
