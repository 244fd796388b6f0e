use burn::tensor::{Device, Tensor, TensorData};
use carto_encoder::cpu::TileEncoder;
use carto_encoder::reference::Decoder;
use carto_encoder::{EncoderConfig, LatentMoments, SignalFrames};

use crate::TrainError;
use crate::error::read_floats;

/// Latents that are decoded at once: a minute, 20 MB for each hidden channel.
const TILE_LEN: usize = 600;
/// Latents around a tile that its own still see: 15 times at each of three rates
/// are less than 10, and the taps of the up-sampling one or two more each.
const HALO_LEN: usize = 18;

/// What an encoder keeps of a map: its latents, and what a decoder makes of them.
#[derive(Debug, Clone)]
pub struct Reconstruction {
    /// Means and variances, `[n_dims, n_latents]` each.
    pub moments: LatentMoments,
    /// `[9, n_frames]`, decoded from the means.
    pub decoded: Vec<f32>,
    /// Mean squared error of each channel.
    pub channel_mse: Vec<f64>,
    /// Kullback-Leibler divergence of each latent from the standard normal
    /// distribution, nats per column.
    pub latent_kl: Vec<f64>,
}

/// Encodes as the page and the command do, and decodes tile by tile.
pub struct Reconstructor {
    encoder: Box<dyn TileEncoder>,
    decoder: Decoder,
    device: Device,
}

impl Reconstructor {
    /// Takes an encoder and its decoder.
    ///
    /// - `device`: of the decoder
    #[must_use]
    pub fn new(encoder: Box<dyn TileEncoder>, decoder: Decoder, device: Device) -> Self {
        Self { encoder, decoder, device }
    }

    /// Encodes a map to means and decodes them again.
    ///
    /// # Errors
    ///
    /// [`TrainError::Config`] if `signal` is no `[9, n_frames]`;
    /// [`TrainError::Device`].
    pub fn reconstruct(&mut self, signal: &[f32]) -> Result<Reconstruction, TrainError> {
        let frames = SignalFrames::new(signal).ok_or_else(|| TrainError::Config {
            reason: "no signal of nine channels".to_owned(),
        })?;
        let moments = self.encoder.encode(frames, TILE_LEN);
        let decoded = self.decode(&moments, frames.n_frames())?;
        let channel_mse = frames
            .channels()
            .zip(decoded.chunks_exact(frames.n_frames().max(1)))
            .map(|(x, y)| mean(x.iter().zip(y).map(|(x, y)| f64::from(x - y).powi(2))))
            .collect();
        let n_latents = moments.n_latents().max(1);
        let columns =
            moments.mu().chunks_exact(n_latents).zip(moments.logvar().chunks_exact(n_latents));
        let latent_kl = columns
            .map(|(mu, logvar)| mean(mu.iter().zip(logvar).map(|(&mu, &logvar)| kl(mu, logvar))))
            .collect();
        Ok(Reconstruction { moments, decoded, channel_mse, latent_kl })
    }

    /// The signal that means stand for, `[9, n_frames]`.
    fn decode(&self, moments: &LatentMoments, n_frames: usize) -> Result<Vec<f32>, TrainError> {
        let (n_dims, n_latents) = (moments.n_dims(), moments.n_latents());
        let rate = self.encoder.config().frames_per_latent();
        let mut decoded = vec![0.0; EncoderConfig::N_CHANNELS * n_frames];
        for start in (0..n_latents).step_by(TILE_LEN) {
            let end = (start + TILE_LEN).min(n_latents);
            let (first, last) = (start.saturating_sub(HALO_LEN), (end + HALO_LEN).min(n_latents));
            let columns = moments.mu().chunks_exact(n_latents);
            let tile: Vec<f32> = columns.flat_map(|row| row[first..last].iter().copied()).collect();
            let data = TensorData::new(tile, [1, n_dims, last - first]);
            let frames = self.decoder.forward(Tensor::from_data(data, &self.device));
            let frames = read_floats(&frames)?;
            let n_used = (end * rate).min(n_frames) - start * rate;
            let rows = frames.chunks_exact((last - first) * rate);
            for (row, to) in rows.zip(decoded.chunks_exact_mut(n_frames)) {
                let from = (start - first) * rate;
                to[start * rate..][..n_used].copy_from_slice(&row[from..from + n_used]);
            }
        }
        Ok(decoded)
    }
}

fn kl(mu: f32, logvar: f32) -> f64 {
    let (mu, logvar) = (f64::from(mu), f64::from(logvar));
    0.5 * (mu * mu + libm::exp(logvar) - logvar - 1.0)
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len().max(1) as f64;
    values.sum::<f64>() / n
}
