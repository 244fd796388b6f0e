//! The title of the window: which view, and how far its work is, so that a tab in the
//! background says so.

use carto_types::ShownResult;
use leptos::ev;
use leptos::prelude::*;

use crate::results::Results;
use crate::run::{Phase, Run, Stage, StageView};
use crate::view_state::{Tab, ViewState};

/// What the page is called, behind everything else; `index.html` has the same.
const PAGE: &str = "osu! Latent Space Cartography";

/// The event with which the view of beatmaps, a program of its own, says how far it is: a text
/// such as `62%`, empty for nothing.
const BEATMAPS_PROGRESS: &str = "carto-beatmaps-progress";

/// Keeps the title up to date from now on.
pub(crate) fn follow(look: ViewState, run: Run, results: Results) {
    let of_beatmaps = RwSignal::new(String::new());
    // It listens as long as the page lives.
    let _ = window_event_listener(
        ev::Custom::new(BEATMAPS_PROGRESS),
        move |event: web_sys::CustomEvent| {
            of_beatmaps.set(event.detail().as_string().unwrap_or_default());
        },
    );
    let title = Memo::new(move |_| match look.tab.get() {
        Tab::Published => {
            let opened = results.state.opened;
            title("", &opened.with(|it| it.as_ref().map_or_else(published, |it| name(&it.shown))))
        }
        Tab::Yours => {
            let phase = run.state.phase.get();
            title(&run.state.stages.with(|stages| progress(phase, stages)), "Your maps")
        }
        Tab::Beatmaps => of_beatmaps.with(|progress| title(progress, "Beatmaps")),
        Tab::Mapper => {
            look.mapper.with(|mapper| title("", if mapper.is_empty() { "Mappers" } else { mapper }))
        }
        Tab::Song => look.song.with(|song| title("", if song.is_empty() { "Song" } else { song })),
    });
    Effect::new(move || document().set_title(&title.get()));
}

fn published() -> String {
    "Published results".to_owned()
}

/// What an opened result is called.
fn name(shown: &ShownResult) -> String {
    match shown.name.trim() {
        "" => "Opened result".to_owned(),
        name => name.to_owned(),
    }
}

/// `62% · Your maps · osu! Latent Space Cartography`.
fn title(progress: &str, view: &str) -> String {
    match progress {
        "" => format!("{view} · {PAGE}"),
        progress => format!("{progress} · {view} · {PAGE}"),
    }
}

/// How far a run is; empty before there is one.
fn progress(phase: Phase, stages: &[StageView]) -> String {
    let share = |stage: Stage| {
        let view = stages.iter().find(|view| view.stage == stage)?;
        (view.n_total > 0).then(|| format!("{}%", 100 * view.n_done / view.n_total))
    };
    match phase {
        Phase::Empty => String::new(),
        Phase::Running => share(Stage::NineChannels).unwrap_or_else(|| "Reading".to_owned()),
        Phase::Cancelled => "Stopped".to_owned(),
        Phase::Done => "Done".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::StageState;

    fn maps(n_done: usize, n_total: usize) -> [StageView; 1] {
        let (stage, state) = (Stage::NineChannels, StageState::Running);
        [StageView { stage, state, n_done, n_total, per_s: None, left_s: None, elapsed_s: 0.0 }]
    }

    #[test]
    fn a_title_says_how_far_a_run_is_and_then_where_one_is() {
        let at =
            |phase, n_done, n_total| title(&progress(phase, &maps(n_done, n_total)), "Your maps");
        let ends = "Your maps · osu! Latent Space Cartography";
        assert_eq!(at(Phase::Empty, 0, 0), ends);
        assert_eq!(at(Phase::Running, 0, 0), format!("Reading · {ends}"));
        assert_eq!(at(Phase::Running, 38, 61), format!("62% · {ends}"));
        assert_eq!(at(Phase::Cancelled, 38, 61), format!("Stopped · {ends}"));
        assert_eq!(at(Phase::Done, 61, 61), format!("Done · {ends}"));
    }

    #[test]
    fn the_page_is_called_as_before_the_program_came() {
        assert!(include_str!("../index.html").contains(&format!("<title>{PAGE}</title>")));
    }
}
