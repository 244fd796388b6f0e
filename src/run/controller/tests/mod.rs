mod automatic;
mod clearing;
mod evidence;
mod files;
mod hearing;
mod keeping;
mod latents;
mod offer;
mod owners;
mod stops;
mod study;
mod whole_run;

use std::rc::Rc;

use carto_protocol::{AnalysisRequest, AudioRequest, EncoderRequest, JobError};
use carto_types::{ArchiveFacts, Issue, Mode, SongRow, SongStatus};

use super::command::SharedRun;
use super::*;

/// Files are their paths here.
type Handle = &'static str;
type Request = AnalysisRequest<Rc<ArchiveFacts>, SharedRun>;

/// A controller with a clock and a pool that replies when it is told to.
struct Bench {
    controller: RunController<Handle>,
    /// What the last summary was made from.
    recorded: Option<SharedRun>,
    /// Every command so far, in words: `scan a.osz`, `song 0`, `plan`, ...
    sent: Vec<String>,
    /// What was shown last, taken only where it is said to have changed.
    shown: (Vec<SongRow>, Vec<Issue>),
}

impl Bench {
    fn new() -> Self {
        Self {
            controller: RunController::new(Mode::Published),
            recorded: None,
            sent: Vec::new(),
            shown: Default::default(),
        }
    }

    /// A run of these files, driven to its end.
    fn of(paths: &[Handle]) -> Self {
        let mut bench = Self::new();
        bench.add(paths);
        bench.drive();
        bench
    }

    fn add(&mut self, paths: &[Handle]) {
        let arrivals = paths.iter().map(|path| arrival(path)).collect();
        self.controller.add(arrivals, 0, Vec::new());
    }

    /// Gives away what there is to do.
    fn commands(&mut self, room: usize) -> Vec<AnalysisCommand<Handle>> {
        self.show();
        self.controller.take_dropped_jobs();
        let commands = self.controller.next_commands(room);
        for command in &commands {
            self.sent.push(in_words(&command.request));
            if let AnalysisRequest::Summarise(call) = &command.request {
                self.recorded = Some(call.run.clone());
            }
        }
        self.show();
        commands
    }

    /// Gives away what there is to hear.
    fn audio_commands(&mut self, room: usize) -> Vec<AudioCommand<Handle>> {
        self.controller.take_dropped_jobs();
        let commands = self.controller.next_audio_commands(room);
        self.sent.extend(commands.iter().map(|command| audio_in_words(&command.request)));
        self.show();
        commands
    }

    /// Takes what has changed, which is all that differs.
    fn show(&mut self) {
        if let Some(changes) = self.controller.take_changed_songs() {
            changes.apply(&mut self.shown.0);
        }
        if let Some(issues) = self.controller.take_changed_issues() {
            self.shown.1 = issues;
        }
        assert_eq!(self.shown, (self.controller.song_rows(), self.controller.issues()));
    }

    /// Lets a worker do the command properly.
    fn answer(&mut self, command: AnalysisCommand<Handle>) {
        self.controller.now_s += 0.01;
        study::answer(&mut self.controller, command);
        self.show();
    }

    /// Lets a worker hear properly.
    fn answer_audio(&mut self, command: AudioCommand<Handle>) {
        self.controller.now_s += 0.01;
        study::answer_audio(&mut self.controller, command);
        self.show();
    }

    /// Lets a worker break down at the command.
    fn fail(&mut self, command: &AnalysisCommand<Handle>) {
        let error = JobError::Panic { message: "index out of bounds, in a.rs:1".into() };
        let job_id = command.job_id;
        match command.request {
            AnalysisRequest::ScanArchive(_) => self.controller.on_scanned(job_id, Err(error)),
            AnalysisRequest::PlanStudy(_) => self.controller.on_planned(job_id, Err(error)),
            AnalysisRequest::CompareSong(_) => {
                self.controller.on_song_compared(job_id, Err(error));
            }
            AnalysisRequest::Summarise(_) => self.controller.on_summarised(job_id, Err(error)),
            AnalysisRequest::MakeDemo(_) => self.controller.on_demo(job_id, Err(error)),
            AnalysisRequest::OpenPack(_) => self.controller.on_pack_opened(job_id, Err(error)),
            AnalysisRequest::AskKept(_) => self.controller.on_kept(job_id, Err(error)),
        }
        self.show();
    }

    /// Does all there is to do.
    fn drive(&mut self) {
        self.drive_until(|_| false);
    }

    /// Does what there is to do until the command comes that `stop` knows, which
    /// is given back unanswered with all that came after it.
    fn drive_until(&mut self, stop: impl Fn(&Request) -> bool) -> Vec<AnalysisCommand<Handle>> {
        loop {
            let mut commands = self.commands(3);
            let to_hear = self.audio_commands(1);
            if commands.is_empty() && to_hear.is_empty() {
                return commands;
            }
            to_hear.into_iter().for_each(|command| self.answer_audio(command));
            while !commands.is_empty() {
                if stop(&commands[0].request) {
                    return commands;
                }
                self.answer(commands.remove(0));
            }
        }
    }

    fn titles(&self, status: SongStatus) -> Vec<String> {
        let rows = self.controller.song_rows().into_iter();
        rows.filter(|row: &SongRow| row.status == status).map(|row| row.title).collect()
    }

    fn causes(&self) -> Vec<String> {
        self.controller.issues().into_iter().map(|issue| issue.cause.to_string()).collect()
    }

    fn failure(&self) -> Option<&str> {
        self.controller.failure.as_deref()
    }

    /// The words of the commands since the last call.
    fn take_sent(&mut self) -> Vec<String> {
        std::mem::take(&mut self.sent)
    }
}

fn arrival(path: Handle) -> Arrival<Handle> {
    let (path, files) = (path.to_owned(), vec![path]);
    Arrival { path, inner: Vec::new(), size_bytes: 1, modified_ms: 1, files, is_unpacked: false }
}

fn in_words(request: &Request) -> String {
    match request {
        AnalysisRequest::ScanArchive(call) => format!("scan {}", call.source.path),
        AnalysisRequest::PlanStudy(call) => format!("plan of {}", call.archives.len()),
        AnalysisRequest::CompareSong(call) => format!("song {}", call.song.title),
        AnalysisRequest::Summarise(call) if call.has_files => {
            format!("last summary of {}", call.run.outcomes.len())
        }
        AnalysisRequest::Summarise(_) => "summary".to_owned(),
        AnalysisRequest::MakeDemo(_) => "demo".to_owned(),
        AnalysisRequest::OpenPack(call) => format!("pack {}", call.name),
        AnalysisRequest::AskKept(call) if call.is_deleted => "delete kept".to_owned(),
        AnalysisRequest::AskKept(_) => "size of kept".to_owned(),
    }
}

fn audio_in_words(AudioRequest::HearSong(call): &AudioRequest) -> String {
    let pairs = call.song.pairs.iter().map(|pair| format!(" {}-{}", pair.a, pair.b));
    format!("hear {}{}", call.song.title, pairs.collect::<String>())
}

fn latents_in_words(request: &EncoderRequest) -> String {
    match request {
        EncoderRequest::LoadEncoder(_) => "encoder".to_owned(),
        EncoderRequest::EncodeMap(call) => {
            format!("latents {} {}", call.song.title, call.map_idx)
        }
        EncoderRequest::CompareLatents(call) => {
            format!("compare {} of {}", call.latents.len(), call.song.title)
        }
        EncoderRequest::EncodePair(call) => {
            format!("bars {} {}-{}", call.song.title, call.pair.a, call.pair.b)
        }
        EncoderRequest::EncodeStrips(_)
        | EncoderRequest::LatentsOfStretch(_)
        | EncoderRequest::MeasureLatents(_) => panic!("a run sends no calls of the views"),
    }
}

fn is_song(request: &Request) -> bool {
    matches!(request, AnalysisRequest::CompareSong(_))
}

fn is_plan(request: &Request) -> bool {
    matches!(request, AnalysisRequest::PlanStudy(_))
}

fn is_last_summary(request: &Request) -> bool {
    matches!(request, AnalysisRequest::Summarise(call) if call.has_files)
}

fn is_scan_of(request: &Request, path: &str) -> bool {
    matches!(request, AnalysisRequest::ScanArchive(call) if call.source.path == path)
}
