use std::sync::Arc;

use carto_protocol::Kept;
use carto_types::{
    Backend, DoubtCounts, EncoderFacts, Issue, Mode, OutputFile, Packed, RunEvidence, Severity,
    SongRow, Synthesis, TrackA, TrackB,
};
use leptos::prelude::*;

use super::announce::Announcer;
use super::controller::{LatestSummary, RunController};
use super::view::{Counts, LatentProgress, Phase, StageView};

/// One signal for each part of a run that is shown. Views read them; only the driver
/// writes.
#[derive(Clone, Copy, Default)]
pub(crate) struct RunState {
    /// The rules.
    pub(crate) mode: RwSignal<Mode>,
    /// Where the run stands as a whole.
    pub(crate) phase: RwSignal<Phase>,
    /// The three stages, in order.
    pub(crate) stages: RwSignal<Vec<StageView>>,
    /// Songs whose recordings are still to be heard, once all songs are compared.
    pub(crate) n_to_hear: RwSignal<usize>,
    /// The songs, in the order of the index.
    pub(crate) songs: RwSignal<Vec<SongRow>>,
    /// Where no song has two mappers: titles and artists of the first songs there are.
    pub(crate) lone_songs: RwSignal<Vec<(String, String)>>,
    /// What was left out or is odd.
    pub(crate) issues: RwSignal<Vec<Issue>>,
    /// What was found in all archives.
    pub(crate) counts: RwSignal<Counts>,
    /// Agreement over all pairs so far; `None` before the first.
    pub(crate) track_a: RwSignal<Option<TrackA>>,
    /// Agreement per latent over all pairs so far; `None` before the first.
    pub(crate) track_b: RwSignal<Option<TrackB>>,
    /// How latents correlate with channels so far.
    pub(crate) synthesis: RwSignal<Option<Synthesis>>,
    /// How much of the agreement is more than a shared grid, so far; its songs are told by their
    /// places in the index. `None` before the first pair, and by the published rules.
    pub(crate) evidence: RwSignal<Option<Packed<RunEvidence>>>,
    /// The doubtful pairs among those compared so far.
    pub(crate) doubtful: RwSignal<DoubtCounts>,
    /// Whether doubtful pairs are left out of all figures and files.
    pub(crate) leaves_out_doubtful: RwSignal<bool>,
    /// Which encoder, once it is there.
    pub(crate) encoder: RwSignal<Option<EncoderFacts>>,
    /// What computes latents, once that is known.
    pub(crate) backend: RwSignal<Option<Backend>>,
    /// How far the latents are.
    pub(crate) latents: RwSignal<LatentProgress>,
    /// The files to save, as the command writes them; empty while work goes on.
    pub(crate) outputs: RwSignal<Arc<[OutputFile]>>,
    /// What was found in the run that was cleared and can be brought back.
    pub(crate) cleared: RwSignal<Option<Counts>>,
    /// Whether the demo set is shown.
    pub(crate) is_demo: RwSignal<bool>,
    /// What a screen reader is to say, politely.
    pub(crate) announcement: RwSignal<String>,
    /// Why the run as a whole cannot go on, if it cannot.
    pub(crate) failure: RwSignal<Option<String>>,
    /// Whether what is read is kept for the next visit.
    pub(crate) is_keeping: RwSignal<bool>,
    /// What is kept, once that is known.
    pub(crate) kept: RwSignal<Option<Kept>>,
}

impl RunState {
    /// Sets what differs in the songs and in what was left out, which may be long lists.
    pub(super) fn show_lists<F>(self, run: &mut RunController<F>) {
        if let Some(changes) = run.take_changed_songs() {
            self.songs.try_update(|songs| changes.apply(songs));
            set(self.lone_songs, &run.lone_songs());
        }
        if let Some(issues) = run.take_changed_issues() {
            set(self.issues, &issues);
        }
    }

    /// Whether the run has come to stand elsewhere than is shown.
    pub(super) fn has_turned<F>(self, run: &RunController<F>) -> bool {
        self.phase.try_with_untracked(|phase| *phase != run.phase).unwrap_or(false)
    }

    /// How many rows the lists have.
    pub(super) fn n_listed(self) -> usize {
        let len = |songs: &Vec<SongRow>| songs.len();
        let n_songs = self.songs.try_with_untracked(len).unwrap_or(0);
        n_songs + self.issues.try_with_untracked(Vec::len).unwrap_or(0)
    }

    /// Sets what differs in all else.
    pub(super) fn show<F>(self, run: &mut RunController<F>, announcer: &mut Announcer, now_s: f64) {
        let stages = run.stages();
        let sentence = announcer.observe(
            run.phase,
            &stages,
            run.n_songs_compared(),
            run.n_songs_to_hear(),
            count(self.issues, |issue| {
                issue.severity == Severity::Skipped && !issue.group().is_note()
            }),
            now_s,
        );
        let LatestSummary { track_a, track_b, synthesis, evidence, doubtful, files, .. } =
            &run.summary;
        set(self.mode, &run.mode);
        set(self.is_demo, &run.is_demo());
        set(self.cleared, &run.cleared());
        set(self.stages, &stages);
        set(self.n_to_hear, &run.n_songs_to_hear());
        set(self.counts, &run.counts());
        set(self.track_a, track_a);
        set(self.track_b, track_b);
        set(self.synthesis, synthesis);
        set(self.evidence, evidence);
        set(self.doubtful, doubtful);
        set(self.leaves_out_doubtful, &run.leaves_out_doubtful);
        set(self.encoder, &run.encoder().cloned());
        set(self.backend, &run.backend().cloned());
        set(self.latents, &run.latents());
        set(self.outputs, files);
        set(self.failure, &run.failure);
        set(self.is_keeping, &run.is_keeping());
        set(self.kept, &run.kept().cloned());
        // Last, so that whoever follows it finds the rest up to date.
        set(self.phase, &run.phase);
        if let Some(sentence) = sentence {
            set(self.announcement, &sentence);
        }
    }
}

fn set<T: PartialEq + Clone + Send + Sync + 'static>(signal: RwSignal<T>, value: &T) {
    if signal.try_with_untracked(|old| old != value).unwrap_or(false) {
        signal.set(value.clone());
    }
}

fn count<T: Send + Sync + 'static>(signal: RwSignal<Vec<T>>, is_counted: fn(&T) -> bool) -> usize {
    let count = |all: &Vec<T>| all.iter().filter(|one| is_counted(one)).count();
    signal.try_with_untracked(count).unwrap_or(0)
}
