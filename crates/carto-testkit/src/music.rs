//! Music made up for tests, and files of it.

use fastrand::Rng;

/// A sound: when it begins, ms, how loud it is, its pitch, Hz, and what of it is noise.
#[derive(Debug, Clone, Copy)]
struct Sound {
    time_ms: f64,
    size: f64,
    pitch_hz: f64,
    noise: f64,
}

/// Sounds at times that do not repeat themselves.
#[derive(Debug, Clone)]
pub struct Music {
    sounds: Vec<Sound>,
    length_ms: f64,
    seed: u64,
}

impl Music {
    /// Six sounds a second, from a seed.
    ///
    /// - `length_ms`: of the whole, ms
    #[must_use]
    pub fn new(seed: u64, length_ms: f64) -> Self {
        let mut random = Rng::with_seed(seed);
        let mut sounds = Vec::new();
        let mut time_ms = 200.0;
        while time_ms < length_ms - 200.0 {
            let pitch_hz = 60.0 * 2_f64.powf(5.0 * random.f64());
            let (size, noise) = (0.1 + 0.3 * random.f64(), random.f64());
            sounds.push(Sound { time_ms, size, pitch_hz, noise });
            time_ms += 40.0 + 250.0 * random.f64();
        }
        Self { sounds, length_ms, seed }
    }

    /// All sounds from a time on this much later; of the same length as before.
    #[must_use]
    pub fn moved(&self, from_ms: f64, by_ms: f64) -> Self {
        let sounds = self.sounds.iter().map(|sound| match sound.time_ms >= from_ms {
            true => Sound { time_ms: sound.time_ms + by_ms, ..*sound },
            false => *sound,
        });
        Self { sounds: sounds.collect(), ..*self }
    }

    /// The first part again and again.
    #[must_use]
    pub fn looped(&self, every_ms: f64) -> Self {
        let part: Vec<Sound> =
            self.sounds.iter().copied().filter(|sound| sound.time_ms < every_ms).collect();
        let n_parts = (self.length_ms / every_ms) as u32;
        let sounds = (0..n_parts).flat_map(|idx| {
            let by_ms = f64::from(idx) * every_ms;
            part.iter().map(move |sound| Sound { time_ms: sound.time_ms + by_ms, ..*sound })
        });
        Self { sounds: sounds.collect(), ..*self }
    }

    /// Times at which sounds begin, ms.
    pub fn times_ms(&self) -> impl Iterator<Item = f64> {
        self.sounds.iter().map(|sound| sound.time_ms)
    }

    /// Samples at a rate, one channel, with some noise of an encoder's size in it.
    ///
    /// - `loudness`: 1 reaches full scale now and then
    #[must_use]
    pub fn samples(&self, rate_hz: u32, loudness: f64) -> Vec<f32> {
        let per_ms = f64::from(rate_hz) / 1000.0;
        let mut random = Rng::with_seed(self.seed ^ u64::from(rate_hz));
        let n_samples = (self.length_ms * per_ms) as usize;
        let mut samples = vec![0.0_f32; n_samples];
        for sample in &mut samples {
            *sample = (0.001 * (random.f64() - 0.5)) as f32;
        }
        for sound in self.sounds.iter().filter(|sound| sound.time_ms >= 0.0) {
            let start = (sound.time_ms * per_ms).ceil() as usize;
            let end = (start + (120.0 * per_ms) as usize).min(n_samples);
            for (idx, sample) in samples.iter_mut().enumerate().take(end).skip(start) {
                let since_s = (idx as f64 / per_ms - sound.time_ms) / 1000.0;
                let tone = (std::f64::consts::TAU * sound.pitch_hz * since_s).sin();
                let noise = 2.0 * random.f64() - 1.0;
                let mix = sound.noise * noise + (1.0 - sound.noise) * tone;
                *sample += (loudness * sound.size * (-25.0 * since_s).exp() * mix) as f32;
            }
        }
        samples
    }

    /// A wav file of it: 16 bits, one channel.
    #[must_use]
    pub fn wav(&self, rate_hz: u32) -> Vec<u8> {
        wav(&self.samples(rate_hz, 1.0), rate_hz, 1)
    }
}

/// A wav file of 16 bits, with the same in every channel.
///
/// - `samples`: full scale is 1
#[must_use]
pub fn wav(samples: &[f32], rate_hz: u32, n_channels: u16) -> Vec<u8> {
    let frame_bytes = 2 * n_channels;
    let n_bytes = samples.len() as u32 * u32::from(frame_bytes);
    let mut bytes = Vec::with_capacity(n_bytes as usize + 44);
    bytes.extend_from_slice(b"RIFF");
    bytes.extend_from_slice(&(n_bytes + 36).to_le_bytes());
    bytes.extend_from_slice(b"WAVEfmt ");
    bytes.extend_from_slice(&16_u32.to_le_bytes());
    bytes.extend_from_slice(&1_u16.to_le_bytes());
    bytes.extend_from_slice(&n_channels.to_le_bytes());
    bytes.extend_from_slice(&rate_hz.to_le_bytes());
    bytes.extend_from_slice(&(rate_hz * u32::from(frame_bytes)).to_le_bytes());
    bytes.extend_from_slice(&frame_bytes.to_le_bytes());
    bytes.extend_from_slice(&16_u16.to_le_bytes());
    bytes.extend_from_slice(b"data");
    bytes.extend_from_slice(&n_bytes.to_le_bytes());
    for &sample in samples {
        let value = (sample * 32_767.0) as i16;
        for _ in 0..n_channels {
            bytes.extend_from_slice(&value.to_le_bytes());
        }
    }
    bytes
}
