//! One stretch of playing, from a start to the pause, seek or change of rate that ends it.

use std::collections::VecDeque;

use web_sys::{AudioBufferSourceNode, AudioScheduledSourceNode, GainNode};

use crate::graph::Graph;
use crate::lookahead::{Lookahead, ahead_s};
use crate::output_clock::OutputClock;
use crate::rate::Rate;
use crate::score::Score;
use crate::stall::StallWatch;
use crate::take::Take;
use crate::timeline::{Timeline, on_sample_s};

/// Time between a start and the first sound, s: what it takes to schedule it.
const LEAD_S: f64 = 0.05;

/// Playing on the clock of a sound device.
#[derive(Debug)]
pub(crate) struct AudioRun {
    timeline: Timeline,
    clock: OutputClock,
    lookahead: Lookahead,
    take: Option<Take>,
    /// Time of the context at which each scheduled sound begins, s, and its node.
    sounds: VecDeque<(f64, AudioBufferSourceNode)>,
    stall: StallWatch,
}

impl AudioRun {
    /// Plays from `begin_ms` of the song on.
    pub(crate) fn begin(
        graph: &Graph,
        score: &Score,
        begin_ms: f64,
        rate: Rate,
        machine_ms: f64,
    ) -> Self {
        let now_s = graph.context().current_time();
        let begin_s = on_sample_s(now_s + LEAD_S, f64::from(graph.context().sample_rate()));
        let timeline = Timeline::new(begin_s, begin_ms, rate);
        let mut run = Self {
            timeline,
            clock: OutputClock::default(),
            lookahead: Lookahead::from_begin(&timeline),
            take: None,
            sounds: VecDeque::new(),
            stall: StallWatch::new(now_s, machine_ms),
        };
        run.begin_take(graph, score, &timeline);
        run
    }

    /// A recording that cannot be started leaves ticks and time as they are.
    fn begin_take(&mut self, graph: &Graph, score: &Score, timeline: &Timeline) {
        self.take = score
            .recording()
            .and_then(|placed| Take::begin(graph, placed, timeline).ok().flatten());
    }

    /// Time of the song that is heard, ms.
    pub(crate) fn now_ms(&mut self, graph: &Graph, machine_ms: f64) -> f64 {
        self.timeline.song_ms(self.clock.heard_s(&graph.reading(machine_ms)))
    }

    /// Schedules what comes next.
    pub(crate) fn schedule(&mut self, graph: &Graph, score: &Score, is_hidden: bool) {
        let now_s = graph.context().current_time();
        while self.sounds.front().is_some_and(|(when_s, _)| *when_s < now_s - 1.0) {
            self.sounds.pop_front();
        }
        let ahead_s = ahead_s(is_hidden);
        let (from_ms, to_ms) = self.lookahead.next(&self.timeline, now_s, ahead_s);
        for cue in score.cues_within(from_ms, to_ms) {
            let when_s = self.timeline.context_s(cue.time_ms);
            if let Ok(source) = graph.schedule(cue.voice, when_s) {
                self.sounds.push_back((when_s, source));
            }
        }
        let failed = self.take.as_mut().is_some_and(|take| take.schedule(graph, ahead_s).is_err());
        if failed {
            self.take = None;
        }
    }

    /// Calls off the ticks and beats that are scheduled and not heard yet, so that they are
    /// scheduled anew.
    pub(crate) fn call_off_sounds(&mut self, graph: &Graph) {
        let now_s = graph.context().current_time();
        for (when_s, source) in self.sounds.drain(..) {
            if when_s > now_s {
                let scheduled: &AudioScheduledSourceNode = &source;
                // Neither fails for a node that was started and is connected.
                let _ = scheduled.stop_with_when(0.0);
                let _ = source.disconnect();
            }
        }
        self.lookahead.back_to(&self.timeline, now_s);
    }

    /// Stops all that is heard; the last node of the recording and when it is silent, s.
    pub(crate) fn stop(mut self, graph: &Graph) -> Option<(f64, GainNode)> {
        self.call_off_sounds(graph);
        self.take.map(|take| take.stop(graph))
    }

    /// Whether the device has stood still for a second.
    pub(crate) fn is_stalled(&mut self, graph: &Graph, machine_ms: f64) -> bool {
        self.stall.is_stalled(graph.context().current_time(), machine_ms)
    }
}
