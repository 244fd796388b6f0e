use std::f64::consts::TAU;

use burn::module::{Module, Param};
use burn::tensor::activation::{relu, silu};
use burn::tensor::{Device, Tensor, TensorData};
use carto_random::Normal;

use crate::ClassifierError;
use crate::perceptron::{Activation, NetworkShape, Perceptron};

/// One perceptron with gradients: the definition of what [`Perceptron`] computes once it
/// is trained.
#[derive(Module, Debug)]
pub(super) struct Network {
    embedding: Option<Embedding>,
    layers: Vec<Layer>,
}

/// Sines and cosines of each feature, and a rectified layer over them.
#[derive(Module, Debug)]
struct Embedding {
    /// `[n_inputs, n_frequencies]`.
    frequencies: Param<Tensor<2>>,
    /// `[n_inputs, 2 n_frequencies, n_dims]`.
    weights: Param<Tensor<3>>,
    /// `[n_inputs, n_dims]`.
    biases: Param<Tensor<2>>,
}

#[derive(Module, Debug)]
struct Layer {
    /// `[n_in, n_out]`.
    weights: Param<Tensor<2>>,
    /// `[n_out]`.
    biases: Param<Tensor<1>>,
}

/// What a forward pass drops while training.
pub(super) struct Drops<'a> {
    pub(super) input: f64,
    pub(super) hidden: f64,
    pub(super) random: &'a mut Normal,
}

impl Network {
    /// Weights that follow from the stream alone: normal, of a spread that keeps that
    /// of the signal, and small in the last layer; biases of zero.
    pub(super) fn random(
        shape: &NetworkShape,
        n_inputs: usize,
        n_labels: usize,
        random: &mut Normal,
        device: &Device,
    ) -> Self {
        let mut normal = |std: f64, n: usize| -> Vec<f32> {
            (0..n).map(|_| (std * random.next()) as f32).collect()
        };
        let embedding = shape.embedding.map(|found| {
            let (n_waves, n_dims) = (2 * found.n_frequencies, found.n_dims);
            let frequencies = normal(found.frequency_spread, n_inputs * found.n_frequencies);
            let weights = normal((1.0 / n_waves as f64).sqrt(), n_inputs * n_waves * n_dims);
            Embedding {
                frequencies: param(frequencies, [n_inputs, found.n_frequencies], device),
                weights: param(weights, [n_inputs, n_waves, n_dims], device),
                biases: param(vec![0.0; n_inputs * n_dims], [n_inputs, n_dims], device),
            }
        });
        let mut width = shape.width_in(n_inputs);
        let mut layer = |next: usize, gain: f64| {
            let weights = normal((gain / width as f64).sqrt(), width * next);
            let layer = Layer {
                weights: param(weights, [width, next], device),
                biases: param(vec![0.0; next], [next], device),
            };
            width = next;
            layer
        };
        let mut layers: Vec<Layer> = shape.hidden.iter().map(|&next| layer(next, 2.0)).collect();
        layers.push(layer(n_labels, 0.1));
        Self { embedding, layers }
    }

    /// Logits of some maps.
    ///
    /// - `x`: `[n_rows, n_inputs]`, as prepared
    /// - returns: logits, `[n_rows, n_labels]`
    pub(super) fn forward(
        &self,
        x: Tensor<2>,
        activation: Activation,
        drops: &mut Drops<'_>,
        device: &Device,
    ) -> Tensor<2> {
        let mut x = match &self.embedding {
            Some(embedding) => Tensor::cat(vec![embedding.forward(x.clone()), x], 1),
            None => x,
        };
        x = dropout(x, drops.input, drops.random, device);
        for (idx, layer) in self.layers.iter().enumerate() {
            x = x.matmul(layer.weights.val()).add(layer.biases.val().unsqueeze());
            if idx + 1 < self.layers.len() {
                x = match activation {
                    Activation::Relu => relu(x),
                    Activation::Silu => silu(x),
                };
                x = dropout(x, drops.hidden, drops.random, device);
            }
        }
        x
    }

    /// The trained weights, in the order in which files hold them.
    ///
    /// # Errors
    ///
    /// [`ClassifierError::Device`].
    pub(super) fn read(&self) -> Result<Perceptron, ClassifierError> {
        let mut tensors = Vec::new();
        if let Some(Embedding { frequencies, weights, biases }) = &self.embedding {
            tensors.push(read(&frequencies.val())?);
            tensors.push(read(&weights.val())?);
            tensors.push(read(&biases.val())?);
        }
        for layer in &self.layers {
            tensors.push(read(&layer.weights.val())?);
            tensors.push(read(&layer.biases.val())?);
        }
        Ok(Perceptron { tensors })
    }
}

impl Embedding {
    /// The embedded features of some maps.
    ///
    /// - `x`: `[n_rows, n_inputs]`
    /// - returns: `[n_rows, n_inputs * n_dims]`
    fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let [n_rows, n_inputs] = x.dims();
        let [_, _, n_dims] = self.weights.dims();
        let frequencies = self.frequencies.val().mul_scalar(TAU).unsqueeze_dim::<3>(1);
        // One small product for each feature, over the rows.
        let angles = x.transpose().unsqueeze_dim::<3>(2).mul(frequencies);
        let waves = Tensor::cat(vec![angles.clone().sin(), angles.cos()], 2);
        let embedded = waves.matmul(self.weights.val()).add(self.biases.val().unsqueeze_dim(1));
        relu(embedded).swap_dims(0, 1).reshape([n_rows, n_inputs * n_dims])
    }
}

fn param<const D: usize>(values: Vec<f32>, shape: [usize; D], device: &Device) -> Param<Tensor<D>> {
    Param::from_data(TensorData::new(values, shape), device)
}

/// The numbers of a tensor, row-major.
///
/// # Errors
///
/// [`ClassifierError::Device`].
pub(super) fn read<const D: usize>(tensor: &Tensor<D>) -> Result<Vec<f32>, ClassifierError> {
    tensor
        .try_to_vec_as::<f32>()
        .map_err(|error| ClassifierError::Device { reason: format!("{error:?}") })
}

/// Drops numbers at random and makes up for it in those that stay.
///
/// Draws from the job's own stream and not from Burn's, which all threads share: a
/// job gives the same whatever runs beside it.
fn dropout(x: Tensor<2>, share: f64, random: &mut Normal, device: &Device) -> Tensor<2> {
    if share <= 0.0 {
        return x;
    }
    let [n_rows, width] = x.dims();
    let kept = (1.0 / (1.0 - share)) as f32;
    let draw = || if random.unit() < share { 0.0 } else { kept };
    let mask: Vec<f32> = std::iter::repeat_with(draw).take(n_rows * width).collect();
    x.mul(Tensor::from_data(TensorData::new(mask, [n_rows, width]), device))
}
