use burn::optim::{AdamWConfig, GradientsParams, ModuleOptimizer};
use burn::tensor::activation::log_softmax;
use burn::tensor::{Device, Tensor, TensorData};

use super::ClassifierConfig;
use super::network::{Drops, Network, read};
use super::schedule::rate_share;
use crate::ClassifierError;
use crate::importance::permutation;
use crate::perceptron::Perceptron;
use carto_random::Normal;
use carto_random::seed_of;

/// Maps as a network sees them.
pub(super) struct Examples {
    pub(super) n_inputs: usize,
    pub(super) n_labels: usize,
    /// `[n_rows, n_inputs]`.
    pub(super) inputs: Vec<f32>,
    /// `[n_rows, n_labels]`, as [`targets`](super::targets::targets) makes them.
    pub(super) targets: Vec<f32>,
}

/// One network on its way through the epochs.
pub(super) struct Optimisation<'a> {
    config: &'a ClassifierConfig,
    examples: &'a Examples,
    device: Device,
    network: Network,
    optimizer: ModuleOptimizer,
    /// Of dropout.
    random: Normal,
    /// Of the orders of the epochs.
    seed: u64,
    step: usize,
}

impl Examples {
    pub(super) fn n_rows(&self) -> usize {
        self.targets.len() / self.n_labels
    }

    /// Some rows of `values`, one after the other.
    fn gather(values: &[f32], width: usize, rows: &[usize], device: &Device) -> Tensor<2> {
        let gathered: Vec<f32> =
            rows.iter().flat_map(|row| &values[row * width..(row + 1) * width]).copied().collect();
        Tensor::from_data(TensorData::new(gathered, [rows.len(), width]), device)
    }
}

impl<'a> Optimisation<'a> {
    /// - `seed`: of everything that this network draws
    pub(super) fn new(config: &'a ClassifierConfig, examples: &'a Examples, seed: u64) -> Self {
        let device = Device::flex().autodiff();
        let mut weights = Normal::new(seed_of(seed, "weights"));
        let Examples { n_inputs, n_labels, .. } = *examples;
        let network = Network::random(&config.shape, n_inputs, n_labels, &mut weights, &device);
        let [beta_1, beta_2] = config.betas;
        let optimizer = AdamWConfig::new()
            .with_beta_1(beta_1)
            .with_beta_2(beta_2)
            .with_epsilon(1e-8)
            .with_weight_decay(config.weight_decay)
            .init();
        let random = Normal::new(seed_of(seed, "dropout"));
        Self { config, examples, device, network, optimizer, random, seed, step: 0 }
    }

    /// One pass over all maps in a new order; those that fill no batch wait for the
    /// next.
    ///
    /// - returns: the mean loss
    ///
    /// # Errors
    ///
    /// [`ClassifierError::Diverged`], [`ClassifierError::Device`].
    pub(super) fn epoch(&mut self, epoch: usize) -> Result<f64, ClassifierError> {
        let n_rows = self.examples.n_rows();
        let batch_len = self.config.batch_len.min(n_rows);
        let order = permutation(n_rows, seed_of(self.seed, &format!("epoch {epoch}")));
        let n_batches = n_rows / batch_len;
        let n_steps = self.config.n_epochs * n_batches;
        let mut sum = 0.0;
        for rows in order.chunks_exact(batch_len) {
            let loss = self.step(rows, n_steps)?;
            if !loss.is_finite() {
                return Err(ClassifierError::Diverged { epoch });
            }
            sum += f64::from(loss);
        }
        Ok(sum / n_batches as f64)
    }

    fn step(&mut self, rows: &[usize], n_steps: usize) -> Result<f32, ClassifierError> {
        let (examples, device) = (self.examples, &self.device);
        let x = Examples::gather(&examples.inputs, examples.n_inputs, rows, device);
        let targets = Examples::gather(&examples.targets, examples.n_labels, rows, device);
        let mut drops = Drops {
            input: self.config.input_dropout,
            hidden: self.config.dropout,
            random: &mut self.random,
        };
        let logits = self.network.forward(x, self.config.shape.activation, &mut drops, device);
        let shares = log_softmax(logits, 1);
        let loss = shares.mul(targets).sum().div_scalar(-(rows.len() as f64));
        let grads = GradientsParams::from_grads(loss.backward(), &self.network);
        let rate = self.config.learning_rate * rate_share(self.step, n_steps);
        self.network = self.optimizer.step(rate, self.network.clone(), grads);
        self.step += 1;
        Ok(read(&loss.detach())?.first().copied().unwrap_or(f32::NAN))
    }

    /// The network as it is now.
    ///
    /// # Errors
    ///
    /// [`ClassifierError::Device`].
    pub(super) fn perceptron(&self) -> Result<Perceptron, ClassifierError> {
        self.network.read()
    }
}
