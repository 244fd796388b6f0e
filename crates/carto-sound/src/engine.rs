//! What a transport does: its states, and which clock it runs on.

use js_sys::Function;
use web_sys::GainNode;

use crate::graph::Graph;
use crate::rate::Rate;
use crate::run::AudioRun;
use crate::score::Score;
use crate::timeline::Timeline;

/// How long a browser may take to let the sound begin, ms, until playing begins without it.
const MAX_START_MS: f64 = 1500.0;

/// How long the sound device stays open while nothing plays, ms: an open one keeps a computer
/// awake, and one that is opened anew delays the first sound.
const MAX_IDLE_MS: f64 = 10_000.0;

/// What a transport is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlayState {
    /// It stands at a time of the song. So it does after the system took the sound away (a call
    /// on a phone); play goes on from there.
    Paused,
    /// It waits for the browser to let the sound begin, for at most one and a half seconds.
    Starting,
    /// Time runs.
    Playing,
    /// It came to the end of the song. Play begins again at the begin.
    Ended,
}

/// Why nothing can be heard. Time runs all the same, on the clock of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoSound {
    /// There is no Web Audio.
    #[error("this browser plays no sound from pages like this one, so the maps play without it")]
    Unavailable,
    /// The context was not allowed to run.
    #[error(
        "the browser did not let the sound begin, so the maps play without it; pause and play to try again"
    )]
    Blocked,
    /// The context runs and its time stands still.
    #[error(
        "the sound device of this computer does not run, so the maps play without sound; pause and play to \
         try again"
    )]
    Stalled,
}

/// What is playing.
#[derive(Debug)]
enum Activity {
    /// At a time of the song, ms.
    Standing { at_ms: f64, is_ended: bool },
    /// Waiting for the context since a machine time, ms.
    Starting { at_ms: f64, since_ms: f64 },
    /// On the clock of the sound device.
    Audio(Box<AudioRun>),
    /// On the machine's clock, without sound.
    Silent(Timeline),
}

/// The state of a transport; every method is told the time of the machine, `performance.now()`
/// in ms, where it needs one.
#[derive(Debug)]
pub(crate) struct Engine {
    score: Score,
    rate: Rate,
    activity: Activity,
    graph: Option<Graph>,
    no_sound: Option<NoSound>,
    /// Since when nothing plays on an open device, ms.
    idle_since_ms: Option<f64>,
    /// Nodes of recordings that are fading out, and when they are silent, s.
    fading: Vec<(f64, GainNode)>,
}

impl Engine {
    pub(crate) fn new() -> Self {
        Self {
            score: Score::default(),
            rate: Rate::default(),
            activity: Activity::Standing { at_ms: 0.0, is_ended: false },
            graph: None,
            no_sound: None,
            idle_since_ms: None,
            fading: Vec::new(),
        }
    }

    pub(crate) fn state(&self) -> PlayState {
        match &self.activity {
            Activity::Standing { is_ended: true, .. } => PlayState::Ended,
            Activity::Standing { .. } => PlayState::Paused,
            Activity::Starting { .. } => PlayState::Starting,
            Activity::Audio(_) | Activity::Silent(_) => PlayState::Playing,
        }
    }

    /// Whether [`Self::advance`] is to be called: while time runs, and until the device rests.
    pub(crate) fn needs_timer(&self) -> bool {
        match self.state() {
            PlayState::Playing | PlayState::Starting => true,
            PlayState::Paused | PlayState::Ended => {
                self.graph.as_ref().is_some_and(Graph::is_running)
            }
        }
    }

    pub(crate) fn rate(&self) -> Rate {
        self.rate
    }

    pub(crate) fn score(&self) -> &Score {
        &self.score
    }

    pub(crate) fn graph(&self) -> Option<&Graph> {
        self.graph.as_ref()
    }

    pub(crate) fn no_sound(&self) -> Option<NoSound> {
        self.no_sound
    }

    /// Time of the song that is heard, ms.
    pub(crate) fn now_ms(&mut self, machine_ms: f64) -> f64 {
        let now_ms = match (&mut self.activity, &self.graph) {
            (Activity::Standing { at_ms, .. } | Activity::Starting { at_ms, .. }, _) => *at_ms,
            (Activity::Audio(run), Some(graph)) => run.now_ms(graph, machine_ms),
            (Activity::Silent(timeline), _) => timeline.song_ms(machine_ms / 1000.0),
            // A run has a graph for as long as it is there.
            (Activity::Audio(_), None) => 0.0,
        };
        self.score.within_span(now_ms)
    }

    /// Begins to play, from the begin if the song is at its end. `on_state` is what an audio
    /// context calls that is opened now.
    pub(crate) fn play(&mut self, machine_ms: f64, on_state: &Function) {
        if matches!(self.state(), PlayState::Playing | PlayState::Starting) {
            return;
        }
        let (from_ms, to_ms) = self.score.span_ms();
        let now_ms = self.now_ms(machine_ms);
        let at_ms = if now_ms >= to_ms { from_ms } else { now_ms };
        self.no_sound = None;
        self.idle_since_ms = None;
        if self.graph.is_none() {
            self.graph = Graph::open(self.score.volumes(), on_state).ok();
        }
        let Some(graph) = &self.graph else {
            self.play_silently(at_ms, machine_ms, NoSound::Unavailable);
            return;
        };
        if graph.is_running() {
            self.play_from(at_ms, machine_ms);
        } else {
            graph.resume();
            self.activity = Activity::Starting { at_ms, since_ms: machine_ms };
        }
    }

    /// Stops where it is.
    pub(crate) fn pause(&mut self, machine_ms: f64) {
        if matches!(self.state(), PlayState::Playing | PlayState::Starting) {
            let at_ms = self.now_ms(machine_ms);
            self.stand(at_ms, false);
        }
    }

    /// Goes to a time of the song, and goes on as it was: playing or standing.
    pub(crate) fn seek(&mut self, to_ms: f64, machine_ms: f64) {
        let to_ms = self.score.within_span(to_ms);
        match &mut self.activity {
            Activity::Standing { at_ms, is_ended } => (*at_ms, *is_ended) = (to_ms, false),
            Activity::Starting { at_ms, .. } => *at_ms = to_ms,
            Activity::Audio(_) => self.play_from(to_ms, machine_ms),
            Activity::Silent(timeline) => {
                *timeline = Timeline::new(machine_ms / 1000.0, to_ms, self.rate);
            }
        }
    }

    /// Changes the rate; playing goes on at the same time of the song.
    pub(crate) fn set_rate(&mut self, rate: Rate, machine_ms: f64) {
        let now_ms = self.now_ms(machine_ms);
        self.rate = rate;
        if self.state() == PlayState::Playing {
            self.seek(now_ms, machine_ms);
        }
    }

    /// Changes what is heard besides the recording; what is scheduled is scheduled anew.
    pub(crate) fn change_sounds(&mut self, change: impl FnOnce(&mut Score)) {
        change(&mut self.score);
        if let (Activity::Audio(run), Some(graph)) = (&mut self.activity, &self.graph) {
            run.call_off_sounds(graph);
        }
    }

    /// Changes the recording or the span; playing goes on at the same time of the song.
    pub(crate) fn change_song(&mut self, change: impl FnOnce(&mut Score), machine_ms: f64) {
        let now_ms = self.now_ms(machine_ms);
        change(&mut self.score);
        if !matches!(self.activity, Activity::Standing { is_ended: true, .. }) {
            self.seek(now_ms, machine_ms);
        }
    }

    /// Changes volumes, at once.
    pub(crate) fn change_volumes(&mut self, change: impl FnOnce(&mut Score)) {
        change(&mut self.score);
        if let Some(graph) = &self.graph {
            graph.set_volumes(self.score.volumes());
        }
    }

    /// The context began to run, or stopped.
    pub(crate) fn context_changed(&mut self, machine_ms: f64) {
        let is_running = self.graph.as_ref().is_some_and(Graph::is_running);
        match &self.activity {
            Activity::Starting { at_ms, .. } if is_running => self.play_from(*at_ms, machine_ms),
            Activity::Audio(_) if !is_running => self.pause(machine_ms),
            // The sound came after all.
            Activity::Silent(_) if is_running && self.no_sound == Some(NoSound::Blocked) => {
                let now_ms = self.now_ms(machine_ms);
                self.no_sound = None;
                self.play_from(now_ms, machine_ms);
            }
            _ => {}
        }
    }

    /// What is to be done every few milliseconds while [`Self::needs_timer`].
    pub(crate) fn advance(&mut self, machine_ms: f64, is_hidden: bool) {
        self.free_faded();
        self.rest(machine_ms);
        if let Activity::Starting { at_ms, since_ms } = self.activity {
            if self.graph.as_ref().is_some_and(Graph::is_running) {
                self.play_from(at_ms, machine_ms);
            } else if machine_ms - since_ms > MAX_START_MS {
                self.play_silently(at_ms, machine_ms, NoSound::Blocked);
            }
        }
        if let (Activity::Audio(run), Some(graph)) = (&mut self.activity, &self.graph) {
            run.schedule(graph, &self.score, is_hidden);
            if run.is_stalled(graph, machine_ms) {
                let at_ms = self.now_ms(machine_ms);
                self.play_silently(at_ms, machine_ms, NoSound::Stalled);
            }
        }
        let end_ms = self.score.span_ms().1;
        if self.state() == PlayState::Playing && self.now_ms(machine_ms) >= end_ms {
            self.stand(end_ms, true);
        }
    }

    fn play_from(&mut self, at_ms: f64, machine_ms: f64) {
        self.stand(at_ms, false);
        if let Some(graph) = &self.graph {
            let mut run = AudioRun::begin(graph, &self.score, at_ms, self.rate, machine_ms);
            run.schedule(graph, &self.score, false);
            self.activity = Activity::Audio(Box::new(run));
        }
    }

    fn play_silently(&mut self, at_ms: f64, machine_ms: f64, why: NoSound) {
        self.stand(at_ms, false);
        self.no_sound = Some(why);
        self.activity = Activity::Silent(Timeline::new(machine_ms / 1000.0, at_ms, self.rate));
    }

    /// Stands at a time of the song; what was playing is stopped.
    fn stand(&mut self, at_ms: f64, is_ended: bool) {
        let standing = Activity::Standing { at_ms, is_ended };
        let before = std::mem::replace(&mut self.activity, standing);
        if let (Activity::Audio(run), Some(graph)) = (before, &self.graph) {
            self.fading.extend(run.stop(graph));
        }
    }

    /// Lets the device rest once nothing has played for a while.
    fn rest(&mut self, machine_ms: f64) {
        if !matches!(self.activity, Activity::Standing { .. }) {
            self.idle_since_ms = None;
            return;
        }
        let since_ms = *self.idle_since_ms.get_or_insert(machine_ms);
        if machine_ms - since_ms > MAX_IDLE_MS
            && let Some(graph) = &self.graph
        {
            graph.suspend();
        }
    }

    fn free_faded(&mut self) {
        let Some(graph) = &self.graph else { return };
        let now_s = graph.context().current_time();
        self.fading.retain(|(silent_s, node)| {
            let is_heard = *silent_s > now_s;
            if !is_heard {
                // Fails for a node that is not connected, which is what is wanted.
                let _ = node.disconnect();
            }
            is_heard
        });
    }
}
