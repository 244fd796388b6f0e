use std::ops::Range;

use crate::folded::{FoldedEncoder, FoldedPool, FoldedStage};

/// Which times of every stage a range of latents needs: the halo, exactly as
/// wide as the taps reach at each place.
///
/// Times outside of the map are zero at every depthwise convolution, layer by
/// layer, and are in no span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StageSpans {
    /// Times of the whole map in this stage.
    pub(super) n_times: usize,
    /// What each layer computes, in order; the span before it is the running
    /// sum that the layer reads.
    pub(super) layers: Vec<Range<usize>>,
    /// The running sum that the first layer reads.
    pub(super) input: Range<usize>,
    /// The sum of skips, which is all that goes on.
    pub(super) output: Range<usize>,
    /// What is left after pooling.
    pub(super) pooled: Range<usize>,
}

/// The spans of a range of latents in each stage, in order.
///
/// - `n_latents`: of the whole map
pub(super) fn spans(
    encoder: &FoldedEncoder,
    n_latents: usize,
    latents: &Range<usize>,
) -> Vec<StageSpans> {
    let mut spans = Vec::with_capacity(encoder.stages.len());
    let mut n_times = n_latents;
    let mut pooled = latents.clone();
    for stage in encoder.stages.iter().rev() {
        n_times *= stage.pool.stride;
        let stage = stage_spans(stage, n_times, pooled);
        pooled = stage.input.clone();
        spans.push(stage);
    }
    spans.reverse();
    spans
}

fn stage_spans(stage: &FoldedStage, n_times: usize, pooled: Range<usize>) -> StageSpans {
    let output = pool_input(&stage.pool, n_times, &pooled);
    let mut layers = Vec::with_capacity(stage.layers.len());
    let mut needed = output.clone();
    for layer in stage.layers.iter().rev() {
        layers.push(needed.clone());
        needed =
            needed.start.saturating_sub(layer.dilation)..(needed.end + layer.dilation).min(n_times);
    }
    layers.reverse();
    StageSpans { n_times, layers, input: needed, output, pooled }
}

fn pool_input(pool: &FoldedPool, n_times: usize, pooled: &Range<usize>) -> Range<usize> {
    let start = (pooled.start * pool.stride).saturating_sub(pool.n_before);
    let last = pooled.end.saturating_sub(1) * pool.stride;
    start..(last + pool.n_taps()).saturating_sub(pool.n_before).min(n_times)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EncoderConfig, EncoderWeights};

    #[test]
    fn one_latent_sees_152_frames_back_and_178_ahead() {
        let config = EncoderConfig { hidden_dim: 4, ..EncoderConfig::published() };
        let encoder = FoldedEncoder::new(&EncoderWeights::random(&config, 1).unwrap());
        let spans = spans(&encoder, 100, &(50..51));
        assert_eq!(spans[0].input, 900 - 152..900 + 179);
        assert_eq!(spans[0].n_times, 1800);
    }

    #[test]
    fn spans_end_where_the_map_does() {
        let config = EncoderConfig { hidden_dim: 4, ..EncoderConfig::published() };
        let encoder = FoldedEncoder::new(&EncoderWeights::random(&config, 1).unwrap());
        let spans = spans(&encoder, 3, &(0..3));
        assert_eq!(spans[0].input, 0..54);
        assert_eq!(spans[2].output, 0..9);
    }
}
