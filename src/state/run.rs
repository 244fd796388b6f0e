use std::rc::Rc;

use carto_protocol::{DeviceChoice, EncoderSource};
use carto_types::{
    Backend, EncoderFacts, FileKind, Issue, Mode, OutputFile, Synthesis, TrackA, TrackB,
};
use leptos::prelude::*;
use web_sys::File;

use super::course::{Arrival, Course};
use super::engine::Engine;
use super::view::{Counts, LatentView, Phase, SongRow, StageView};
use crate::files::{Dropped, DroppedFile};

/// The run of this page: what a person can do, and signals of how it stands.
///
/// A handle that can be copied anywhere; the app makes one and puts it into
/// context. All work is done by workers; signals change at most ten times a
/// second.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    engine: StoredValue<Rc<Engine>, LocalStorage>,
    signals: RunSignals,
}

impl Run {
    /// A run without files. No worker is started before there is work for it.
    pub(crate) fn new() -> Self {
        let signals = RunSignals::default();
        Self { engine: StoredValue::new_local(Engine::new(signals)), signals }
    }

    /// Starts with these files, or goes on with them too: what was read and
    /// compared stays, unless the demo was shown, which they replace.
    pub(crate) fn add_files(self, files: impl Into<Dropped>) {
        let Dropped { mut files, n_other, issues } = files.into();
        // The last one counts: there is one encoder at a time.
        let is_encoder =
            |file: &mut DroppedFile| FileKind::of_name(&file.path) == FileKind::Encoder;
        if let Some(encoder) = files.extract_if(.., is_encoder).last() {
            let source = EncoderSource::File { name: encoder.file.name() };
            self.choose_encoder(source, Some(encoder.file));
        }
        if files.is_empty() && n_other == 0 && issues.is_empty() {
            return;
        }
        let arrivals = files.into_iter().map(arrival).collect();
        self.act(|course, now_s| course.add(arrivals, n_other, issues, now_s));
    }

    /// Makes the demo set and runs it in place of what was there.
    pub(crate) fn run_demo(self) {
        self.act(Course::run_demo);
    }

    /// Stops at once. What is done stays.
    pub(crate) fn cancel(self) {
        self.act(Course::cancel);
    }

    /// Goes on where it was stopped.
    pub(crate) fn resume(self) {
        self.act(Course::resume);
    }

    /// Forgets all files.
    pub(crate) fn clear(self) {
        self.act(|course, _| course.clear());
    }

    /// Does everything again by other rules; nothing if they are the present ones.
    pub(crate) fn set_mode(self, mode: Mode) {
        self.act(|course, now_s| course.set_mode(mode, now_s));
    }

    /// Computes latents with this encoder; with the file that it stands in,
    /// where the source is one.
    pub(crate) fn choose_encoder(self, source: EncoderSource, file: Option<File>) {
        self.act(|course, _| course.choose_encoder(source, file));
    }

    /// Says what is to compute latents, from the next encoder on.
    pub(crate) fn set_device(self, device: DeviceChoice) {
        self.act(|course, _| course.set_device(device));
    }

    /// Stops the latents at once. What is done stays.
    pub(crate) fn pause_latents(self) {
        self.act(|course, _| course.pause_latents());
    }

    /// Goes on with the latents where they were stopped.
    pub(crate) fn resume_latents(self) {
        self.act(|course, _| course.resume_latents());
    }

    fn act(self, action: impl FnOnce(&mut Course<File>, f64)) {
        // The engine lives as long as the page: there is always one.
        if let Some(engine) = self.engine.try_get_value() {
            engine.act(action);
        }
    }

    /// The rules.
    pub(crate) fn mode(self) -> Signal<Mode> {
        self.signals.mode.into()
    }

    /// Where the run stands as a whole.
    pub(crate) fn phase(self) -> Signal<Phase> {
        self.signals.phase.into()
    }

    /// The three stages, in order.
    pub(crate) fn stages(self) -> Signal<Vec<StageView>> {
        self.signals.stages.into()
    }

    /// The songs, in the order of the index.
    pub(crate) fn songs(self) -> Signal<Vec<SongRow>> {
        self.signals.songs.into()
    }

    /// What was left out or is odd.
    pub(crate) fn issues(self) -> Signal<Vec<Issue>> {
        self.signals.issues.into()
    }

    /// What was found in all archives.
    pub(crate) fn counts(self) -> Signal<Counts> {
        self.signals.counts.into()
    }

    /// Agreement over all pairs so far; `None` before the first.
    pub(crate) fn track_a(self) -> Signal<Option<TrackA>> {
        self.signals.track_a.into()
    }

    /// Agreement per latent over all pairs so far; `None` before the first.
    pub(crate) fn track_b(self) -> Signal<Option<TrackB>> {
        self.signals.track_b.into()
    }

    /// How latents and channels go together so far.
    pub(crate) fn synthesis(self) -> Signal<Option<Synthesis>> {
        self.signals.synthesis.into()
    }

    /// Which encoder, once it is there.
    pub(crate) fn encoder(self) -> Signal<Option<EncoderFacts>> {
        self.signals.encoder.into()
    }

    /// What computes latents, once that is known.
    pub(crate) fn backend(self) -> Signal<Option<Backend>> {
        self.signals.backend.into()
    }

    /// How far the latents are.
    pub(crate) fn latents(self) -> Signal<LatentView> {
        self.signals.latents.into()
    }

    /// The files to save, as the command writes them; empty while work goes on.
    pub(crate) fn outputs(self) -> Signal<Vec<OutputFile>> {
        self.signals.outputs.into()
    }

    /// Whether the demo set is shown.
    pub(crate) fn is_demo(self) -> Signal<bool> {
        self.signals.is_demo.into()
    }

    /// What a screen reader is to say, politely.
    pub(crate) fn announcement(self) -> Signal<String> {
        self.signals.announcement.into()
    }

    /// Why the run as a whole cannot go on, if it cannot.
    pub(crate) fn failure(self) -> Signal<Option<String>> {
        self.signals.failure.into()
    }
}

fn arrival(dropped: DroppedFile) -> Arrival<File> {
    let DroppedFile { path, file } = dropped;
    let (size_bytes, modified_ms) = (file.size() as u64, file.last_modified() as i64);
    Arrival { path, size_bytes, modified_ms, file }
}

/// The signals behind [`Run`].
#[derive(Clone, Copy, Default)]
pub(super) struct RunSignals {
    mode: RwSignal<Mode>,
    phase: RwSignal<Phase>,
    stages: RwSignal<Vec<StageView>>,
    songs: RwSignal<Vec<SongRow>>,
    issues: RwSignal<Vec<Issue>>,
    counts: RwSignal<Counts>,
    track_a: RwSignal<Option<TrackA>>,
    track_b: RwSignal<Option<TrackB>>,
    synthesis: RwSignal<Option<Synthesis>>,
    encoder: RwSignal<Option<EncoderFacts>>,
    backend: RwSignal<Option<Backend>>,
    latents: RwSignal<LatentView>,
    outputs: RwSignal<Vec<OutputFile>>,
    is_demo: RwSignal<bool>,
    announcement: RwSignal<String>,
    failure: RwSignal<Option<String>>,
}

impl RunSignals {
    /// Sets what differs from what is shown.
    pub(super) fn show<F>(
        &self,
        course: &Course<F>,
        stages: Vec<StageView>,
        songs: Vec<SongRow>,
        issues: Vec<Issue>,
        latents: LatentView,
        sentence: Option<String>,
    ) {
        set(self.mode, course.mode());
        set(self.is_demo, course.is_demo());
        set(self.stages, stages);
        set(self.songs, songs);
        set(self.issues, issues);
        set(self.counts, course.counts());
        set(self.track_a, course.track_a().cloned());
        set(self.track_b, course.track_b().cloned());
        set(self.synthesis, course.synthesis().cloned());
        set(self.encoder, course.encoder().cloned());
        set(self.backend, course.backend().cloned());
        set(self.latents, latents);
        set(self.outputs, course.outputs().to_vec());
        set(self.failure, course.failure().map(str::to_owned));
        // Last, so that whoever follows it finds the rest up to date.
        set(self.phase, course.phase());
        if let Some(sentence) = sentence {
            set(self.announcement, sentence);
        }
    }
}

fn set<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.try_with_untracked(|old| *old != value).unwrap_or(false) {
        signal.set(value);
    }
}
