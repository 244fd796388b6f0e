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
    /// Between the layers.
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
    /// Per feature.
    pub n_frequencies: usize,
    /// Per feature.
    pub n_dims: usize,
    /// Spread of the frequencies before training, periods per standard deviation.
    pub frequency_spread: f64,
}

/// Between the layers.
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
