use crate::folded::FoldedEncoder;

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
    use crate::EncoderConfig;
    use crate::gpu::tests::random_encoder;

    #[test]
    fn the_published_latent_sees_152_frames_back_and_178_ahead() {
        let encoder =
            random_encoder(&EncoderConfig { hidden_dim: 8, ..EncoderConfig::published() });
        // Of its 18 frames, 161 lie behind the last one: 178 ahead of the first.
        assert_eq!(frames(&encoder), (152, 178 - 17));
        assert_eq!(Halo::of(&encoder), Halo { n_before: 9, n_after: 9 });
    }
}
