//! Room for the view of one song, and what it is to show.

use carto_ui::derived_bool;
use leptos::prelude::*;

use crate::context::use_run;
use crate::song::{hide_song, load_view, show_song};
use crate::view_state::{Tab, use_view_state};

/// An element that stays empty until the program of the view draws into it.
///
/// The view is told of the song again when the run knows more of it: its files, or the lags that
/// recordings settle.
#[component]
pub(crate) fn SongHost() -> impl IntoView {
    let (run, look) = (use_run(), use_view_state());
    let is_shown = Memo::new(move |_| look.tab.get() == Tab::Song);
    let offered = Memo::new(move |_| {
        if !is_shown.get() {
            return None;
        }
        run.state.songs.track();
        run.state.phase.track();
        Some((look.song.get(), run.offered_song(&look.song.get()).map(|(song, _)| song)))
    });
    Effect::new(move |before: Option<bool>| {
        let shown = offered.get();
        match &shown {
            Some((name, _)) => {
                show_song(name, run.offered_song(name).as_ref());
                load_view();
            }
            None if before == Some(true) => hide_song(),
            None => {}
        }
        shown.is_some()
    });
    view! {
        <div id="song" hidden=derived_bool(move || !is_shown.get())></div>
    }
}
