use std::f64::consts::TAU;

use super::*;
use crate::rate::Rate;

const RATE_HZ: f64 = 44_100.0;

/// A recording in memory.
struct InMemory(Vec<Vec<f32>>);

impl Samples for InMemory {
    fn n_channels(&self) -> usize {
        self.0.len()
    }

    fn read(&self, channel: usize, start: i64, into: &mut [f32]) {
        for (idx, sample) in (start..).zip(into) {
            let at = usize::try_from(idx).ok();
            *sample = at.and_then(|at| self.0[channel].get(at)).copied().unwrap_or(0.0);
        }
    }
}

fn tone(frequency_hz: f64, seconds: f64) -> Vec<f32> {
    (0..(seconds * RATE_HZ) as u32)
        .map(|idx| (0.5 * libm::sin(TAU * frequency_hz * f64::from(idx) / RATE_HZ)) as f32)
        .collect()
}

/// `seconds` of the recording, played at a rate.
fn played(recording: Vec<Vec<f32>>, rate: Rate, seconds: f64) -> Vec<Vec<f32>> {
    let mut channels = vec![Vec::new(); recording.len()];
    let mut stretcher = Stretcher::new(rate, RATE_HZ, 0);
    let n_samples = (seconds * RATE_HZ / rate.factor()) as usize;
    let recording = InMemory(recording);
    while channels[0].len() < n_samples {
        stretcher.append_block(&recording, &mut channels);
    }
    for channel in &mut channels {
        channel.truncate(n_samples);
    }
    channels
}

fn rms(samples: &[f32]) -> f64 {
    let sum: f64 = samples.iter().map(|x| f64::from(*x).powi(2)).sum();
    (sum / samples.len() as f64).sqrt()
}

/// How strong a frequency is: the mean size of its Fourier coefficient in windows of 0.2 s.
fn strength(samples: &[f32], frequency_hz: f64) -> f64 {
    const N_SAMPLES: usize = 8820;
    let windows = samples.as_chunks::<N_SAMPLES>().0;
    let sum: f64 = windows.iter().map(|window| window_strength(window, frequency_hz)).sum();
    sum / windows.len() as f64
}

fn window_strength(samples: &[f32], frequency_hz: f64) -> f64 {
    let (mut re, mut im) = (0.0, 0.0);
    for (idx, sample) in samples.iter().enumerate() {
        let phase = TAU * frequency_hz * idx as f64 / RATE_HZ;
        let weight = 1.0 - libm::cos(TAU * idx as f64 / samples.len() as f64);
        re += weight * f64::from(*sample) * libm::cos(phase);
        im += weight * f64::from(*sample) * libm::sin(phase);
    }
    2.0 * re.hypot(im) / samples.len() as f64
}

#[test]
fn at_its_own_rate_a_recording_is_what_it_was() {
    let left = tone(440.0, 1.0);
    let right = tone(97.0, 1.0);
    let out = played(vec![left.clone(), right.clone()], Rate::Full, 0.9);
    assert_eq!(out[0][..], left[..out[0].len()]);
    assert_eq!(out[1][..], right[..out[1].len()]);
}

#[test]
fn pitch_and_level_are_kept() {
    for rate in [Rate::Half, Rate::ThreeQuarters] {
        for frequency_hz in [55.0, 220.0, 440.0, 1234.5, 5000.0] {
            let out = played(vec![tone(frequency_hz, 2.0)], rate, 1.9).remove(0);
            let crossings =
                out.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count() as f64;
            let measured_hz = crossings / (out.len() as f64 / RATE_HZ);
            assert!(
                (measured_hz / frequency_hz - 1.0).abs() < 0.01,
                "{frequency_hz} Hz became {measured_hz} Hz at {rate:?}"
            );
            let level = rms(&out) / (0.5 / 2.0_f64.sqrt());
            assert!((0.93..1.02).contains(&level), "{frequency_hz} Hz at {rate:?}: {level}");
        }
    }
}

#[test]
fn a_chord_keeps_its_tones() {
    let chord: Vec<f32> = tone(220.0, 2.0)
        .iter()
        .zip(tone(277.2, 2.0))
        .zip(tone(329.6, 2.0))
        .map(|((a, b), c)| (a + b + c) / 3.0)
        .collect();
    let out = played(vec![chord], Rate::ThreeQuarters, 1.9).remove(0);
    for frequency_hz in [220.0, 277.2, 329.6] {
        let kept = strength(&out, frequency_hz);
        let beside = strength(&out, frequency_hz + 25.0);
        assert!(kept > 0.08 && kept > 4.0 * beside, "{frequency_hz} Hz: {kept}, beside {beside}");
    }
}

#[test]
fn there_are_no_clicks() {
    for rate in [Rate::Half, Rate::ThreeQuarters] {
        let recording = tone(440.0, 2.0);
        let steepest = |samples: &[f32]| {
            samples.windows(2).fold(0.0_f32, |most, pair| most.max((pair[1] - pair[0]).abs()))
        };
        let out = played(vec![recording.clone()], rate, 1.9).remove(0);
        let ratio = steepest(&out) / steepest(&recording);
        assert!(ratio < 1.1, "steps {ratio} times as steep at {rate:?}");
    }
}

#[test]
fn sounds_stay_at_their_times_to_the_end() {
    // A short sound every half second, as a metronome's.
    for rate in [Rate::Half, Rate::ThreeQuarters] {
        let mut recording = vec![0.0_f32; (60.5 * RATE_HZ) as usize];
        for beat in 0..120 {
            let start = (f64::from(beat) * 0.5 * RATE_HZ) as usize;
            for (idx, sample) in recording[start..start + 441].iter_mut().enumerate() {
                *sample = 0.5 * libm::sinf(idx as f32 * 0.15) * (1.0 - idx as f32 / 441.0);
            }
        }
        let out = played(vec![recording], rate, 60.0).remove(0);
        for beat in 1..120 {
            let expected = f64::from(beat) * 0.5 / rate.factor() * RATE_HZ;
            let around = (0.1 * RATE_HZ) as usize;
            let first = expected as usize - around;
            let stretch = &out[first..(first + 2 * around).min(out.len())];
            let loudest = stretch.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
            assert!(loudest > 0.2, "beat {beat} is lost at {rate:?}");
            let heard = stretch.iter().position(|x| x.abs() > 0.5 * loudest).unwrap_or(0);
            let late_ms = (heard as f64 - around as f64) / RATE_HZ * 1000.0;
            assert!(late_ms.abs() < 21.0, "beat {beat} is {late_ms} ms late at {rate:?}");
        }
    }
}

#[test]
fn channels_stay_together() {
    let left = tone(330.0, 2.0);
    let right: Vec<f32> = left.iter().map(|sample| -0.5 * sample).collect();
    let out = played(vec![left, right], Rate::Half, 1.9);
    for (left, right) in out[0].iter().zip(&out[1]) {
        assert!((right + 0.5 * left).abs() < 1e-6);
    }
}

#[test]
fn after_the_recording_comes_silence() {
    let out = played(vec![tone(440.0, 0.5)], Rate::Half, 1.0).remove(0);
    assert!(out[out.len() - 2000..].iter().all(|sample| *sample == 0.0));
}
