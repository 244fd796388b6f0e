//! A recording as it is heard, and two of them held against each other.

use std::panic::{AssertUnwindSafe, catch_unwind};

use carto_archive::audio::behind_tags;
use carto_types::{AudioLag, MAX_RECORDING_BYTES};

use crate::correlation::Fit;
use crate::decode::AudioFile;
use crate::onset_strength::{HOPS_PER_SECOND, OnsetStrength};
use crate::{HearingError, Stretches};

/// Lags of two stretches are one up to this difference, ms. Chosen: two copies of one recording that
/// were played at speeds 0.02 % apart stay within it over 90 s.
const SAME_LAG_MS: f64 = 20.0;

/// How strongly sounds begin in two stretches of a recording.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    stretches: Stretches,
    /// Of the early stretch, then of the late one, `[n_hops]`.
    onset_strengths: [Vec<f32>; 2],
}

impl Recording {
    /// Hears two stretches of a recording.
    ///
    /// Times are those of a player that leaves out what the notes of an encoder say to leave out;
    /// files without such notes begin up to 51 ms later or earlier than they do in another player.
    ///
    /// - `bytes`: of the whole file: mp3, ogg vorbis, wav or flac, whatever its name
    ///
    /// # Errors
    ///
    /// [`HearingError`]; no bytes make it panic where panics unwind.
    pub fn of(bytes: &[u8], stretches: &Stretches) -> Result<Self, HearingError> {
        if bytes.len() > MAX_RECORDING_BYTES {
            return Err(HearingError::TooLarge { limit_bytes: MAX_RECORDING_BYTES });
        }
        // The decoders are not ours: whatever they do to one file, the others go on.
        let heard = catch_unwind(AssertUnwindSafe(|| hear(behind_tags(bytes), stretches)));
        let onset_strengths = heard.unwrap_or(Err(HearingError::DecoderFailed))?;
        Ok(Self { stretches: stretches.clone(), onset_strengths })
    }
}

fn hear(bytes: &[u8], stretches: &Stretches) -> Result<[Vec<f32>; 2], HearingError> {
    let file = AudioFile::open(bytes)?;
    let sample_rate_hz = file.sample_rate_hz();
    let both = stretches.both();
    let wanted = both.clone().map(|hops| OnsetStrength::samples(sample_rate_hz, &hops));
    let mut strengths = both.map(|hops| OnsetStrength::new(sample_rate_hz, hops));
    file.decode(&wanted, |position, samples| {
        for strength in &mut strengths {
            strength.hear(position, samples);
        }
    })?;
    let [early, late] = strengths;
    Ok([early.values()?, late.values()?])
}

/// By how much two recordings lie apart: what is added to the times of `b`, within 15 s.
///
/// Lags are given to 0.1 ms. [`AudioLag::Unclear`] too where the two were not heard at one time.
#[must_use]
pub fn audio_lag(a: &Recording, b: &Recording) -> AudioLag {
    if a.stretches != b.stretches {
        return AudioLag::Unclear;
    }
    let lag_ms = |stretch: usize| {
        let fit = Fit::best(&a.onset_strengths[stretch], &b.onset_strengths[stretch])?;
        let lag_ms = fit.lag_hops * 1000.0 / HOPS_PER_SECOND as f64;
        fit.is_clear().then_some(lag_ms)
    };
    let tenths = |ms: f64| (ms * 10.0 + 0.5).floor() / 10.0;
    match (lag_ms(0), lag_ms(1)) {
        (Some(early), Some(late)) if (early - late).abs() <= SAME_LAG_MS => {
            AudioLag::Same { lag_ms: tenths((early + late) / 2.0) }
        }
        (Some(early), Some(late)) => {
            AudioLag::OtherCut { early_ms: tenths(early), late_ms: tenths(late) }
        }
        (Some(lag_ms), None) | (None, Some(lag_ms)) => {
            AudioLag::OneStretch { lag_ms: tenths(lag_ms) }
        }
        (None, None) => AudioLag::Unclear,
    }
}
