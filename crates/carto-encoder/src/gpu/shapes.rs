use super::GpuError;
use crate::EncoderConfig;
use crate::folded::FoldedEncoder;

/// Room for the nine channels of a frame in whole vectors.
pub(super) const FRAME_WIDTH: usize = 12;
/// Groups of rows that one dispatch may have, each of eight at least.
const MAX_ROWS: usize = 65_535 * 8;

/// Sizes of everything that a batch needs, channels padded with zeros to whole
/// vectors of eight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shapes {
    /// Slots that a batch holds.
    pub(super) n_slots: usize,
    pub(super) halo: Halo,
    /// Rows of a slot in each stage, and one in the end.
    pub(super) rows_per_slot: Vec<usize>,
    /// Channels of the running sum, and of the sum of skips.
    pub(super) hidden: usize,
    /// Channels of a gated product.
    pub(super) wide: usize,
    /// Channels that are pooled.
    pub(super) pooled: usize,
    /// Means, then logarithms of variances.
    pub(super) heads: usize,
}

impl Shapes {
    /// # Errors
    ///
    /// [`GpuError::TooLarge`] if not even one latent and its halo fit.
    pub(super) fn new(
        encoder: &FoldedEncoder,
        n_slots: usize,
        limits: &wgpu::Limits,
    ) -> Result<Self, GpuError> {
        let config = &encoder.config;
        let halo = Halo::of(encoder);
        let n_least = halo.n_before + 1 + halo.n_after;
        let mut shapes = Self {
            n_slots: n_slots.max(n_least),
            halo,
            rows_per_slot: rows_per_slot(config),
            hidden: padded(config.hidden_dim),
            wide: padded(config.hidden_dim * config.layer_expand),
            pooled: padded(config.hidden_dim * config.down_expand),
            heads: padded(2 * config.n_latent_dims),
        };
        let limit = largest_binding(limits);
        let per_slot = Place::ALL.iter().map(|&place| shapes.n_bytes_per_slot(place)).max();
        let per_slot = per_slot.unwrap_or(1).max(1);
        let n_most = (limit / per_slot).min((MAX_ROWS / shapes.rows_per_slot[0]) as u64);
        if n_most < n_least as u64 {
            let needed = per_slot * n_least as u64;
            return Err(GpuError::TooLarge { what: "activations", needed, limit });
        }
        shapes.n_slots = shapes.n_slots.min(usize::try_from(n_most).unwrap_or(usize::MAX));
        Ok(shapes)
    }

    /// Latents of one map that a batch computes at once.
    pub(super) fn tile_len(&self) -> usize {
        self.n_slots - self.halo.n_before - self.halo.n_after
    }

    pub(super) fn n_bytes(&self, place: Place) -> u64 {
        self.n_bytes_per_slot(place) * self.n_slots as u64
    }

    fn n_bytes_per_slot(&self, place: Place) -> u64 {
        let first = self.rows_per_slot[0];
        let next = self.rows_per_slot.get(1).copied().unwrap_or(1);
        let n_floats = match place {
            Place::Frames => first * FRAME_WIDTH,
            Place::Sums => first * 2 * self.hidden,
            Place::Branches => first * 2 * self.wide,
            Place::Gated => first * self.wide.max(self.pooled),
            Place::Pooled => next * self.pooled,
            Place::Latents => self.heads,
        };
        (n_floats * size_of::<f32>()) as u64
    }
}

/// What a kernel reads or writes, `[row, channel]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The signal.
    Frames,
    /// The running sum, then the sum of skips.
    Sums,
    /// Filter, then gate.
    Branches,
    /// The gated product; after a stage's last layer, what is to be pooled.
    Gated,
    /// After pooling.
    Pooled,
    /// What the heads give, without their biases.
    Latents,
}

impl Place {
    pub(super) const ALL: [Self; 6] =
        [Self::Frames, Self::Sums, Self::Branches, Self::Gated, Self::Pooled, Self::Latents];
}

/// The most that one binding may hold.
pub(super) fn largest_binding(limits: &wgpu::Limits) -> u64 {
    limits.max_storage_buffer_binding_size.min(limits.max_buffer_size)
}

pub(super) fn padded(n_channels: usize) -> usize {
    n_channels.next_multiple_of(8)
}

fn rows_per_slot(config: &EncoderConfig) -> Vec<usize> {
    let mut rows = vec![1];
    for stride in config.strides.iter().rev() {
        rows.push(rows[rows.len() - 1] * stride);
    }
    rows.reverse();
    rows
}

/// Slots beside a range of latents whose times reach into it; a slot is the
/// times of one latent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Halo {
    pub(super) n_before: usize,
    pub(super) n_after: usize,
}

impl Halo {
    /// The receptive field of one latent, rounded up to whole slots.
    pub(super) fn of(encoder: &FoldedEncoder) -> Self {
        let n_frames = encoder.config.frames_per_latent();
        let (before, after) = frames(encoder);
        Self { n_before: before.div_ceil(n_frames), n_after: after.div_ceil(n_frames) }
    }
}

/// Frames before the first and after the last of a latent.
fn frames(encoder: &FoldedEncoder) -> (usize, usize) {
    let (mut before, mut after) = (0, 0);
    for stage in encoder.stages.iter().rev() {
        let reach: usize = stage.layers.iter().map(|layer| layer.dilation).sum();
        let pool = &stage.pool;
        before = before * pool.stride + pool.n_before + reach;
        // The first frame that is pooled is `n_before` early, so the last one
        // lies that much less behind the `stride` frames of its own.
        let behind = pool.n_taps().saturating_sub(pool.n_before + pool.stride);
        after = after * pool.stride + behind + reach;
    }
    (before, after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EncoderWeights;

    fn random_encoder(config: &EncoderConfig) -> FoldedEncoder {
        FoldedEncoder::new(&EncoderWeights::random(config, 1).unwrap())
    }

    #[test]
    fn a_batch_stays_within_the_default_limits() {
        let encoder =
            random_encoder(&EncoderConfig { hidden_dim: 37, ..EncoderConfig::published() });
        let limits = wgpu::Limits::defaults();
        let shapes = Shapes::new(&encoder, usize::MAX, &limits).unwrap();
        assert_eq!(shapes.rows_per_slot, [18, 9, 3, 1]);
        assert_eq!((shapes.hidden, shapes.wide, shapes.heads), (40, 40, 64));
        for place in Place::ALL {
            assert!(shapes.n_bytes(place) <= 128 << 20, "{place:?}");
        }
        assert!(shapes.n_slots * 18 <= MAX_ROWS);
    }

    #[test]
    fn an_adapter_that_is_too_small_is_refused() {
        let encoder =
            random_encoder(&EncoderConfig { hidden_dim: 8, ..EncoderConfig::published() });
        let limits =
            wgpu::Limits { max_storage_buffer_binding_size: 9_000, ..wgpu::Limits::defaults() };
        let error = Shapes::new(&encoder, 1, &limits).unwrap_err();
        let needed = 19 * 18 * 2 * 8 * 4;
        assert_eq!(error, GpuError::TooLarge { what: "activations", needed, limit: 9_000 });
    }

    #[test]
    fn the_published_latent_sees_152_frames_back_and_178_ahead() {
        let encoder =
            random_encoder(&EncoderConfig { hidden_dim: 8, ..EncoderConfig::published() });
        // Of its 18 frames, 161 lie behind the last one: 178 ahead of the first.
        assert_eq!(frames(&encoder), (152, 178 - 17));
        assert_eq!(Halo::of(&encoder), Halo { n_before: 9, n_after: 9 });
    }
}
