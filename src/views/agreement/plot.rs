//! The chart itself: nine rows over one scale bar.
//!
//! One drawing in two arrangements: in columns where the plate is wide, each
//! name above its bar where it is narrow. Nothing is ever shrunk.

use leptos::prelude::*;

use super::channel_row::{channel_row, read_aloud, row_id};
use super::figures::Figures;
use super::scale::{Axis, Metric};
use crate::format::percent;
use crate::run::Phase;
use crate::views::channels::CHANNELS;
use crate::views::charted::Charted;
use crate::views::focus;
use crate::views::live::{drawn, flag, text, word};

/// Ground, rows, scale bar, and the line that reads out one row.
#[component]
pub(crate) fn Plot(
    /// Where the figures come from.
    charted: Charted,
    /// What to draw.
    figures: Memo<Figures>,
    /// Which figure the marks show.
    metric: RwSignal<Metric>,
) -> impl IntoView {
    // The row that Tab reaches, and the one under pointer or focus.
    let tab_stop = RwSignal::new(0_usize);
    let lit = RwSignal::new(None::<usize>);

    let place =
        move |of: fn(Axis) -> f64| text(move || percent(of(figures.with(|figures| figures.axis))));
    let has_marks = flag(move || figures.with(|figures| !figures.rows.is_empty()));
    let reading = text(move || {
        let lit = lit.get();
        let words = figures
            .with(|figures| lit.and_then(|idx| read_aloud(idx, figures.rows.get(idx)?, charted)));
        words.unwrap_or_else(|| metric.get().caption().to_owned())
    });
    let nothing = word(move || match charted.phase.get() {
        Phase::Empty => "The marks appear as soon as two maps of one song are compared.",
        Phase::Running => "The first marks appear when the first song is finished.",
        _ => "There is no pair to compare. Add an archive of one of these songs by someone else.",
    });
    let ticks = drawn(move || {
        let labels = figures.with(|figures| figures.axis.labels());
        labels
            .into_iter()
            .map(|(at, label)| {
                // At the very ends of a narrow plate a figure turns inwards.
                let class = match at {
                    ..=0.0 => "agreement__tick agreement__tick--first",
                    100.0.. => "agreement__tick agreement__tick--last",
                    _ => "agreement__tick",
                };
                view! { <span class=class style:left=percent(at)>{label}</span> }
            })
            .collect_view()
            .into_any()
    });
    let move_focus = move |event: leptos::ev::KeyboardEvent| {
        let last = CHANNELS.len() - 1;
        let at = tab_stop.get_untracked();
        let to = match event.key().as_str() {
            "ArrowDown" | "ArrowRight" => (at + 1).min(last),
            "ArrowUp" | "ArrowLeft" => at.saturating_sub(1),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        focus(&row_id(to));
    };
    view! {
        <div
            class="agreement__chart"
            class:agreement__chart--grounded=flag(move || metric.get() == Metric::Correlation)
            class:agreement__chart--empty=flag(move || !has_marks.get())
            style=("--zero", place(|axis| axis.grounds()[0]))
            style=("--shore", place(|axis| axis.grounds()[1]))
            style=("--land", place(|axis| axis.grounds()[2]))
            style=("--step", place(|axis| 100.0 / f64::from(axis.n_segments())))
            role="group"
            aria-label="Nine channels; the arrow keys move between them"
            on:keydown=move_focus
            on:pointerleave=move |_| lit.set(None)
        >
            <div class="agreement__columns" aria-hidden="true">
                <div class="agreement__plot agreement__zones">
                    <span class="agreement__zone agreement__zone--stylistic">"stylistic"</span>
                    <span class="agreement__zone agreement__zone--mixed">"mixed"</span>
                    <span class="agreement__zone agreement__zone--perceptual">
                        "perceptual"<span class="agreement__gloss">": the music decides"</span>
                    </span>
                </div>
                <span class="agreement__figure">{word(move || metric.get().column())}</span>
                <span class="agreement__figure agreement__figure--spread">"spread"</span>
                <span class="agreement__figure agreement__figure--companion">
                    {word(move || metric.get().companion().column())}
                </span>
                <span class="agreement__class">"class by r"</span>
            </div>
            {(0..CHANNELS.len())
                .map(|idx| channel_row(idx, charted, figures, (tab_stop, lit)))
                .collect_view()}
            <p class="agreement__nothing" hidden=has_marks>{nothing}</p>
            <div class="agreement__axis" aria-hidden="true">
                <div class="agreement__scale">
                    <div class="scale-bar"></div>
                    {ticks}
                </div>
            </div>
        </div>
        <figcaption class="agreement__reading">{reading}</figcaption>
    }
}
