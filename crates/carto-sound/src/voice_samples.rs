//! The sounds of hitsounds and of the metronome, computed: short, quiet, and told apart by ear.

use std::f64::consts::TAU;

use carto_types::SoundKind;

use crate::cues::{Side, Voice};

/// Time in which a sound reaches its level, s: without it each would begin with a click.
const ATTACK_S: f64 = 0.001;

/// Time in which what is left of a sound ends, s.
const RELEASE_S: f64 = 0.005;

/// How much lower B's sounds are than A's: a fourth, so that they differ on one loudspeaker too.
const PITCH_OF_B: f64 = 0.75;

/// What a sound is made of: decaying sines and decaying noise.
#[derive(Debug, Clone, Copy)]
struct Recipe {
    /// Frequency in Hz and weight of each sine.
    partials: &'static [(f64, f64)],
    /// Weight of the noise.
    noise: f64,
    /// Time in which it decays to 1/e, s.
    decay_s: f64,
    /// How long it is, s.
    length_s: f64,
    /// Its largest sample.
    peak: f64,
}

/// The sound of a voice.
fn recipe(voice: Voice) -> Recipe {
    match voice {
        Voice::Tick(_, kind) => tick_recipe(kind),
        Voice::Beat => Recipe {
            partials: &[(880.0, 1.0)],
            noise: 0.0,
            decay_s: 0.015,
            length_s: 0.07,
            peak: 0.3,
        },
        Voice::BarStart => Recipe {
            partials: &[(1760.0, 1.0), (880.0, 0.4)],
            noise: 0.0,
            decay_s: 0.02,
            length_s: 0.09,
            peak: 0.45,
        },
    }
}

fn tick_recipe(kind: SoundKind) -> Recipe {
    match kind {
        SoundKind::Hit => Recipe {
            partials: &[(1100.0, 1.0), (2750.0, 0.25)],
            noise: 0.1,
            decay_s: 0.008,
            length_s: 0.045,
            peak: 0.3,
        },
        SoundKind::Whistle => Recipe {
            partials: &[(2300.0, 1.0), (2330.0, 0.6)],
            noise: 0.0,
            decay_s: 0.03,
            length_s: 0.11,
            peak: 0.14,
        },
        SoundKind::Finish => Recipe {
            partials: &[(3100.0, 0.3), (4730.0, 0.25), (6170.0, 0.2)],
            noise: 0.6,
            decay_s: 0.05,
            length_s: 0.2,
            peak: 0.18,
        },
        SoundKind::Clap => Recipe {
            partials: &[(620.0, 0.25)],
            noise: 1.0,
            decay_s: 0.014,
            length_s: 0.07,
            peak: 0.22,
        },
        SoundKind::SliderTick => Recipe {
            partials: &[(1800.0, 1.0)],
            noise: 0.0,
            decay_s: 0.004,
            length_s: 0.022,
            peak: 0.12,
        },
    }
}

/// The samples of a sound, `[length * sample_rate_hz]` within -0.45 to 0.45; the same at each call.
///
/// It begins and ends at zero. B's sounds are A's a fourth lower.
pub(crate) fn voice_samples(voice: Voice, sample_rate_hz: f64) -> Vec<f32> {
    let recipe = recipe(voice);
    let pitch = if matches!(voice, Voice::Tick(Side::B, _)) { PITCH_OF_B } else { 1.0 };
    let n_samples = (recipe.length_s * sample_rate_hz).round() as u32;
    let mut noise = Noise::default();
    let raw: Vec<f64> = (0..n_samples)
        .map(|idx| {
            let time_s = f64::from(idx) / sample_rate_hz;
            let tones: f64 = recipe
                .partials
                .iter()
                .map(|(frequency_hz, weight)| {
                    weight * libm::sin(TAU * frequency_hz * pitch * time_s)
                })
                .sum();
            let sound = tones + recipe.noise * noise.next_difference();
            sound * envelope(time_s, &recipe)
        })
        .collect();
    let largest = raw.iter().fold(0.0_f64, |largest, sample| largest.max(sample.abs()));
    let scale = if largest > 0.0 { recipe.peak / largest } else { 0.0 };
    raw.iter().map(|sample| (sample * scale) as f32).collect()
}

fn envelope(time_s: f64, recipe: &Recipe) -> f64 {
    let attack = (time_s / ATTACK_S).min(1.0);
    let release = ((recipe.length_s - time_s) / RELEASE_S).clamp(0.0, 1.0);
    attack * release * libm::exp(-time_s / recipe.decay_s)
}

/// Noise without its low half, the same each time.
#[derive(Debug)]
struct Noise {
    state: u32,
    before: f64,
}

impl Default for Noise {
    fn default() -> Self {
        Self { state: 0x2545_F491, before: 0.0 }
    }
}

impl Noise {
    /// The difference to the random value before, within -1 and 1. Differences have little
    /// bass, so they sound like cymbals and hands and not like wind.
    fn next_difference(&mut self) -> f64 {
        // Marsaglia's xorshift of 32 bits.
        self.state ^= self.state << 13;
        self.state ^= self.state >> 17;
        self.state ^= self.state << 5;
        let value = f64::from(self.state) / f64::from(u32::MAX) - 0.5;
        let difference = value - self.before;
        self.before = value;
        difference
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE_HZ: f64 = 44_100.0;

    #[test]
    fn sounds_are_short_quiet_and_without_clicks_at_their_ends() {
        for voice in Voice::ALL {
            let samples = voice_samples(voice, RATE_HZ);
            let peak = samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
            assert!((0.1..=0.45).contains(&peak), "{voice:?}: {peak}");
            assert!(samples.len() <= 8820, "{voice:?} takes more than 0.2 s");
            assert_eq!(samples.first(), Some(&0.0));
            assert!(samples.last().is_some_and(|last| last.abs() < 0.001), "{voice:?}");
        }
    }

    #[test]
    fn sounds_are_told_apart() {
        for a in Voice::ALL {
            for b in Voice::ALL.into_iter().filter(|b| *b != a) {
                let difference = likeness(&voice_samples(a, RATE_HZ), &voice_samples(b, RATE_HZ));
                assert!(difference < 0.9, "{a:?} sounds like {b:?}: {difference}");
            }
        }
    }

    /// Cosine of two sounds, 1 for equal ones whatever their volume.
    fn likeness(a: &[f32], b: &[f32]) -> f32 {
        let dot: f32 = a.iter().zip(b).map(|(a, b)| a * b).sum();
        let energy = |samples: &[f32]| samples.iter().map(|x| x * x).sum::<f32>().sqrt();
        dot / (energy(a) * energy(b))
    }

    #[test]
    fn a_sound_is_the_same_at_each_call() {
        let voice = Voice::Tick(Side::A, SoundKind::Finish);
        assert_eq!(voice_samples(voice, RATE_HZ), voice_samples(voice, RATE_HZ));
    }

    #[test]
    fn accents_are_louder_than_beats() {
        let peak = |voice| voice_samples(voice, RATE_HZ).into_iter().fold(0.0_f32, f32::max);
        assert!(peak(Voice::BarStart) > 1.3 * peak(Voice::Beat));
    }
}
