use std::ops::ControlFlow;

use carto_random::seed_of;

use super::optimisation::{Examples, Optimisation, targets};
use super::{ClassifierConfig, EarlyStopping};
use crate::perceptron::{Perceptron, softmax};
use crate::preparation::Preparation;
use crate::probabilities::SMALLEST;
use crate::{ClassifierError, LabelledTable};

/// One perceptron to be trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Job {
    /// Whose maps are left out; `None` for a perceptron that is kept.
    pub(super) fold: Option<usize>,
    /// Place of the perceptron in its fold, counted from 0.
    pub(super) member: usize,
}

/// How far a job is, after each of its epochs.
#[derive(Debug, Clone, PartialEq)]
pub struct EpochReport {
    /// The epoch, counted from 0.
    pub epoch: usize,
    /// Epochs of a job that does not stop early.
    pub n_epochs: usize,
    /// Loss of the maps that are trained on, nats, with dropout and smoothed labels.
    pub loss: f64,
    /// Logarithmic loss of the maps that are kept aside, where some are.
    pub log_loss_aside: Option<f64>,
}

/// What a job gave.
#[derive(Debug, Clone, PartialEq)]
pub struct JobResult {
    pub(super) perceptron: Perceptron,
    /// Epochs after which the weights were taken.
    pub(super) n_epochs: usize,
}

impl Job {
    /// Seed of everything that the job draws.
    fn seed(self, seed: u64) -> u64 {
        match self.fold {
            Some(fold) => seed_of(seed, &format!("fold {fold} perceptron {}", self.member)),
            None => seed_of(seed, &format!("perceptron {}", self.member)),
        }
    }

    /// Trains the perceptron.
    ///
    /// - `set`: the maps to learn from, on whose columns `preparation` was fitted
    /// - `report`: after each epoch; what breaks stops the job
    ///
    /// # Errors
    ///
    /// [`ClassifierError::Diverged`], [`ClassifierError::Device`],
    /// [`ClassifierError::Stopped`].
    pub(super) fn run(
        self,
        config: &ClassifierConfig,
        preparation: &Preparation,
        set: &LabelledTable,
        report: &mut dyn FnMut(&EpochReport) -> ControlFlow<()>,
    ) -> Result<JobResult, ClassifierError> {
        let seed = self.seed(config.seed);
        let (learnt, aside) = match config.early_stopping {
            Some(EarlyStopping { share, .. }) => {
                let parts = set.parts(share, seed);
                (set.subset(&parts.training), Some(set.subset(&parts.held_out)))
            }
            None => (set.clone(), None),
        };
        // Of few songs a share can be none, or all.
        let aside = aside.filter(|aside| aside.n_rows() > 0);
        let learnt = if learnt.n_rows() > 0 { &learnt } else { set };
        let examples = Examples {
            n_inputs: preparation.n_inputs(),
            n_labels: set.labels().len(),
            inputs: inputs(preparation, learnt).concat(),
            targets: targets(learnt, config),
        };
        let aside = aside.map(|aside| (inputs(preparation, &aside), aside));
        let mut optimisation = Optimisation::new(config, &examples, seed);
        let mut best: Option<(f64, JobResult)> = None;
        for epoch in 0..config.n_epochs {
            let loss = optimisation.epoch(epoch)?;
            let mut done =
                EpochReport { epoch, n_epochs: config.n_epochs, loss, log_loss_aside: None };
            if let Some((inputs, aside)) = &aside {
                let perceptron = optimisation.perceptron()?;
                let found = log_loss(&perceptron, config, inputs, aside.first());
                done.log_loss_aside = Some(found);
                if best.as_ref().is_none_or(|(lowest, _)| found < *lowest) {
                    best = Some((found, JobResult { perceptron, n_epochs: epoch + 1 }));
                }
            }
            if report(&done).is_break() {
                return Err(ClassifierError::Stopped);
            }
            if let (Some((_, best)), Some(stopping)) = (&best, config.early_stopping)
                && epoch + 1 >= best.n_epochs + stopping.patience
            {
                break;
            }
        }
        match best {
            Some((_, result)) => Ok(result),
            None => {
                Ok(JobResult { perceptron: optimisation.perceptron()?, n_epochs: config.n_epochs })
            }
        }
    }
}

/// What the network sees of each map: `[n_rows]` of `[n_inputs]`.
pub(super) fn inputs(preparation: &Preparation, set: &LabelledTable) -> Vec<Vec<f32>> {
    set.table().rows().map(|row| preparation.prepare(row)).collect()
}

fn log_loss(
    perceptron: &Perceptron,
    config: &ClassifierConfig,
    inputs: &[Vec<f32>],
    labels: &[usize],
) -> f64 {
    let loss = |(inputs, &label): (&Vec<f32>, &usize)| {
        let shares = softmax(&perceptron.logits(&config.shape, inputs));
        -libm::log(shares[label].max(SMALLEST))
    };
    inputs.iter().zip(labels).map(loss).sum::<f64>() / labels.len() as f64
}
