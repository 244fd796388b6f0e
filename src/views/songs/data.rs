//! Which songs a table shows: those of one's own run, or of a result that was opened.

use carto_types::{Mode, SongRow};
use carto_ui::derived_bool;
use leptos::prelude::*;

use crate::context::{use_results, use_run};
use crate::run::Phase;

/// What the table shows: the songs of one's own run, or those of a result that was opened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SongsData {
    /// The songs, in the order of the index.
    pub(super) songs: Signal<Vec<SongRow>>,
    /// Songs that the figures are of, where more of them are known than are listed; else 0.
    pub(super) n_in_all: Signal<usize>,
    /// Whether more is to come.
    pub(super) phase: Signal<Phase>,
    /// Where no song has two mappers: titles and artists of the first songs there are.
    pub(super) lone_songs: Signal<Vec<(String, String)>>,
    /// Whether a person can say who made a difficulty.
    pub(super) can_correct: Signal<bool>,
    /// Whether it is the run's own, whose pairs can be left out.
    pub(super) is_own: bool,
    /// Whether doubtful pairs are left out.
    pub(super) leaves_out: Signal<bool>,
}

impl SongsData {
    /// Of one's own run.
    pub(crate) fn yours() -> Self {
        let state = use_run().state;
        Self {
            songs: state.songs.into(),
            n_in_all: Signal::derive(|| 0),
            phase: state.phase.into(),
            lone_songs: state.lone_songs.into(),
            can_correct: derived_bool(move || state.mode.get() == Mode::Osu),
            is_own: true,
            leaves_out: state.leaves_out_doubtful.into(),
        }
    }

    /// Of the result that was opened.
    pub(crate) fn opened() -> Self {
        let opened = use_results().state.opened;
        let songs = move || {
            opened.with(|it| it.as_ref().map_or_else(Vec::new, |it| it.shown.songs.clone()))
        };
        Self {
            songs: Signal::derive(songs),
            n_in_all: Signal::derive(move || {
                opened.with(|it| it.as_ref().map_or(0, |it| it.shown.n_songs_of_link()))
            }),
            phase: Signal::derive(|| Phase::Done),
            lone_songs: Signal::derive(Vec::new),
            can_correct: derived_bool(|| false),
            is_own: false,
            leaves_out: derived_bool(|| false),
        }
    }
}
