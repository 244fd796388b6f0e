//! How far the run is, stage by stage.

use carto_charts::number::{counted, duration, n_of, percent, rate, time_left};
use carto_types::SongStatus;
use carto_ui::{derived_bool, derived_str, derived_string};
use leptos::prelude::*;

use super::icons::{DONE, RUNNING, STOPPED, WAITING, live_icon};
use super::mode_switch::ModeSwitch;
use super::run_labels::progress_line;
use crate::context::use_run;
use crate::run::{Phase, Run, Stage, StageState, StageView};

/// The stages in order: their name, and what they count.
const STAGES: [(Stage, &str, &str); 3] = [
    (Stage::ReadArchives, "Read archives", "archives"),
    (Stage::NineChannels, "Nine channels", "maps"),
    (Stage::ComparePairs, "Compare pairs", "pairs"),
];

/// Progress, stopping, resuming, and the rules that the run follows.
#[component]
pub(crate) fn StagePanel() -> impl IntoView {
    let run = use_run();
    let headline = Signal::derive(move || {
        let maps = stage(run, Stage::NineChannels);
        let n_finished = run
            .state
            .songs
            .with(|songs| songs.iter().filter(|song| song.status == SongStatus::Done).count());
        let n_to_hear = run.state.n_to_hear.get();
        progress_line(run.state.phase.get(), &maps, n_finished, n_to_hear)
    });
    // One button for both: it keeps its place and the focus.
    let act = move |_| match run.state.phase.get_untracked() {
        Phase::Cancelled => run.resume(),
        _ => run.cancel(),
    };
    view! {
        <section class="plate stage-panel" aria-labelledby="stage-title">
            <div class="stage-panel__head">
                <h2 id="stage-title" class="stage-panel__title">
                    <b>{derived_str(move || headline.get().0)}</b>
                    " "
                    <span>{derived_string(move || headline.get().1)}</span>
                </h2>
                <button
                    class="button button--small"
                    type="button"
                    hidden=derived_bool(move || run.state.phase.get() == Phase::Done)
                    on:click=act
                >
                    {derived_str(move || match run.state.phase.get() {
                        Phase::Cancelled => "Resume",
                        _ => "Stop",
                    })}
                </button>
            </div>
            <ul class="stage-panel__list">
                {STAGES
                    .into_iter()
                    .map(|(kind, name, unit)| stage_row(run, kind, name, unit))
                    .collect_view()}
            </ul>
            <p class="stage-panel__hint">
                {derived_string(move || {
                    let counts = run.state.counts.get();
                    let n_maps = stage(run, Stage::NineChannels).n_total;
                    let is_hearing = run.state.n_to_hear.get() > 0;
                    hint(run.state.phase.get(), is_hearing, n_maps, counts.n_beatmaps)
                })}
            </p>
            <ModeSwitch/>
        </section>
    }
}

/// What a person may do, or why fewer maps were processed than there are.
///
/// - `is_hearing`: whether recordings are heard
/// - `n_maps`: those that stand for a mapper in a song
/// - `n_beatmaps`: all that were read
fn hint(phase: Phase, is_hearing: bool, n_maps: usize, n_beatmaps: usize) -> String {
    match phase {
        Phase::Running if is_hearing => {
            "Their timing points leave a lag open. Stopping keeps what is below.".to_owned()
        }
        Phase::Running => "Finished songs appear below at once. Stopping keeps them.".to_owned(),
        Phase::Cancelled => "What is finished stays below.".to_owned(),
        _ if n_maps > 0 && n_maps < n_beatmaps => format!(
            "Of {} only those are processed that the rules choose for two mappers of a song. More archives can be dropped at any time.",
            counted(n_beatmaps, "beatmap", "beatmaps")
        ),
        _ => "More archives can be dropped at any time.".to_owned(),
    }
}

/// The stage as the run has it now; waiting where it has none yet.
fn stage(run: Run, kind: Stage) -> StageView {
    run.state
        .stages
        .with(|stages| stages.iter().find(|view| view.stage == kind).cloned())
        .unwrap_or(StageView {
            stage: kind,
            state: StageState::Waiting,
            n_done: 0,
            n_total: 0,
            per_s: None,
            left_s: None,
            elapsed_s: 0.0,
        })
}

/// Symbol, name, bar, count, and how fast.
fn stage_row(run: Run, kind: Stage, name: &'static str, unit: &'static str) -> impl IntoView {
    let view = Memo::new(move |_| stage(run, kind));
    let count = move || view.with(|view| n_of(view.n_done, view.n_total));
    let symbol = Signal::derive(move || match view.with(|view| view.state) {
        StageState::Waiting => WAITING,
        StageState::Running => RUNNING,
        StageState::Done => DONE,
        StageState::Stopped => STOPPED,
    });
    let state_class = derived_str(move || match view.with(|view| view.state) {
        StageState::Waiting => "stage stage--waiting",
        StageState::Running => "stage stage--running",
        StageState::Done => "stage stage--done",
        StageState::Stopped => "stage stage--stopped",
    });
    let shown_count = move || match view.with(|view| view.n_total) {
        0 => String::new(),
        _ => count(),
    };
    view! {
        <li class=state_class>
            <span class="stage__symbol">{live_icon(symbol)}</span>
            <span class="stage__name">{name}</span>
            <span
                class="stage__bar"
                role="progressbar"
                aria-label=name
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=derived_string(move || (view.with(percent_done) as u32).to_string())
                aria-valuetext=derived_string(move || format!("{} {unit}", count()))
            >
                <span class="stage__fill" style:width=derived_string(move || percent(view.with(percent_done)))></span>
            </span>
            <span class="stage__count">{derived_string(shown_count)}</span>
            <span class="stage__pace">{derived_string(move || view.with(|view| pace(view, unit)))}</span>
        </li>
    }
}

fn percent_done(view: &StageView) -> f64 {
    match (view.state, view.n_total) {
        (StageState::Done, _) => 100.0,
        (_, 0) => 0.0,
        (_, total) => (view.n_done as f64 / total as f64 * 1000.0).round() / 10.0,
    }
}

/// While it runs: how fast, and how long it will take. After: how long it took.
fn pace(view: &StageView, unit: &str) -> String {
    match view.state {
        StageState::Waiting => "waiting".to_owned(),
        StageState::Running => {
            let pace = view.per_s.map(|per_s| rate(per_s, unit));
            let left = view.left_s.map(time_left).filter(|left| !left.is_empty());
            [pace, left].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        }
        StageState::Done => duration(view.elapsed_s),
        StageState::Stopped => format!("stopped after {}", duration(view.elapsed_s)),
    }
}
