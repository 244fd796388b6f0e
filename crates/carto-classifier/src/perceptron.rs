use std::f32::consts::TAU;

use super::shape::{EmbeddingShape, NetworkShape};

/// One trained perceptron, and what it makes of a map; plain float32, in a fixed
/// order of summation, so that every machine gives the same numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Perceptron {
    /// In the order of [`NetworkShape::tensors`].
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
    use crate::shape::Activation;

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
