use std::ops::Range;
use std::sync::OnceLock;

use carto_beatmap::beatmap::{Beatmap, UninheritedPoint};
use carto_beatmap::limits::Limits;
use carto_beatmap::signal::{FrameClock, SignalError, SignalFunction, event_times};
use carto_types::{ByEventChannel, Cause, SignalChannel};

use crate::MainTempo;

/// The grid on which spans are compared.
pub(crate) const CLOCK: FrameClock = FrameClock::OSU_DREAMER;

/// What follows the last object still belongs to a signal, ms: as long as an event is
/// remembered.
pub(crate) const TAIL_MS: f64 = 2048.0;

/// Why a map cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EvidenceError {
    /// Nothing to compare.
    #[error("the map has no objects")]
    NoObjects,
    /// It has no signal at any time, or a longer one than is allowed.
    #[error(transparent)]
    Signal(#[from] SignalError),
}

impl EvidenceError {
    /// The cause by name.
    #[must_use]
    pub fn cause(&self) -> Cause {
        match self {
            Self::NoObjects => Cause::NoObjects,
            Self::Signal(error) => error.cause(),
        }
    }
}

/// A map with what its comparisons share, found once.
///
/// Light until it is compared: the signal on frames, 9 float64 values a frame, is made
/// by the first comparison and kept.
#[derive(Debug)]
pub struct EvidenceMap {
    signal: SignalFunction,
    frames: OnceLock<Vec<f64>>,
    n_frames: usize,
    first_ms: f64,
    end_ms: f64,
    tempo: Option<MainTempo>,
    events_ms: ByEventChannel<Vec<f64>>,
    distinct_onsets_ms: Vec<f64>,
}

impl EvidenceMap {
    /// # Errors
    ///
    /// [`EvidenceError`] for a map without objects, with an object that has no finite end
    /// or an arc without length, and for one longer than [`Limits::max_frames`].
    pub fn new(beatmap: Beatmap) -> Result<Self, EvidenceError> {
        let signal = SignalFunction::new(beatmap)?;
        let objects = &signal.beatmap().hit_objects;
        if objects.is_empty() {
            return Err(EvidenceError::NoObjects);
        }
        let first_ms = objects.iter().map(|it| it.start_ms).fold(f64::INFINITY, f64::min);
        let end_ms = objects.iter().map(|it| it.end_ms).fold(f64::NEG_INFINITY, f64::max);
        let limit = Limits::default().max_frames;
        let n_frames = CLOCK.frames_between(0.0, end_ms + TAIL_MS, limit + 1).len();
        if n_frames > limit {
            let n_frames = usize::try_from(CLOCK.frames_until_ms(end_ms + TAIL_MS));
            let n_frames = n_frames.unwrap_or(usize::MAX);
            return Err(SignalError::TooManyFrames { n_frames, limit }.into());
        }
        let events_ms =
            ByEventChannel::from_fn(|channel| event_times(objects, channel).collect::<Vec<_>>());
        let mut distinct_onsets_ms: Vec<_> = objects.iter().map(|it| it.start_ms).collect();
        distinct_onsets_ms.sort_by(f64::total_cmp);
        distinct_onsets_ms.dedup();
        let tempo = MainTempo::of(&signal.beatmap().uninherited_points, first_ms, end_ms);
        Ok(Self {
            frames: OnceLock::new(),
            n_frames,
            first_ms,
            end_ms,
            tempo,
            events_ms,
            distinct_onsets_ms,
            signal,
        })
    }

    /// The channels as functions of time.
    #[must_use]
    pub fn signal(&self) -> &SignalFunction {
        &self.signal
    }

    /// Its main tempo; `None` where no uninherited point gives a usable one.
    #[must_use]
    pub fn tempo(&self) -> Option<&MainTempo> {
        self.tempo.as_ref()
    }

    /// Time of the first object, ms.
    #[must_use]
    pub fn first_ms(&self) -> f64 {
        self.first_ms
    }

    /// Latest end of an object, ms.
    #[must_use]
    pub fn end_ms(&self) -> f64 {
        self.end_ms
    }

    /// Times of the events of a channel, ms, in the order of the file; none for a channel
    /// that is no series of events.
    #[must_use]
    pub fn events_ms(&self, channel: SignalChannel) -> &[f64] {
        self.events_ms.get(channel).map_or(&[], Vec::as_slice)
    }

    /// Times of its objects, ms, ascending, each once.
    #[must_use]
    pub fn distinct_onsets_ms(&self) -> &[f64] {
        &self.distinct_onsets_ms
    }

    pub(crate) fn points(&self) -> &[UninheritedPoint] {
        &self.signal.beatmap().uninherited_points
    }

    /// Frames of its own signal: 2,048 ms beyond its end.
    pub(crate) fn n_frames(&self) -> usize {
        self.n_frames
    }

    /// A channel on some of its frames.
    pub(crate) fn frames(&self, channel: SignalChannel, frames: Range<usize>) -> &[f64] {
        let values = self.frames.get_or_init(|| {
            let times_ms: Vec<_> = (0..self.n_frames).map(|idx| CLOCK.time_ms(idx)).collect();
            self.signal.sample(&times_ms)
        });
        &values[channel as usize * self.n_frames..][..self.n_frames][frames]
    }

    /// The map with every time `t` moved to `start_ms + (t - zero_ms) factor`: a map of
    /// another tempo on this one's grid.
    ///
    /// # Errors
    ///
    /// [`EvidenceError`] where it ends too late then.
    pub fn stretched(
        &self,
        zero_ms: f64,
        factor: f64,
        start_ms: f64,
    ) -> Result<Self, EvidenceError> {
        Self::new(self.signal.beatmap().stretched(zero_ms, factor, start_ms))
    }
}
