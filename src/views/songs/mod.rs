//! The table of songs: every song of the run, finished or not.

mod data;
mod details;
mod doubts;
mod links;
mod missing;
mod owners;
mod row;

use std::sync::Arc;

use carto_ui::{MarkKey, RowWindow, derived_bool, derived_str, derived_string, dynamic};
use leptos::prelude::*;

use super::method_note::{Figure, MethodNote};
use crate::context::use_run;
use crate::run::Phase;
use crate::view_state::use_view_state;
use crate::view_state::{SongOrder, SortKey, timing_r};
use carto_charts::CHANNELS;
use carto_charts::number::{counted, n_of};
use carto_charts::songs_finding;
use carto_types::{Mode, SongRow, SongStatus};
pub(crate) use data::SongsData;
use details::SongDialog;
use doubts::DoubtSwitch;
use links::{mapper_link, other_mappers_link};
use missing::MissingSongs;
use owners::OwnersDialog;
use row::song_row;

/// Height of a row in the stylesheet.
const ROW_PX: f64 = 76.0;

/// Kicker, finding, table and notes.
#[component]
pub(crate) fn SongsSheet(
    /// The songs.
    data: SongsData,
) -> impl IntoView {
    let SongsData { songs, phase, lone_songs, can_correct, is_own, .. } = data;
    let state = use_view_state();
    let (order, find) = (state.sort, state.find);
    let run = use_run();
    let is_published = derived_bool(move || is_own && run.state.mode.get() == Mode::Published);
    let body = NodeRef::new();
    let wanted_owners = RwSignal::new(None);
    let opened = RwSignal::new(None);
    let sorted = Memo::new(move |_| {
        let mut rows = songs.get();
        let wanted = find.get().to_lowercase();
        if !wanted.is_empty() {
            rows.retain(|song| song.has(&wanted));
        }
        order.get().sort(&mut rows);
        rows
    });
    let heading = derived_string(move || {
        songs.with(|songs| {
            let timing: Vec<_> = songs
                .iter()
                .filter_map(|song| Some((song.title.as_str(), timing_r(song)?)))
                .collect();
            songs_finding(&timing, phase.get() != Phase::Done)
        })
    });
    let n_rows = Signal::derive(move || sorted.with(Vec::len));
    let window = RowWindow::new(n_rows, ROW_PX, body);
    // The key holds all that changes in a row, so that only such rows are drawn again.
    // All: a place in the index may go to another song when archives are added, and
    // figures arrive after the status.
    let key = |song: &SongRow| {
        let figures = song.r.map(|r| r.map(f64::to_bits));
        let name = (song.title.clone(), song.artist.clone(), song.mappers.clone());
        // Maps and pairs are shared as long as they are the same.
        let lists = (Arc::as_ptr(&song.maps).addr(), Arc::as_ptr(&song.pairs).addr());
        let counts = (song.n_pairs, song.other_audio);
        (song.song_idx, name, counts, lists, progress(song.status), figures)
    };
    let lone_items = dynamic(move || {
        let is_over = !matches!(phase.get(), Phase::Empty | Phase::Running);
        let item = |(title, artist): &(String, String)| {
            view! { <li>{other_mappers_link(title, artist)} " (" {artist.clone()} ")"</li> }
        };
        // Under the published rules the other rules come first, before another map.
        let items = lone_songs.with(|songs| match is_over && !is_published.get() {
            true => songs.iter().map(item).collect_view(),
            false => Vec::new(),
        });
        view! { <ul class="songs__needed">{items}</ul> }.into_any()
    });
    view! {
        <section class="sheet" aria-labelledby="songs-title">
            <div class="sheet__head">
                <p class="kicker">
                    {derived_string(move || {
                        let n_songs = songs.with(Vec::len);
                        match data.n_in_all.get() {
                            n_in_all if n_in_all > n_songs => {
                                format!("Song by song · {} songs", n_of(n_songs, n_in_all))
                            }
                            _ => format!("Song by song · {}", counted(n_songs, "song", "songs")),
                        }
                    })}
                </p>
                <h2 id="songs-title" class="heading">{heading}</h2>
            </div>
            <div class="sheet__body">
                <div class="plate songs">
                    {is_own.then(|| view! { <MissingSongs data/> })}
                    <label class="songs__find">
                        "Find "
                        <input
                            type="search"
                            placeholder="title, artist, mapper, difficulty"
                            prop:value=find
                            on:input=move |event| find.set(event_target_value(&event))
                        />
                    </label>
                    {is_own.then(|| view! { <DoubtSwitch/> })}
                    <table
                        class="songs__table"
                        role="table"
                        aria-labelledby="songs-title"
                        aria-rowcount=derived_string(move || (n_rows.get() + 1).to_string())
                    >
                        <thead class="songs__header" role="rowgroup">
                            <tr class="songs__columns" role="row" aria-rowindex="1">
                                <SortHeader order key=SortKey::Title label="Song" class="songs__song"/>
                                <th class="songs__count" role="columnheader" scope="col">"mappers"</th>
                                <SortHeader order key=SortKey::Pairs label="pairs" class="songs__count"/>
                                {CHANNELS.map(|channel| {
                                    view! {
                                        <th class="songs__r" role="columnheader" scope="col" aria-label=format!("{}, mean r", channel.name)>
                                            <span class=channel.swatch></span>
                                            {channel.abbr}
                                        </th>
                                    }
                                }).collect_view()}
                                <SortHeader order key=SortKey::Timing label="timing r" class="songs__timing"/>
                            </tr>
                        </thead>
                        {window.gap_before()}
                        <tbody class="songs__body" role="rowgroup" node_ref=body>
                            <ForEnumerate
                                each=move || {
                                    let rows = window.range();
                                    sorted.with(|all| all.get(rows).unwrap_or_default().to_vec())
                                }
                                key=key
                                children=move |place, song| {
                                    song_row(window.row_index(place), song, opened, is_own)
                                }
                            />
                        </tbody>
                        {window.gap_behind()}
                    </table>
                    <p class="songs__none" hidden=derived_bool(move || !sorted.with(Vec::is_empty))>
                        {derived_str(move || match phase.get() {
                            _ if !find.with(String::is_empty) => "No song here has this in its title, artist, mappers or difficulties.",
                            Phase::Running => "Songs are listed once all archives are read.",
                            Phase::Cancelled => "The run was stopped before it knew its songs: Resume goes on.",
                            _ if is_published.get() => "By the published rules no song here has maps by two mappers.",
                            _ => "No song here has maps by two mappers. Add a map of the same song by someone else: osu!’s site finds it.",
                        })}
                    </p>
                    {is_own.then(|| view! {
                        <p class="songs__all-mappers" hidden=derived_bool(move || n_rows.get() == 0)>
                            {mapper_link("", "All mappers of these songs".to_owned(), || ())}
                        </p>
                    })}
                    {lone_items}
                    <button
                        class="button button--small songs__more"
                        type="button"
                        aria-haspopup="dialog"
                        hidden=derived_bool(move || !can_correct.get())
                        on:click=move |_| wanted_owners.set(Some(String::new()))
                    >
                        "Correct who made a difficulty"
                    </button>
                    <SongDialog data opened wanted_owners/>
                    <OwnersDialog wanted=wanted_owners/>
                </div>
                <SongNotes/>
            </div>
        </section>
    }
}

/// A number for each status, so that a row's key changes with it.
fn progress(status: SongStatus) -> usize {
    match status {
        SongStatus::Waiting => 0,
        SongStatus::Done => 1,
        SongStatus::NoPairs => 2,
        SongStatus::NameOnly => 3,
        SongStatus::Comparing { n_done, .. } => 4 + n_done,
    }
}

/// A column header that sorts.
#[component]
fn SortHeader(
    /// The table's order.
    order: RwSignal<SongOrder>,
    /// The key by which this column sorts.
    key: SortKey,
    /// Text of the header.
    label: &'static str,
    /// Class of the cell.
    class: &'static str,
) -> impl IntoView {
    view! {
        <th class=class role="columnheader" scope="col" aria-sort=derived_str(move || order.get().aria_sort(key))>
            <button class="sort" type="button" on:click=move |_| order.update(|order| order.press(key))>
                {label}
                <span class="sort__arrow" aria-hidden="true">{derived_str(move || order.get().arrow(key))}</span>
            </button>
        </th>
    }
}

/// How to read the table.
#[component]
fn SongNotes() -> impl IntoView {
    let stick = view! {
        <span class="key-stick">
            <span class="stick" style=("--r", "0.8")>
                <span class="stick__stem swatch--onset"></span>
            </span>
        </span>
    };
    let stick = stick.into_any();
    view! {
        <aside class="notes" aria-label="Reading the table of songs">
            <h3 class="notes__title">"Reading this table"</h3>
            <dl class="notes__key">
                <MarkKey mark=stick>
                    <b>"Stick and figure: "</b>
                    "mean r of one channel over the pairs of that song: above the line for a positive r, below it for a negative one."
                </MarkKey>
            </dl>
            <p>
                <b>"Timing r: "</b>
                "the mean r of ONSET and COMBO: how far two maps hit at the same times."
            </p>
            <p>
                <b>"A question mark behind a name: "</b>
                "likely, since a difficulty’s name alone says so. The names open the song: who mapped what, how we know, and every pair. Of two mappers the two difficulties nearest in star rating are compared."
            </p>
            <p>
                <b>"Lag: "</b>
                "by how much the times of two maps lie apart, in each opened song. A pair of another version or tempo of the song is named, and no aligned figure counts it."
            </p>
            <MethodNote figure=Figure::Songs/>
        </aside>
    }
}
