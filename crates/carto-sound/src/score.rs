//! All that can be heard of a song and its two maps, and what of it is heard when.

use carto_types::TimedSound;

use crate::cues::{Beat, Cue, CueTrack, Metronome, Side};
use crate::graph::Volumes;
use crate::level::volume_within;
use crate::take::PlacedRecording;

/// What a transport plays.
#[derive(Debug)]
pub(crate) struct Score {
    recording: Option<PlacedRecording>,
    ticks_a: CueTrack,
    ticks_b: CueTrack,
    beats: CueTrack,
    metronome: Metronome,
    volumes: Volumes,
    /// Begin and end as told, ms.
    span_ms: Option<(f64, f64)>,
}

impl Default for Score {
    fn default() -> Self {
        Self {
            recording: None,
            ticks_a: CueTrack::default(),
            ticks_b: CueTrack::default(),
            beats: CueTrack::default(),
            metronome: Metronome::default(),
            volumes: Volumes { recording: 1.0, a: 0.6, b: 0.6, metronome: 0.8 },
            span_ms: None,
        }
    }
}

impl Score {
    pub(crate) fn set_recording(&mut self, recording: Option<PlacedRecording>) {
        self.recording = recording;
    }

    pub(crate) fn recording(&self) -> Option<&PlacedRecording> {
        self.recording.as_ref()
    }

    pub(crate) fn set_ticks(&mut self, side: Side, ticks: &[TimedSound]) {
        *self.ticks_of(side) = CueTrack::of_ticks(side, ticks);
    }

    fn ticks_of(&mut self, side: Side) -> &mut CueTrack {
        match side {
            Side::A => &mut self.ticks_a,
            Side::B => &mut self.ticks_b,
        }
    }

    pub(crate) fn set_beats(&mut self, beats: &[Beat]) {
        self.beats = CueTrack::of_beats(beats);
    }

    pub(crate) fn set_metronome(&mut self, metronome: Metronome) {
        self.metronome = metronome;
    }

    /// Whether the beats are heard.
    pub(crate) fn has_metronome(&self) -> bool {
        match self.metronome {
            Metronome::WithoutRecording => self.recording.is_none(),
            Metronome::Always => true,
            Metronome::Never => false,
        }
    }

    pub(crate) fn volumes(&self) -> Volumes {
        self.volumes
    }

    pub(crate) fn set_tick_volume(&mut self, side: Side, volume: f32) {
        let volume = volume_within(volume);
        match side {
            Side::A => self.volumes.a = volume,
            Side::B => self.volumes.b = volume,
        }
    }

    pub(crate) fn set_recording_volume(&mut self, volume: f32) {
        self.volumes.recording = volume_within(volume);
    }

    pub(crate) fn set_metronome_volume(&mut self, volume: f32) {
        self.volumes.metronome = volume_within(volume);
    }

    /// Sets begin and end, ms; what is no stretch of time is not taken.
    pub(crate) fn set_span_ms(&mut self, from_ms: f64, to_ms: f64) {
        if from_ms.is_finite() && to_ms.is_finite() && from_ms < to_ms {
            self.span_ms = Some((from_ms, to_ms));
        }
    }

    /// Begin and end, ms: as told, else from 0 to the end of what is there.
    pub(crate) fn span_ms(&self) -> (f64, f64) {
        self.span_ms.unwrap_or_else(|| {
            let ends = [
                self.recording.as_ref().map(PlacedRecording::end_ms),
                self.ticks_a.last_ms(),
                self.ticks_b.last_ms(),
                self.beats.last_ms(),
            ];
            (0.0, ends.into_iter().flatten().fold(0.0, f64::max))
        })
    }

    /// A time within the span; the begin for what is not a number.
    pub(crate) fn within_span(&self, time_ms: f64) -> f64 {
        let (from_ms, to_ms) = self.span_ms();
        if time_ms.is_nan() { from_ms } else { time_ms.clamp(from_ms, to_ms) }
    }

    /// The sounds that begin within a stretch, `[from, to)` in ms.
    pub(crate) fn cues_within(&self, from_ms: f64, to_ms: f64) -> impl Iterator<Item = Cue> {
        let beats = self.has_metronome().then_some(&self.beats);
        [Some(&self.ticks_a), Some(&self.ticks_b), beats]
            .into_iter()
            .flatten()
            .flat_map(move |track| track.within(from_ms, to_ms))
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use carto_types::SoundKind;

    use super::*;
    use crate::cues::Voice;

    fn score() -> Score {
        let mut score = Score::default();
        let tick = |time_ms| TimedSound { time_ms, kind: SoundKind::Hit };
        score.set_ticks(Side::A, &[tick(100.0), tick(300.0)]);
        score.set_ticks(Side::B, &[tick(100.0), tick(4000.0)]);
        score.set_beats(&[Beat { time_ms: 100.0, is_bar_start: true }]);
        score
    }

    #[test]
    fn the_metronome_stands_in_for_the_recording() {
        let mut score = score();
        let voices = |score: &Score| -> Vec<Voice> {
            score.cues_within(0.0, 200.0).map(|cue| cue.voice).collect()
        };
        let hits = [Voice::Tick(Side::A, SoundKind::Hit), Voice::Tick(Side::B, SoundKind::Hit)];
        assert_eq!(voices(&score), [hits[0], hits[1], Voice::BarStart]);
        score.set_metronome(Metronome::Never);
        assert_eq!(voices(&score), hits);
    }

    #[test]
    fn a_song_ends_with_its_last_sound_unless_told() {
        let mut score = score();
        assert_eq!(score.span_ms(), (0.0, 4000.0));
        score.set_span_ms(-500.0, 9000.0);
        score.set_span_ms(7.0, f64::NAN);
        assert_eq!(score.span_ms(), (-500.0, 9000.0));
        assert_eq!(score.within_span(-1e9), -500.0);
        assert_eq!(score.within_span(f64::INFINITY), 9000.0);
    }
}
