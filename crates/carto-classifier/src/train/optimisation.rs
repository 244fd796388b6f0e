use std::f64::consts::PI;

use burn::optim::{AdamWConfig, GradientsParams, ModuleOptimizer};
use burn::tensor::activation::log_softmax;
use burn::tensor::{Device, Tensor, TensorData};
use carto_random::{Normal, seed_of};

use super::ClassifierConfig;
use super::network::{Drops, Network, read};
use crate::explain::permutation;
use crate::perceptron::Perceptron;
use crate::{ClassifierError, LabelledTable};

/// Maps as a network sees them.
pub(super) struct Examples {
    pub(super) n_inputs: usize,
    pub(super) n_labels: usize,
    /// `[n_rows, n_inputs]`.
    pub(super) inputs: Vec<f32>,
    /// `[n_rows, n_labels]`, as [`targets`] makes them.
    pub(super) targets: Vec<f32>,
}

/// One network on its way through the epochs.
pub(super) struct Optimisation<'a> {
    config: &'a ClassifierConfig,
    examples: &'a Examples,
    device: Device,
    network: Network,
    optimizer: ModuleOptimizer,
    /// The stream of dropout.
    random: Normal,
    /// Seed of the orders of the epochs.
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

/// Steps in which the learning rate rises from zero, or fewer in a short run.
const WARM_UP_STEPS: f64 = 50.0;

/// The share of the highest learning rate that a step takes: a straight rise times half a cosine
/// down to zero.
///
/// - `step`: counted from 0
fn rate_share(step: usize, n_steps: usize) -> f64 {
    let warm_up = WARM_UP_STEPS.min(0.1 * n_steps as f64).max(1.0);
    let rise = ((step + 1) as f64 / warm_up).min(1.0);
    let done = step as f64 / n_steps.max(1) as f64;
    rise * 0.5 * (1.0 + libm::cos(PI * done))
}

/// The target probabilities of each map, times what the map weighs.
///
/// - returns: `[n_rows, n_labels]`, row-major; over all maps the mean weight is 1
pub(super) fn targets(set: &LabelledTable, config: &ClassifierConfig) -> Vec<f32> {
    let n_labels = set.labels().len();
    let weights = weights(set, config.class_weight_power);
    let row = |(&first, also): (&usize, &Vec<usize>)| {
        let smoothed = config.label_smoothing / n_labels as f64;
        let all = 1.0 + config.also_weight * also.len() as f64;
        let mut row = vec![smoothed; n_labels];
        row[first] += (1.0 - config.label_smoothing) / all;
        for &other in also {
            row[other] += (1.0 - config.label_smoothing) * config.also_weight / all;
        }
        let weight = weights[first];
        row.into_iter().map(move |share| (share * weight) as f32)
    };
    set.first().iter().zip(set.also()).flat_map(row).collect()
}

/// Weight of the maps of each label.
fn weights(set: &LabelledTable, power: f64) -> Vec<f64> {
    let counts = set.counts();
    let raw = counts.iter().map(|&count| libm::pow(1.0 / count.max(1) as f64, power));
    let raw: Vec<f64> = raw.collect();
    let sum: f64 = raw.iter().zip(&counts).map(|(weight, &count)| weight * count as f64).sum();
    raw.iter().map(|weight| weight * set.n_rows() as f64 / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FeatureTable;

    #[test]
    fn the_rate_rises_once_and_falls_to_nothing() {
        let shares: Vec<f64> = (0..1000).map(|step| rate_share(step, 1000)).collect();
        assert!(shares[0] < 0.03 && shares[49] > 0.99 && shares[999] < 1e-4);
        assert!(shares[..50].is_sorted() && shares[50..].is_sorted_by(|a, b| a >= b));
    }

    fn set() -> LabelledTable {
        let table = FeatureTable::new(vec!["x".to_owned()], vec![0.0; 4]).unwrap();
        let first = ["a", "a", "a", "b"].map(str::to_owned);
        let also = [vec!["b".to_owned()], vec![], vec![], vec![]];
        LabelledTable::new(table, &first, &also, first.to_vec()).unwrap()
    }

    #[test]
    fn other_labels_have_a_share() {
        let config = ClassifierConfig {
            label_smoothing: 0.1,
            also_weight: 0.5,
            class_weight_power: 0.0,
            ..ClassifierConfig::default()
        };
        let found = targets(&set(), &config);
        for (found, expected) in found.iter().zip([0.65, 0.35, 0.95, 0.05]) {
            assert!((found - expected).abs() < 1e-6, "{found}");
        }
    }

    #[test]
    fn maps_of_rare_labels_weigh_more() {
        let weights = weights(&set(), 1.0);
        assert!((weights[0] - 2.0 / 3.0).abs() < 1e-12 && (weights[1] - 2.0).abs() < 1e-12);
    }
}
