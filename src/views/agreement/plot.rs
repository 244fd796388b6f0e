//! The chart itself: nine rows over one scale bar.
//!
//! One drawing in two arrangements: in columns where the plate is wide, each
//! name above its bar where it is narrow. Nothing is ever shrunk.

use leptos::prelude::*;

use super::figures::{Figures, Row};
use super::scale::Metric;
use crate::app::use_run;
use crate::format::percent;
use crate::state::Phase;
use crate::views::channels::{CHANNELS, Channel, family_opened_by};
use crate::views::focus;
use crate::views::icons::{class_symbol, icon};
use crate::views::words::AgreementClass;

/// Ground, rows, scale bar, and the line that reads out one row.
#[component]
pub(crate) fn Plot(
    /// What to draw.
    figures: Memo<Figures>,
    /// Which figure the marks show.
    metric: RwSignal<Metric>,
) -> impl IntoView {
    let run = use_run();
    // The row that Tab reaches, and the one under pointer or focus.
    let tab_stop = RwSignal::new(0_usize);
    let lit = RwSignal::new(None::<usize>);

    let ground =
        move |idx: usize| move || figures.with(|figures| percent(figures.axis.grounds()[idx]));
    let step =
        move || figures.with(|figures| percent(100.0 / f64::from(figures.axis.n_segments())));
    let has_marks = Memo::new(move |_| figures.with(|figures| !figures.rows.is_empty()));
    let reading = move || {
        let lit = lit.get();
        let words =
            figures.with(|figures| lit.and_then(|idx| read_aloud(idx, figures.rows.get(idx)?)));
        words.unwrap_or_else(|| metric.get().caption().to_owned())
    };
    let nothing = move || match run.phase().get() {
        Phase::Empty => "The marks appear as soon as two maps of one song are compared.",
        Phase::Running => "The first marks appear when the first song is finished.",
        _ => "There is no pair to compare. Add an archive of one of these songs by someone else.",
    };
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
            class:agreement__chart--grounded=move || metric.get() == Metric::Correlation
            class:agreement__chart--empty=move || !has_marks.get()
            style=("--zero", ground(0))
            style=("--shore", ground(1))
            style=("--land", ground(2))
            style=("--step", step)
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
                <span class="agreement__figure">{move || metric.get().column()}</span>
                <span class="agreement__figure agreement__figure--spread">"spread"</span>
                <span class="agreement__figure agreement__figure--companion">
                    {move || metric.get().companion().column()}
                </span>
                <span class="agreement__class">"class by r"</span>
            </div>
            {(0..CHANNELS.len())
                .map(|idx| channel_row(idx, figures, tab_stop, lit))
                .collect_view()}
            <p class="agreement__nothing" hidden=move || has_marks.get()>{nothing}</p>
            <div class="agreement__axis" aria-hidden="true">
                <div class="agreement__scale">
                    <div class="scale-bar"></div>
                    {move || {
                        figures.with(|figures| figures.axis.labels())
                            .into_iter()
                            .map(|(at, label)| {
                                view! { <span class="agreement__tick" style:left=percent(at)>{label}</span> }
                            })
                            .collect_view()
                    }}
                </div>
            </div>
        </div>
        <figcaption class="agreement__reading">{reading}</figcaption>
    }
}

/// Name, mark, figures and class of one channel; its family's name before the first.
fn channel_row(
    idx: usize,
    figures: Memo<Figures>,
    tab_stop: RwSignal<usize>,
    lit: RwSignal<Option<usize>>,
) -> impl IntoView {
    let Channel { name, listens, swatch, .. } = CHANNELS[idx];
    let row = Memo::new(move |_| figures.with(|figures| figures.rows.get(idx).cloned()));
    let text = move |field: fn(&Row) -> &String| {
        move || row.with(|row| row.as_ref().map(|row| field(row).clone()))
    };
    let label = move || {
        let words = row.with(|row| row.as_ref().and_then(|row| read_aloud(idx, row)));
        words.unwrap_or_else(|| format!("{name}, {listens}. Not surveyed yet."))
    };
    let family = family_opened_by(idx).map(|family| {
        view! {
            <div class="agreement__family">
                <span>{family}</span>
                <span class="agreement__plot"></span>
            </div>
        }
    });
    view! {
        {family}
        <div
            id=row_id(idx)
            class="agreement__row"
            role="img"
            aria-label=label
            tabindex=move || if tab_stop.get() == idx { "0" } else { "-1" }
            on:focus=move |_| {
                tab_stop.set(idx);
                lit.set(Some(idx));
            }
            on:blur=move |_| lit.set(None)
            on:pointerenter=move |_| lit.set(Some(idx))
        >
            <span class="agreement__name">
                <span class=swatch></span>
                <b>{name}</b>
                <span class="agreement__listens">{listens}</span>
            </span>
            <span class="agreement__plot">{move || row.with(|row| row.as_ref().map(mark))}</span>
            <span class="agreement__figure agreement__figure--mean">{text(|row| &row.mean)}</span>
            <span class="agreement__figure agreement__figure--spread">{text(|row| &row.spread)}</span>
            <span class="agreement__figure agreement__figure--companion">
                {text(|row| &row.companion)}
            </span>
            <span class="agreement__class">
                {move || row.with(|row| row.as_ref().map(|row| class_word(row.class)))}
            </span>
        </div>
    }
}

/// `ONSET, when anything is hit. Mean r 0.58 over 15 pairs, ...`
fn read_aloud(idx: usize, row: &Row) -> Option<String> {
    let Channel { name, listens, .. } = CHANNELS.get(idx)?;
    Some(format!("{name}, {listens}. {}", row.reading))
}

/// The diamond and the whisker through it.
fn mark(row: &Row) -> impl IntoView + use<> {
    let whisker = row.whisker.map(|whisker| {
        view! {
            <span
                class="whisker"
                class:whisker--cut-left=!whisker.has_left_tick
                class:whisker--cut-right=!whisker.has_right_tick
                style:left=percent(whisker.from)
                style:width=percent(whisker.to - whisker.from)
            ></span>
        }
    });
    view! {
        {whisker}
        <span class="diamond" style:left=percent(row.at)></span>
    }
}

/// Symbol and word.
pub(super) fn class_word(class: AgreementClass) -> impl IntoView {
    let modifier = match class {
        AgreementClass::Perceptual => "class class--perceptual",
        AgreementClass::Mixed => "class class--mixed",
        AgreementClass::Stylistic => "class class--stylistic",
        AgreementClass::Undetermined => "class class--undetermined",
    };
    view! { <span class=modifier>{icon(class_symbol(class))} <span>{class.word()}</span></span> }
}

fn row_id(idx: usize) -> String {
    format!("channel-{idx}")
}
