use burn::config::Config;
use burn::module::{Initializer, Module, Param};
use burn::tensor::activation::softmax;
use burn::tensor::{Device, Tensor};

use super::mp::normed;
use super::ops;

/// Configuration of a [`MpSum`].
#[derive(Config, Debug)]
pub struct MpSumConfig {
    /// Summands.
    pub n_terms: usize,
}

/// Weighted sum with learnt shares, of mean square 1 if the summands are
/// independent and have it.
///
/// Created by [`MpSumConfig`].
#[derive(Module, Debug)]
pub struct MpSum {
    /// Logits of the shares, not normed, `[n_terms]`.
    pub weight_logits: Param<Tensor<1>>,
}

impl MpSumConfig {
    /// Logits from the standard normal distribution, as the published program
    /// draws them.
    #[must_use]
    pub fn init(&self, device: &Device) -> MpSum {
        let normal = Initializer::Normal { mean: 0.0, std: 1.0 };
        MpSum { weight_logits: normal.init([self.n_terms], device) }
    }
}

impl MpSum {
    /// `sum_i w_i x_i / sqrt(sum_i w_i^2)` with `w = softmax(normed(logits))`.
    ///
    /// # Shapes
    ///
    /// - `terms`: as many as there are logits, at least one, each
    ///   `[batch, n_channels, n_times]`
    /// - returns: `[batch, n_channels, n_times]`
    #[must_use]
    pub fn forward(&self, terms: Vec<Tensor<3>>) -> Tensor<3> {
        let shares = softmax(normed(self.weight_logits.val(), &[0]), 0);
        let shares = shares.clone().div(shares.square().sum().sqrt());
        let shares: Tensor<3> = shares.reshape([-1, 1, 1]).cast(terms[0].dtype());
        let (mut terms, mut shares) = (terms, shares.split(1, 0));
        let first = terms.remove(0).mul(shares.remove(0));
        let rest = terms.into_iter().zip(shares);
        rest.fold(first, |sum, (term, share)| ops::add_share(sum, term, share))
    }
}
