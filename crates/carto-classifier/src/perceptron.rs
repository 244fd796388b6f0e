use std::f32::consts::TAU;

use serde::{Deserialize, Serialize};

/// Sizes and kind of one perceptron.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkShape {
    /// How features are spread out before the first layer; where there is none, the
    /// layers see the features alone.
    pub embedding: Option<EmbeddingShape>,
    /// Widths of the hidden layers, from the features on.
    pub hidden: Vec<usize>,
    /// What stands between two layers.
    pub activation: Activation,
}

/// Each feature becomes `n_dims` numbers: a layer of its own over sines and cosines
/// of the feature at `n_frequencies` learnt frequencies.
///
/// # Source
///
/// Y. Gorishniy, I. Rubachev, A. Babenko, "On embeddings for numerical features in
/// tabular deep learning", NeurIPS 2022: periodic, linear, rectified.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmbeddingShape {
    /// Frequencies of each feature.
    pub n_frequencies: usize,
    /// Numbers that each feature becomes.
    pub n_dims: usize,
    /// Spread of the frequencies before training, periods per standard deviation.
    pub frequency_spread: f64,
}

/// What stands between two layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activation {
    /// The number, or 0 where it is negative.
    Relu,
    /// The number times its logistic function.
    Silu,
}

/// Sizes of one tensor of a perceptron, outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TensorShape {
    pub(super) rank: usize,
    pub(super) sizes: [usize; 3],
}

impl TensorShape {
    fn new<const D: usize>(sizes: [usize; D]) -> Self {
        let mut padded = [1; 3];
        padded[..D].copy_from_slice(&sizes);
        Self { rank: D, sizes: padded }
    }

    pub(super) fn len(self) -> usize {
        self.sizes.iter().product()
    }
}

impl NetworkShape {
    /// Hidden layers at most.
    pub(super) const MAX_LAYERS: usize = 8;
    /// Width of anything at most.
    pub(super) const MAX_WIDTH: usize = 4096;

    /// The name of the first value that is out of range.
    pub(super) fn first_fault(&self) -> Option<&'static str> {
        let is_width = |width: usize| (1..=Self::MAX_WIDTH).contains(&width);
        if self.hidden.len() > Self::MAX_LAYERS || !self.hidden.iter().all(|&w| is_width(w)) {
            return Some("hidden");
        }
        let embedding = self.embedding?;
        let is_valid = (1..=64).contains(&embedding.n_frequencies)
            && (1..=64).contains(&embedding.n_dims)
            && embedding.frequency_spread.is_finite()
            && embedding.frequency_spread > 0.0;
        (!is_valid).then_some("embedding")
    }

    /// Numbers that go into the first layer.
    pub(super) fn width_in(&self, n_inputs: usize) -> usize {
        n_inputs * (1 + self.embedding.map_or(0, |embedding| embedding.n_dims))
    }

    /// All tensors of one perceptron, in the order in which files hold them: of the
    /// embedding frequencies, weights and biases, then weights and biases of each
    /// layer, whose weights are `[n_in, n_out]`.
    pub(super) fn tensors(&self, n_inputs: usize, n_labels: usize) -> Vec<TensorShape> {
        let mut tensors = Vec::new();
        if let Some(EmbeddingShape { n_frequencies, n_dims, .. }) = self.embedding {
            tensors.push(TensorShape::new([n_inputs, n_frequencies]));
            tensors.push(TensorShape::new([n_inputs, 2 * n_frequencies, n_dims]));
            tensors.push(TensorShape::new([n_inputs, n_dims]));
        }
        let mut width = self.width_in(n_inputs);
        for &next in self.hidden.iter().chain([&n_labels]) {
            tensors.push(TensorShape::new([width, next]));
            tensors.push(TensorShape::new([next]));
            width = next;
        }
        tensors
    }

    /// Numbers of one perceptron.
    #[must_use]
    pub fn n_parameters(&self, n_inputs: usize, n_labels: usize) -> usize {
        self.tensors(n_inputs, n_labels).into_iter().map(TensorShape::len).sum()
    }
}

impl Activation {
    pub(super) fn of(self, x: f32) -> f32 {
        match self {
            Self::Relu => x.max(0.0),
            Self::Silu => x / (1.0 + libm::expf(-x)),
        }
    }
}

/// One trained perceptron, and what it makes of a map; plain float32, in a fixed
/// order of summation, so that every machine gives the same numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Perceptron {
    /// Weights and biases, in the order of [`NetworkShape::tensors`].
    pub(super) tensors: Vec<Vec<f32>>,
}

impl Perceptron {
    /// Logits of one map.
    ///
    /// - `inputs`: `[n_inputs]`, as prepared
    /// - returns: `[n_labels]`
    pub(super) fn logits(&self, shape: &NetworkShape, inputs: &[f32]) -> Vec<f32> {
        let mut tensors = self.tensors.as_slice();
        let mut x = Vec::with_capacity(shape.width_in(inputs.len()));
        if let (Some(embedding), [frequencies, weights, biases, rest @ ..]) =
            (shape.embedding, tensors)
        {
            embed(embedding, inputs, frequencies, weights, biases, &mut x);
            tensors = rest;
        }
        x.extend_from_slice(inputs);
        for (idx, layer) in tensors.chunks_exact(2).enumerate() {
            x = dense(&x, &layer[0], &layer[1]);
            if idx < shape.hidden.len() {
                x.iter_mut().for_each(|x| *x = shape.activation.of(*x));
            }
        }
        x
    }
}

/// `n_dims` numbers of each input, appended to `out`.
fn embed(
    shape: EmbeddingShape,
    inputs: &[f32],
    frequencies: &[f32],
    weights: &[f32],
    biases: &[f32],
    out: &mut Vec<f32>,
) {
    let EmbeddingShape { n_frequencies, n_dims, .. } = shape;
    let parts = frequencies
        .chunks_exact(n_frequencies)
        .zip(weights.chunks_exact(2 * n_frequencies * n_dims))
        .zip(biases.chunks_exact(n_dims));
    for (&input, ((frequencies, weights), biases)) in inputs.iter().zip(parts) {
        let angle = |frequency: &f32| TAU * frequency * input;
        let sines = frequencies.iter().map(|frequency| libm::sinf(angle(frequency)));
        let cosines = frequencies.iter().map(|frequency| libm::cosf(angle(frequency)));
        let waves: Vec<f32> = sines.chain(cosines).collect();
        out.extend(dense(&waves, weights, biases).into_iter().map(|x| x.max(0.0)));
    }
}

/// - `weights`: `[n_in, n_out]`, row-major
fn dense(x: &[f32], weights: &[f32], biases: &[f32]) -> Vec<f32> {
    let mut out = biases.to_vec();
    for (&x, weights) in x.iter().zip(weights.chunks_exact(biases.len())) {
        for (out, weight) in out.iter_mut().zip(weights) {
            *out += x * weight;
        }
    }
    out
}

/// Shares that sum to one.
pub(super) fn softmax(logits: &[f32]) -> Vec<f64> {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut shares: Vec<f64> =
        logits.iter().map(|logit| libm::exp(f64::from(logit - highest))).collect();
    let sum: f64 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= sum);
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logits_of_a_small_network_by_hand() {
        let shape = NetworkShape {
            embedding: Some(EmbeddingShape { n_frequencies: 1, n_dims: 1, frequency_spread: 0.1 }),
            hidden: vec![1],
            activation: Activation::Relu,
        };
        // One input: sine of a quarter turn is 1, cosine 0.
        let tensors = vec![
            vec![0.25],
            vec![2.0, 5.0],
            vec![0.5],
            vec![3.0, -1.0],
            vec![0.25],
            vec![2.0, -2.0],
            vec![0.0, 1.0],
        ];
        let logits = Perceptron { tensors }.logits(&shape, &[1.0]);
        // Embedded 2 + 0.5; hidden 3 * 2.5 - 1 + 0.25 = 6.75.
        assert!((logits[0] - 13.5).abs() < 1e-5 && (logits[1] + 12.5).abs() < 1e-5);
    }

    #[test]
    fn shares_sum_to_one_and_do_not_overflow() {
        let shares = softmax(&[1000.0, 1000.0, -1000.0]);
        assert!((shares[0] - 0.5).abs() < 1e-12 && shares[2] == 0.0);
    }
}
