use std::ops::Range;

use carto_types::{ByChannel, SignalChannel};

use crate::EvidenceMap;
use crate::span::{both_have, moved_frames, shared_frames};
use crate::statistics::pearson;

/// Both maps of a pair on the frames that they share at a lag, sampled once for all stretches of
/// the song.
#[derive(Debug, Clone, PartialEq)]
pub struct PairFrames {
    span_ms: [f64; 2],
    frames: Range<usize>,
    /// `[9, n_frames]` of A and of B.
    maps: [Vec<f64>; 2],
    /// Whether both maps have what a channel is about, anywhere in the song.
    both_have: ByChannel<bool>,
}

impl PairFrames {
    /// Samples both maps where both have begun and none has ended; `None` where that is less than
    /// 1,000 frames.
    ///
    /// - `lag_ms`: added to the times of `b`
    #[must_use]
    pub fn new(a: &EvidenceMap, b: &EvidenceMap, lag_ms: f64) -> Option<Self> {
        let (span_ms, frames) = shared_frames(a, b, lag_ms)?;
        let own = |map: &EvidenceMap| -> Vec<f64> {
            let of = |channel| map.frames(channel, frames.clone());
            SignalChannel::ALL.into_iter().flat_map(of).copied().collect()
        };
        let moved = moved_frames(b, lag_ms, frames.clone());
        let maps = [own(a), moved.unwrap_or_else(|| own(b))];
        let both_have = ByChannel::from_fn(|channel| both_have(a, b, channel));
        Some(Self { span_ms, frames, maps, both_have })
    }

    /// From where both have begun to where one ends, ms on the time line of A.
    #[must_use]
    pub fn span_ms(&self) -> [f64; 2] {
        self.span_ms
    }

    /// The frames of A in the span.
    #[must_use]
    pub fn frames(&self) -> Range<usize> {
        self.frames.clone()
    }

    /// One channel of a map on the frames of the span, `[n_frames]`.
    ///
    /// - `map_idx`: 0 is A, anything else B
    #[must_use]
    pub fn channel(&self, map_idx: usize, channel: SignalChannel) -> &[f64] {
        let [a, b] = &self.maps;
        let n_frames = self.frames.len();
        &(if map_idx == 0 { a } else { b })[channel as usize * n_frames..][..n_frames]
    }

    /// Pearson's r of the nine channels over some frames of A; over [`Self::frames`] it is that of
    /// [`compare_span`](crate::compare_span).
    ///
    /// Missing where a side is constant, and for a channel of events where a map has none in the
    /// whole song. Frames outside of the span are left out.
    #[must_use]
    pub fn r(&self, frames: Range<usize>) -> ByChannel<Option<f64>> {
        let inside = |frame_idx: usize| frame_idx.clamp(self.frames.start, self.frames.end);
        let from = inside(frames.start) - self.frames.start;
        let to = (inside(frames.end) - self.frames.start).max(from);
        ByChannel::from_fn(|channel| {
            let has_both = *self.both_have.get(channel);
            let values = |map_idx| &self.channel(map_idx, channel)[from..to];
            has_both.then(|| pearson(values(0), values(1)))?
        })
    }
}
