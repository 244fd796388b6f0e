//! The parts of the panel, one below the other.

use carto_charts::number::{fixed, grouped, percent};
use carto_charts::{
    CarryingSong, CarryingSongs, KeyFigure, Measure, MeasuresChart, NullRow, ReachChart, ShiftBin,
    with_interval,
};
use carto_types::SongRow;
use leptos::prelude::*;

use super::marks::{mean_marks, place, scale};

/// Goes to the row of a song: its number, and its title.
pub(super) type ToSong = Callback<(u32, String)>;

/// The four figures at the top.
pub(super) fn key_figures(figures: &[KeyFigure]) -> AnyView {
    let figure = |it: &KeyFigure| {
        view! {
            <div>
                <dt>{it.label.clone()}</dt>
                <dd>
                    <b>{it.value.clone()}</b>
                    " "
                    <span>{it.beside.clone()}</span>
                </dd>
            </div>
        }
    };
    view! { <dl class="evidence-panel__figures">{figures.iter().map(figure).collect_view()}</dl> }
        .into_any()
}

/// A part of the panel: its heading, how it is read, and what it has.
fn part(title: &'static str, reading: String, content: AnyView) -> AnyView {
    view! {
        <section class="evidence-panel__part" aria-label=title>
            <div class="evidence-panel__part-head">
                <h3>{title}</h3>
                <p>{reading}</p>
            </div>
            {content}
        </section>
    }
    .into_any()
}

/// The mean of the dimension through all rows, and in each what a null keeps of it.
pub(super) fn reach(chart: &ReachChart, name: &str) -> AnyView {
    let axis = chart.axis;
    let figure = chart.figure.name();
    let shifts = match chart.n_shifts {
        0 => String::new(),
        n => format!(" Bars: {} shifts of all pairs.", grouped(n)),
    };
    let reading = format!(
        "{figure}. Through all rows: its mean with the 95% interval. Ticks: means.{shifts}"
    );
    let own = || mean_marks(axis, chart.mean, chart.interval);
    let null = |null: &NullRow| {
        let bin = |bin: &ShiftBin| {
            view! {
                <span
                    class="reach__bin"
                    style:left=percent(100.0 * bin.from)
                    style:width=percent(100.0 * (bin.to - bin.from))
                    style:height=percent(100.0 * bin.height)
                ></span>
            }
        };
        let tick = null
            .mean
            .map(|mean| view! { <span class="reach__mean" style:left=place(axis, mean)></span> });
        view! {
            <li class="reach__row">
                <span class="reach__name">
                    <b>{null.name}</b>
                    <span>{null.keeps}</span>
                </span>
                <span class="reach__plot" aria-hidden="true">
                    {own()}
                    {null.bins.iter().map(bin).collect_view()}
                    {tick}
                </span>
                <span class="reach__value">{with_interval(null.mean, None)}</span>
            </li>
        }
    };
    let content = view! {
        <ol class="reach" style=("--zero", place(axis, 0.0))>
            <li class="reach__row reach__row--own">
                <span class="reach__name">
                    <b>{name.to_owned()}</b>
                    <span>"bar against the same bar"</span>
                </span>
                <span class="reach__plot" aria-hidden="true">{own()}</span>
                <span class="reach__value">{with_interval(chart.mean, chart.interval)}</span>
            </li>
            {chart.nulls.iter().map(null).collect_view()}
        </ol>
        <div class="reach__axis">{scale(axis)}</div>
    };
    part("What the grid reaches", reading, content.into_any())
}

/// Means with their intervals over one axis; nothing but the words without a row.
pub(super) fn measures(
    title: &'static str,
    reading: &'static str,
    chart: &MeasuresChart,
) -> AnyView {
    let axis = chart.axis;
    if chart.rows.is_empty() {
        return part(title, reading.to_owned(), ().into_any());
    }
    let row = |measure: &Measure| {
        view! {
            <li class="reach__row measures__row">
                <span class="reach__name">
                    <b>{measure.name.clone()}</b>
                    <span>{measure.explained}</span>
                </span>
                <span class="reach__plot" aria-hidden="true">
                    {mean_marks(axis, measure.mean, measure.interval)}
                </span>
                <span class="reach__value">{with_interval(measure.mean, measure.interval)}</span>
            </li>
        }
    };
    let content = view! {
        <ol class="reach measures" style=("--zero", place(axis, 0.0))>
            {chart.rows.iter().map(row).collect_view()}
        </ol>
        <div class="reach__axis">{scale(axis)}</div>
    };
    part(title, reading.to_owned(), content.into_any())
}

/// Each song's distance from the mean; its title leads to its row.
pub(super) fn songs(chart: &CarryingSongs, rows: Signal<Vec<SongRow>>, to_song: ToSong) -> AnyView {
    let axis = chart.axis;
    let mean = chart.mean.unwrap_or_default();
    let title_of = |song_idx: u32| {
        rows.with_untracked(|rows| {
            let is_it = |row: &&SongRow| row.song_idx == song_idx;
            rows.iter().find(is_it).map(|row| row.title.clone())
        })
    };
    let row = |song: &CarryingSong| {
        let &CarryingSong { song_idx, value, without, .. } = song;
        let (at, from) = (axis.share(value), axis.share(value.min(mean)));
        let width = (at - axis.share(mean)).abs();
        let name = match title_of(song_idx) {
            Some(title) => song_link(song_idx, title, to_song),
            None => format!("song {}", song_idx + 1).into_any(),
        };
        view! {
            <li class="carrying__row">
                <span class="carrying__song">{name}</span>
                <span class="carrying__plot" aria-hidden="true">
                    <span class="carrying__mean" style:left=place(axis, mean)></span>
                    <span
                        class="carrying__line"
                        style:left=percent(100.0 * from)
                        style:width=percent(100.0 * width)
                    ></span>
                    <span class="diamond" style:left=percent(100.0 * at)></span>
                </span>
                <span class="carrying__value">{fixed(value, 2)}</span>
                <span class="carrying__without">
                    <span class="visually-hidden">"mean without it "</span>
                    {fixed(without, 3)}
                </span>
            </li>
        }
    };
    if chart.songs.is_empty() {
        return part("The songs that carry it", chart.sentence(), ().into_any());
    }
    let content = view! {
        <div class="carrying__row carrying__heads" aria-hidden="true">
            <span class="carrying__song">"song"</span>
            <span class="carrying__plot"></span>
            <span class="carrying__value">"value"</span>
            <span class="carrying__without">"mean without it"</span>
        </div>
        <ol class="carrying">{chart.songs.iter().map(row).collect_view()}</ol>
    };
    let reading = format!("Lines: distance of a song from the mean. {}", chart.sentence());
    part("The songs that carry it", reading, content.into_any())
}

fn song_link(song_idx: u32, title: String, to_song: ToSong) -> AnyView {
    let text = title.clone();
    view! {
        <a
            href="#songs-title"
            on:click=move |event| {
                event.prevent_default();
                to_song.run((song_idx, title.clone()));
            }
        >
            {text}
        </a>
    }
    .into_any()
}

/// Names with what is to be said of each.
pub(super) fn facts(title: &'static str, facts: &[(&'static str, String)]) -> AnyView {
    let fact = |(name, text): &(&'static str, String)| {
        view! {
            <div>
                <dt>{*name}</dt>
                <dd>{text.clone()}</dd>
            </div>
        }
    };
    let content =
        view! { <dl class="evidence-panel__facts">{facts.iter().map(fact).collect_view()}</dl> };
    part(title, String::new(), content.into_any())
}
