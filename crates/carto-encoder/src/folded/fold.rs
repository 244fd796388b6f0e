//! The folding itself. Normed weights and the constants of the activations are those of
//! osu-dreamer-cartography `osu_dreamer/modules/mp.py` @ `7ec522b`.

use super::matrix::Linear;
use super::{FoldedEncoder, FoldedLayer, FoldedPool, FoldedStage};
use crate::EncoderWeights;

impl FoldedEncoder {
    /// Folds an encoder's weights, in double precision.
    #[must_use]
    pub fn new(weights: &EncoderWeights) -> Self {
        Folder { weights }.encoder()
    }
}

struct Folder<'a> {
    weights: &'a EncoderWeights,
}

impl Folder<'_> {
    fn encoder(&self) -> FoldedEncoder {
        let config = self.weights.config();
        let dim = config.hidden_dim;
        let entry = self.pointwise("encoder.0", dim);
        let mut stages = Vec::with_capacity(config.strides.len());
        let mut heads = None;
        for (idx, &stride) in config.strides.iter().enumerate() {
            let exit = self.pointwise(&format!("encoder.1.downs.{idx}.4"), dim);
            let exit = exit.scaled(1.0 / SILU_SCALE);
            let is_last = idx + 1 == config.strides.len();
            if is_last {
                heads = Some(["mu", "logvar"].map(|head| exit.then(&self.head(head))));
            }
            stages.push(FoldedStage {
                layers: self.layers(idx, (idx == 0).then_some(&entry)),
                mix: self.mix(idx).to_matrix(),
                pool: self.pool(idx, stride),
                exit: (!is_last).then(|| exit.to_matrix()),
            });
        }
        let heads = heads.map(|[mu, logvar]| Linear::side_by_side(&[&mu, &logvar]));
        let heads_bias = ["mu", "logvar"]
            .iter()
            .flat_map(|head| self.weights.tensor(&format!("encoder.2.{head}.bias")))
            .copied();
        FoldedEncoder {
            config: config.clone(),
            entry: entry.to_matrix(),
            stages,
            // A valid configuration has a stage, so it has a last one.
            heads: heads.unwrap_or_else(|| super::Matrix::zeros(0, 0)),
            heads_bias: heads_bias.collect(),
        }
    }

    /// `entry` stands before the first stage's first layer, which takes it in.
    fn layers(&self, stage: usize, entry: Option<&Linear>) -> Vec<FoldedLayer> {
        let config = self.weights.config();
        let block = format!("encoder.1.blocks.{stage}");
        let wide = config.hidden_dim * config.layer_expand;
        let shares = skip_shares(self.weights.tensor(&format!("{block}.out.0.weight_logits")));
        let (keep, take) = residual_factors();
        let n_layers = config.layers_per_stage();
        // The running sum is kept without the factors of `mp.add`: `keep^layer` is missing.
        let mut missing = 1.0;
        let mut layers = Vec::with_capacity(n_layers);
        for (layer, share) in shares.iter().enumerate() {
            let key = format!("{block}.layers.{layer}");
            let branch = |name: &str| {
                let branch = self.pointwise(&format!("{key}.{name}.0"), wide).scaled(missing);
                match entry {
                    Some(entry) if layer == 0 => entry.then(&branch),
                    _ => branch,
                }
            };
            let branches = Linear::side_by_side(&[&branch("filter"), &branch("gate")]);
            missing *= keep;
            let residual = (layer + 1 < n_layers).then(|| {
                let residual = self.pointwise(&format!("{key}.res"), config.hidden_dim);
                residual.scaled(take / missing / SIGMOID_SCALE).to_matrix()
            });
            let skip = self.pointwise(&format!("{key}.skip"), config.hidden_dim);
            layers.push(FoldedLayer {
                dilation: config.dilation(layer),
                branches,
                taps: self.layer_taps(&key, wide),
                residual,
                skip: skip.scaled(share / SIGMOID_SCALE).to_matrix(),
            });
        }
        layers
    }

    fn layer_taps(&self, key: &str, wide: usize) -> Vec<f32> {
        let branches = ["filter", "gate"].map(|branch| self.depthwise(key, branch, wide));
        let mut taps = Vec::with_capacity(6 * wide);
        for tap in 0..3 {
            for branch in &branches {
                taps.extend(branch.chunks_exact(3).map(|kernel| kernel[tap] as f32));
            }
        }
        taps
    }

    fn depthwise(&self, key: &str, branch: &str, wide: usize) -> Vec<f64> {
        normed_rows(self.weights.tensor(&format!("{key}.{branch}.1.weight")), wide)
    }

    /// The block's last pointwise convolution, then the down-sampling's first.
    fn mix(&self, stage: usize) -> Linear {
        let config = self.weights.config();
        let out = self.pointwise(&format!("encoder.1.blocks.{stage}.out.2"), config.hidden_dim);
        let wide = config.hidden_dim * config.down_expand;
        let down = self.pointwise(&format!("encoder.1.downs.{stage}.0"), wide);
        out.then(&down).scaled(1.0 / SILU_SCALE)
    }

    fn pool(&self, stage: usize, stride: usize) -> FoldedPool {
        let config = self.weights.config();
        let wide = config.hidden_dim * config.down_expand;
        let key = format!("encoder.1.downs.{stage}.1.weight");
        let kernels = normed_rows(self.weights.tensor(&key), wide);
        let kernel_len = 2 * stride;
        let mut pool = FoldedPool { stride, n_before: (kernel_len - 1) / 2, taps: Vec::new() };
        let mut taps = vec![0.0; pool.n_taps() * wide];
        for (channel, kernel) in kernels.chunks_exact(kernel_len).enumerate() {
            // Every frame that is averaged sees the kernel one frame later.
            for frame in 0..stride {
                for (tap, weight) in kernel.iter().enumerate() {
                    taps[(frame + tap) * wide + channel] += weight / stride as f64;
                }
            }
        }
        pool.taps = taps.iter().map(|&tap| tap as f32).collect();
        pool
    }

    fn pointwise(&self, key: &str, n_out: usize) -> Linear {
        let weights = self.weights.tensor(&format!("{key}.weight"));
        let n_in = weights.len() / n_out.max(1);
        Linear { n_out, n_in, weights: normed_rows(weights, n_out) }
    }

    /// Heads are ordinary convolutions: nothing is normed.
    fn head(&self, head: &str) -> Linear {
        let config = self.weights.config();
        let weights = self.weights.tensor(&format!("encoder.2.{head}.weight"));
        Linear {
            n_out: config.n_latent_dims,
            n_in: config.hidden_dim,
            weights: weights.iter().map(|&weight| f64::from(weight)).collect(),
        }
    }
}

/// Keeps a row of zeros from dividing by zero.
const EPS: f64 = 1e-4;
/// `mp.SiLU` divides by it: the root mean square of `silu` of a normal variable.
const SILU_SCALE: f64 = 0.596;
/// `mp.sigmoid` divides by it.
const SIGMOID_SCALE: f64 = 0.542;
/// How much of a layer's residual `mp.add` takes.
const RESIDUAL_SHARE: f64 = 0.3;

/// Weights of a convolution without bias, each of `n_out` rows with norm 1 but
/// for [`EPS`].
fn normed_rows(weights: &[f32], n_out: usize) -> Vec<f64> {
    let row_len = weights.len() / n_out.max(1);
    let root = (row_len as f64).sqrt();
    let mut normed = Vec::with_capacity(weights.len());
    for row in weights.chunks_exact(row_len.max(1)) {
        let factor = 1.0 / ((EPS + norm(row) / root) * root);
        normed.extend(row.iter().map(|&weight| f64::from(weight) * factor));
    }
    normed
}

/// Shares of the skips in their sum, such that its variance stays.
fn skip_shares(logits: &[f32]) -> Vec<f64> {
    let root = (logits.len() as f64).sqrt();
    let factor = 1.0 / (EPS + norm(logits) / root);
    let scaled: Vec<f64> = logits.iter().map(|&logit| f64::from(logit) * factor).collect();
    let largest = scaled.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = scaled.iter().map(|logit| libm::exp(logit - largest)).collect();
    // The sum of the powers would divide both the shares and their norm.
    let length = powers.iter().map(|power| power * power).sum::<f64>().sqrt();
    powers.iter().map(|power| power / length).collect()
}

/// `(a, b)` of `mp.add(x, r) = a x + b r`.
fn residual_factors() -> (f64, f64) {
    let keep = 1.0 - RESIDUAL_SHARE;
    let length = (keep * keep + RESIDUAL_SHARE * RESIDUAL_SHARE).sqrt();
    (keep / length, RESIDUAL_SHARE / length)
}

fn norm(values: &[f32]) -> f64 {
    values.iter().map(|&value| f64::from(value) * f64::from(value)).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_get_the_norm_one() {
        let normed = normed_rows(&[3.0, 4.0, 0.0, 0.5], 2);
        let norms = normed.chunks(2).map(|row| (row[0] * row[0] + row[1] * row[1]).sqrt());
        for norm in norms {
            assert!((norm - 1.0).abs() < 1e-3, "{norm}");
        }
        assert_eq!(normed_rows(&[0.0, 0.0], 1), [0.0, 0.0]);
    }

    #[test]
    fn shares_have_the_length_one_and_follow_the_logits() {
        let shares = skip_shares(&[1.0, 0.0, -1.0, 0.0]);
        assert!((shares.iter().map(|share| share * share).sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(shares[0] > shares[1] && shares[1] > shares[2]);
    }
}
