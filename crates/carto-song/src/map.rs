use carto_beatmap::osu::{OsuMap, TimeMarks};
use carto_evidence::{EvidenceError, EvidenceMap};

/// A map of a song, with what its file marks of its time.
#[derive(Debug)]
pub struct SongMap {
    evidence: EvidenceMap,
    marks: TimeMarks,
}

impl SongMap {
    /// A map as osu! reads it.
    ///
    /// # Errors
    ///
    /// Those of [`EvidenceMap::new`].
    pub fn new(map: OsuMap) -> Result<Self, EvidenceError> {
        Ok(Self { evidence: EvidenceMap::new(map.beatmap)?, marks: map.marks })
    }

    /// The map as pairs of it are compared.
    #[must_use]
    pub fn evidence(&self) -> &EvidenceMap {
        &self.evidence
    }

    /// Its kiai times and breaks.
    #[must_use]
    pub fn marks(&self) -> &TimeMarks {
        &self.marks
    }

    /// Main tempo, beats a minute; `None` without a usable one.
    pub(crate) fn bpm(&self) -> Option<f64> {
        self.evidence.tempo().map(|tempo| bpm(tempo.beat_ms))
    }
}

/// Beats a minute of a beat length in ms.
pub(crate) fn bpm(beat_ms: f64) -> f64 {
    60_000.0 / beat_ms
}
