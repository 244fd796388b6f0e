//! What the view tells the window: how far reading is, for its title, and whether leaving the
//! page loses something.

use carto_ui::RequestState;
use carto_ui::{ask_before_leaving, dispatch_event};
use leptos::prelude::*;

use crate::state::{BeatmapsState, ReadProgress};

/// The event that says how far reading is; its detail is a text for the window's title, empty
/// for nothing. `src/title.rs` listens.
const PROGRESS: &str = "carto-beatmaps-progress";

/// Keeps the window up to date from now on.
pub(crate) fn tell_window(state: BeatmapsState) {
    let progress = Memo::new(move |_| {
        let has_rows = state.rows.with(|rows| !rows.is_empty());
        state.read.with(|read| title_of(read, has_rows))
    });
    Effect::new(move || dispatch_event(PROGRESS, &progress.get().into()));
    let would_lose = Memo::new(move |_| {
        let is_trained = state.trained.with(|trained| matches!(trained, RequestState::Ready(_)));
        !state.is_saved.get() && (is_trained || state.rows.with(|rows| !rows.is_empty()))
    });
    ask_before_leaving(would_lose);
}

/// `62%` while files are read, `Done` once there are maps.
fn title_of(read: &ReadProgress, has_rows: bool) -> String {
    match (read.is_reading(), has_rows) {
        (true, _) => format!("{}%", 100 * read.n_done / read.n_all.max(1)),
        (false, true) => "Done".to_owned(),
        (false, false) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_says_how_far_reading_is() {
        let at = |n_done, n_all| title_of(&ReadProgress { n_done, n_all, per_s: None }, n_done > 0);
        assert_eq!([at(0, 0), at(0, 40), at(9, 40), at(40, 40)], ["", "0%", "22%", "Done"]);
    }
}
