//! A result as the page shows it.

use serde::{Deserialize, Serialize};

use crate::{
    Backend, EncoderFacts, HeldOut, Issue, Mode, Packed, RunEvidence, RunResult, SongRow,
    Synthesis, TrackA, TrackB,
};

/// A result as the page shows it: figures to draw, and the rest in pieces that
/// are ready.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShownResult {
    /// Name of the result; may be empty.
    pub name: String,
    /// Who made it and when, in one line.
    pub origin: String,
    /// The rules; `None` where another program made the figures.
    pub mode: Option<Mode>,
    /// The encoder, where it is known.
    pub encoder: Option<EncoderFacts>,
    /// What computed the latents.
    pub backend: Option<Backend>,
    /// Step to which a link rounded the figures.
    pub step: Option<f64>,
    /// Agreement per channel.
    pub track_a: Option<TrackA>,
    /// Agreement per latent.
    pub track_b: Option<TrackB>,
    /// How latents correlate with channels.
    pub synthesis: Option<Synthesis>,
    /// Agreement on held-out songs.
    pub held_out: Option<HeldOut>,
    /// How much of the agreement is more than a shared grid; songs are told by their places in
    /// `songs`.
    pub evidence: Option<Packed<RunEvidence>>,
    /// Why there is no evidence, in words; `None` where there is.
    pub why_no_evidence: Option<String>,
    /// The songs that the result lists; none where only sums are known.
    pub songs: Vec<SongRow>,
    /// What was left out or is odd.
    pub issues: Vec<Issue>,
}

impl ShownResult {
    /// A result as it is shown.
    ///
    /// - `songs`: the rows of its songs
    #[must_use]
    pub fn new(result: RunResult, songs: Vec<SongRow>) -> Self {
        Self {
            origin: result.origin.in_one_line(),
            why_no_evidence: result.why_no_evidence().map(str::to_owned),
            evidence: result.evidence.as_ref().map(Packed::of),
            name: result.name,
            mode: result.parameters.mode,
            encoder: result.parameters.encoder,
            backend: result.parameters.backend,
            step: result.parameters.step,
            track_a: result.track_a,
            track_b: result.track_b,
            synthesis: result.synthesis,
            held_out: result.held_out,
            songs,
            issues: result.issues,
        }
    }

    /// Songs that the figures of a link are of, of which it may name fewer; 0 of what is no link.
    #[must_use]
    pub fn n_songs_of_link(&self) -> usize {
        let track = self.track_a.as_ref().filter(|_| self.step.is_some());
        track.map_or(0, |track| track.songs_analyzed as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ResultOrigin;

    #[test]
    fn a_shown_result_says_in_a_line_who_made_it() {
        let origin = ResultOrigin {
            program: "osu-dreamer-cartography".to_owned(),
            commit: Some("7ec522b0123456789".to_owned()),
            date: Some("2026-02-14".to_owned()),
            ..ResultOrigin::default()
        };
        let shown = ShownResult::new(RunResult { origin, ..RunResult::default() }, Vec::new());
        assert_eq!(shown.origin, "osu-dreamer-cartography, 7ec522b, 2026-02-14");
        assert_eq!((shown.songs, shown.track_a), (Vec::new(), None));
    }
}
