//! The recording as it is played from one moment on: as recorded, or stretched in pieces.

use std::collections::VecDeque;

use wasm_bindgen::JsValue;
use web_sys::{AudioBufferSourceNode, AudioScheduledSourceNode, GainNode};

use crate::graph::Graph;
use crate::pieces::Pieces;
use crate::rate::Rate;
use crate::recording::Recording;
use crate::stretch::Stretcher;
use crate::timeline::{Timeline, on_sample_s};

/// Time in which the recording comes in, s: without it each start would begin with a click.
const FADE_IN_S: f64 = 0.003;

/// Time constant with which it goes out, s; after five of them it is stopped.
const FADE_OUT_S: f64 = 0.001;

/// Length of a piece of the stretched recording, s.
const PIECE_S: f64 = 0.24;

/// How far ahead pieces are scheduled beyond what else is, s: they cannot come late without a
/// gap, which a late tick can.
const PIECES_AHEAD_S: f64 = 0.4;

/// A recording, and where it lies in the time of the song.
#[derive(Debug, Clone)]
pub(crate) struct PlacedRecording {
    pub(crate) recording: Recording,
    /// Time of the song at its first sample, ms.
    pub(crate) starts_at_ms: f64,
}

impl PlacedRecording {
    /// Time of the song at its end, ms.
    pub(crate) fn end_ms(&self) -> f64 {
        self.starts_at_ms + self.recording.length_ms()
    }
}

/// The recording being played; it is faded out and stopped by [`Take::stop`] alone.
#[derive(Debug)]
pub(crate) struct Take {
    gain: GainNode,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Whole(AudioBufferSourceNode),
    Stretched(Box<Stretched>),
}

impl Take {
    /// Begins to play along a timeline; `None` where the timeline begins after the recording.
    pub(crate) fn begin(
        graph: &Graph,
        placed: &PlacedRecording,
        timeline: &Timeline,
    ) -> Result<Option<Self>, JsValue> {
        if timeline.begin_ms() >= placed.end_ms() {
            return Ok(None);
        }
        let gain = graph.context().create_gain()?;
        gain.connect_with_audio_node(graph.recording_input())?;
        // Where the recording begins after the timeline it waits for its time.
        let begin_ms = timeline.begin_ms().max(placed.starts_at_ms);
        let begin_s = timeline.context_s(begin_ms);
        gain.gain().set_value_at_time(0.0, begin_s)?;
        gain.gain().linear_ramp_to_value_at_time(1.0, begin_s + FADE_IN_S)?;
        let kind = if timeline.rate() == Rate::Full {
            let source = graph.context().create_buffer_source()?;
            source.set_buffer(Some(placed.recording.buffer()));
            source.connect_with_audio_node(&gain)?;
            let offset_s = (begin_ms - placed.starts_at_ms) / 1000.0;
            source.start_with_when_and_grain_offset(begin_s, offset_s)?;
            Kind::Whole(source)
        } else {
            Kind::Stretched(Box::new(Stretched::new(placed.clone(), *timeline, begin_s)))
        };
        Ok(Some(Self { gain, kind }))
    }

    /// Schedules what is needed until `ahead_s` after the context's time.
    pub(crate) fn schedule(&mut self, graph: &Graph, ahead_s: f64) -> Result<(), JsValue> {
        match &mut self.kind {
            Kind::Whole(_) => Ok(()),
            Kind::Stretched(stretched) => stretched.schedule(graph, &self.gain, ahead_s),
        }
    }

    /// Fades it out at once: the time of the context at which it is silent, s, and its last node,
    /// which is to be disconnected then.
    pub(crate) fn stop(self, graph: &Graph) -> (f64, GainNode) {
        let now_s = graph.context().current_time();
        // A node that is stopped already, or a context that is closed, has nothing left to stop.
        let _ = self.gain.gain().cancel_scheduled_values(now_s);
        let _ = self.gain.gain().set_target_at_time(0.0, now_s, FADE_OUT_S);
        let end_s = now_s + 5.0 * FADE_OUT_S;
        let sources: Vec<AudioBufferSourceNode> = match self.kind {
            Kind::Whole(source) => vec![source],
            Kind::Stretched(stretched) => {
                stretched.sources.into_iter().map(|(_, source)| source).collect()
            }
        };
        for source in &sources {
            let scheduled: &AudioScheduledSourceNode = source;
            let _ = scheduled.stop_with_when(end_s);
        }
        (end_s, self.gain)
    }
}

/// Pieces of a stretched recording.
#[derive(Debug)]
struct Stretched {
    placed: PlacedRecording,
    timeline: Timeline,
    pieces: Pieces,
    /// Time of the context at which the next piece begins, s.
    next_s: f64,
    /// End of each scheduled piece, s, and its node.
    sources: VecDeque<(f64, AudioBufferSourceNode)>,
}

impl Stretched {
    /// Pieces from `begin_s` of the context on.
    fn new(placed: PlacedRecording, timeline: Timeline, begin_s: f64) -> Self {
        let pieces = pieces_from(&placed, &timeline, begin_s);
        Self { placed, timeline, pieces, next_s: begin_s, sources: VecDeque::new() }
    }

    fn schedule(&mut self, graph: &Graph, gain: &GainNode, ahead_s: f64) -> Result<(), JsValue> {
        let now_s = graph.context().current_time();
        while self.sources.front().is_some_and(|(end_s, _)| *end_s < now_s) {
            self.sources.pop_front();
        }
        let end_s = self.timeline.context_s(self.placed.end_ms());
        if self.next_s < now_s && self.next_s < end_s {
            // The page was held up for longer than pieces were scheduled for.
            let sample_rate_hz = f64::from(graph.context().sample_rate());
            self.next_s = on_sample_s(now_s + 0.02, sample_rate_hz);
            self.pieces = pieces_from(&self.placed, &self.timeline, self.next_s);
        }
        while self.next_s < (now_s + ahead_s + PIECES_AHEAD_S).min(end_s) {
            self.schedule_piece(graph, gain)?;
        }
        Ok(())
    }

    fn schedule_piece(&mut self, graph: &Graph, gain: &GainNode) -> Result<(), JsValue> {
        let channels = self.pieces.next_piece(&self.placed.recording);
        let sample_rate_hz = self.placed.recording.buffer().sample_rate();
        let n_samples = channels.first().map_or(0, Vec::len) as u32;
        let buffer =
            graph.context().create_buffer(channels.len() as u32, n_samples, sample_rate_hz)?;
        for (channel, samples) in (0..).zip(&channels) {
            buffer.copy_to_channel(samples, channel)?;
        }
        let source = graph.context().create_buffer_source()?;
        source.set_buffer(Some(&buffer));
        source.connect_with_audio_node(gain)?;
        source.start_with_when(self.next_s)?;
        self.sources.push_back((self.next_s + buffer.duration(), source));
        self.next_s += self.pieces.step() as f64 / f64::from(sample_rate_hz);
        Ok(())
    }
}

/// Pieces of the recording from what is played at `begin_s` of the context on.
fn pieces_from(placed: &PlacedRecording, timeline: &Timeline, begin_s: f64) -> Pieces {
    let buffer = placed.recording.buffer();
    let sample_rate_hz = f64::from(buffer.sample_rate());
    let begin_ms = timeline.song_ms(begin_s) - placed.starts_at_ms;
    let begin = (begin_ms / 1000.0 * sample_rate_hz).round() as i64;
    let stretcher = Stretcher::new(timeline.rate(), sample_rate_hz, begin);
    Pieces::new(stretcher, buffer.number_of_channels() as usize, sample_rate_hz, PIECE_S)
}
