//! One dimension of the chart: its name, its marks, its figure, and the badge that opens its numbers.

use carto_charts::number::percent;
use carto_charts::{CHANNELS, MapperRow, TenthsAxis, Whisker};
use carto_types::SignalChannel;
use carto_ui::{derived_aria, derived_bool, derived_str, derived_string, dynamic};
use leptos::prelude::*;

use crate::client::use_client;
use crate::plate::{Line, ShownPlate};
use crate::words::{estimate, reading};

/// Id of the panel with the numbers of the dimension that is open.
pub(super) const DETAIL: &str = "mapper-detail";

/// What all lines of the chart share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines {
    /// What is drawn.
    pub(super) plate: ShownPlate,
    /// The line that Tab reaches.
    pub(super) tab_stop: RwSignal<usize>,
}

/// - `idx`: which line of the chart
pub(super) fn mapper_line(idx: usize, name: String, lines: Lines) -> AnyView {
    let Lines { plate, tab_stop } = lines;
    let opened = use_client().state.opened;
    let name = StoredValue::new(name);
    let line =
        Memo::new(move |_| plate.with(|plate| plate.as_ref()?.line(&name.get_value()).cloned()));
    let text = move |text: fn(&MapperRow) -> String| {
        derived_string(move || {
            line.with(|line| line.as_ref().map_or_else(String::new, |it| text(&it.row)))
        })
    };
    let label = derived_string(move || {
        plate.with(|plate| {
            let Some(plate) = plate else { return String::new() };
            line.with(|line| {
                line.as_ref().map_or_else(String::new, |line| said(line, &plate.lanes))
            })
        })
    });
    let is_sure = Memo::new(move |_| {
        line.with(|line| line.as_ref().is_some_and(|it| it.row.is_determined()))
    });
    let marks = dynamic(move || {
        let axis = plate.with(|plate| plate.as_ref().map(|it| it.axis));
        line.with(|line| match (axis, line) {
            (Some(axis), Some(line)) => marks(axis, line),
            _ => ().into_any(),
        })
    });
    let is_open = Memo::new(move |_| {
        opened.with(|opened| opened.as_deref() == Some(name.get_value().as_str()))
    });
    let press = move |_| {
        let now = (!is_open.get_untracked()).then(|| name.get_value());
        opened.set(now);
    };
    view! {
        <div class="mapper-line">
            <span class="mapper-line__name" aria-hidden="true">
                {swatch(&name.get_value())}
                <b>{name.get_value()}</b>
            </span>
            <span class="mapper-line__plot" aria-hidden="true">{marks}</span>
            <span class="mapper-line__figure" aria-hidden="true">
                {text(|row| estimate(&row.found))}
            </span>
            <button
                id=badge_id(&name.get_value())
                class="mapper-line__badge"
                class:mapper-line__badge--unsure=derived_bool(move || !is_sure.get())
                type="button"
                aria-label=label
                aria-expanded=derived_aria(move || is_open.get())
                aria-controls=DETAIL
                tabindex=derived_str(move || if tab_stop.get() == idx { "0" } else { "-1" })
                on:focus=move |_| tab_stop.set(idx)
                on:click=press
            >
                {text(|row| row.verdict_word().to_owned())}
            </button>
        </div>
    }
    .into_any()
}

/// The badge's own word, by which it can be called, and the row as a sentence.
fn said(line: &Line, names: &[String]) -> String {
    let lanes: Vec<_> = match names {
        [_] => Vec::new(),
        names => names.iter().cloned().zip(line.lanes.iter().map(Option::as_ref)).collect(),
    };
    format!("{}. {}", line.row.verdict_word(), reading(&line.row, &lanes))
}

/// The colour of a channel; nothing else has one.
pub(super) fn swatch(name: &str) -> Option<AnyView> {
    let channel = SignalChannel::named(name)?;
    let class = CHANNELS.get(channel as usize)?.swatch;
    Some(view! { <span class=class></span> }.into_any())
}

/// Id of a badge, to send the focus to.
pub(super) fn badge_id(name: &str) -> String {
    format!("mapper-{}", name.to_ascii_lowercase())
}

/// Each lane's band with the diamond on it: A above, B below.
fn marks(axis: TenthsAxis, line: &Line) -> AnyView {
    let lane = |(place, row): (usize, &Option<MapperRow>)| {
        let class = match (line.lanes.len(), place) {
            (1, _) => "mapper-lane",
            (_, 0) => "mapper-lane mapper-lane--a",
            _ => "mapper-lane mapper-lane--b",
        };
        let marks = row.as_ref().map(|row| lane_marks(axis, row));
        view! { <span class=class>{marks}</span> }
    };
    line.lanes.iter().enumerate().map(lane).collect_view().into_any()
}

fn lane_marks(axis: TenthsAxis, row: &MapperRow) -> AnyView {
    let band = row.interval(axis).map(|Whisker { from, to, is_cut_low, is_cut_high }| {
        view! {
            <span
                class="mapper-band"
                class:mapper-band--cut-low=is_cut_low
                class:mapper-band--cut-high=is_cut_high
                style:left=percent(100.0 * from)
                style:width=percent(100.0 * (to - from))
            ></span>
        }
    });
    let diamond = row.share(axis).map(|at| {
        let class = match row.is_determined() {
            true => "diamond",
            false => "diamond mapper-diamond--unsure",
        };
        view! { <span class=class style:left=percent(100.0 * at)></span> }
    });
    view! { {band} {diamond} }.into_any()
}
