use carto_types::json_fault;
use serde::{Deserialize, Serialize};

use crate::ClassifierError;
use crate::perceptron::{Activation, EmbeddingShape, NetworkShape};

/// Everything that decides what a training gives, but for its data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassifierConfig {
    /// Seed of weights, orders, dropout, folds and of the songs that are held out.
    pub seed: u64,
    /// Share of the songs that nothing is learnt from, in `[0, 1)`.
    pub held_out_share: f64,
    /// Whether features are derived from the columns.
    pub is_derived: bool,
    /// Sizes of each perceptron.
    pub shape: NetworkShape,
    /// Perceptrons that are averaged.
    pub n_perceptrons: usize,
    /// Folds of the cross-validation, whose answers calibrate; below 2 for none.
    pub n_folds: usize,
    /// Perceptrons that are averaged in each fold.
    pub n_fold_perceptrons: usize,
    /// Passes over all maps.
    pub n_epochs: usize,
    /// Maps of a step.
    pub batch_len: usize,
    /// The highest learning rate, from which it falls to zero on half a cosine.
    pub learning_rate: f64,
    /// Decay of the two moments of Adam.
    pub betas: [f32; 2],
    /// Share of the learning rate by which weights shrink in each step.
    pub weight_decay: f32,
    /// Share of the first layer's inputs that are dropped, in `[0, 1)`.
    pub input_dropout: f64,
    /// Share of the hidden layers' numbers that are dropped, in `[0, 1)`.
    pub dropout: f64,
    /// Share of a map's label that is given to all labels alike, in `[0, 1)`.
    pub label_smoothing: f64,
    /// What another label of a map weighs against its first, in `[0, 1]`.
    pub also_weight: f64,
    /// Maps of rare labels weigh more: the share of a label among all, to this power
    /// and upside down. 0 weighs all maps alike, 1 all labels.
    pub class_weight_power: f64,
    /// When to stop before the last epoch.
    pub early_stopping: Option<EarlyStopping>,
}

/// Stops when songs that are kept aside gain nothing any more, and goes back to the
/// weights that did best on them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlyStopping {
    /// Share of the songs that are kept aside, others for each perceptron.
    pub share: f64,
    /// Epochs without a gain.
    pub patience: usize,
}

impl Default for ClassifierConfig {
    /// The configuration of the bundled model.
    fn default() -> Self {
        Self {
            seed: 42,
            held_out_share: 0.2,
            is_derived: true,
            shape: NetworkShape {
                embedding: Some(EmbeddingShape {
                    n_frequencies: 8,
                    n_dims: 4,
                    frequency_spread: 0.1,
                }),
                hidden: vec![256, 128],
                activation: Activation::Silu,
            },
            n_perceptrons: 4,
            n_folds: 5,
            n_fold_perceptrons: 4,
            n_epochs: 50,
            batch_len: 256,
            learning_rate: 2e-3,
            betas: [0.9, 0.98],
            weight_decay: 0.02,
            input_dropout: 0.25,
            dropout: 0.5,
            label_smoothing: 0.05,
            also_weight: 0.5,
            class_weight_power: 0.3,
            early_stopping: None,
        }
    }
}

impl ClassifierConfig {
    /// For a few hundred maps, in seconds: small perceptrons that stop early.
    #[must_use]
    pub fn small() -> Self {
        Self {
            held_out_share: 0.0,
            shape: NetworkShape { hidden: vec![64], ..Self::default().shape },
            n_perceptrons: 2,
            n_folds: 4,
            n_fold_perceptrons: 1,
            n_epochs: 40,
            batch_len: 64,
            input_dropout: 0.1,
            dropout: 0.3,
            class_weight_power: 0.5,
            early_stopping: Some(EarlyStopping { share: 0.1, patience: 10 }),
            ..Self::default()
        }
    }

    /// The published perceptron's family: one of three rectified layers of 256, 128
    /// and 64, on the columns as they are.
    #[must_use]
    pub fn published_family() -> Self {
        Self {
            is_derived: false,
            shape: NetworkShape {
                embedding: None,
                hidden: vec![256, 128, 64],
                activation: Activation::Relu,
            },
            n_perceptrons: 1,
            n_fold_perceptrons: 1,
            learning_rate: 1e-3,
            betas: [0.9, 0.999],
            weight_decay: 1e-4,
            input_dropout: 0.0,
            dropout: 0.0,
            label_smoothing: 0.0,
            also_weight: 0.0,
            class_weight_power: 0.0,
            early_stopping: Some(EarlyStopping { share: 0.1, patience: 10 }),
            ..Self::default()
        }
    }

    /// Reads and checks a configuration.
    ///
    /// # Errors
    ///
    /// [`ClassifierError::Config`] with what is no such JSON, or with the first
    /// value that is out of range.
    pub fn from_json(text: &str) -> Result<Self, ClassifierError> {
        let config: Self = serde_json::from_str(text)
            .map_err(|error| ClassifierError::Config { reason: json_fault(&error) })?;
        config.validate()?;
        Ok(config)
    }

    /// # Errors
    ///
    /// [`ClassifierError::Config`] with the first value that is out of range.
    pub fn validate(&self) -> Result<(), ClassifierError> {
        let is_part = |value: f64| (0.0..1.0).contains(&value);
        let stops = self.early_stopping;
        let checks = [
            ("held_out_share", is_part(self.held_out_share)),
            ("n_perceptrons", (1..=64).contains(&self.n_perceptrons)),
            ("n_folds", self.n_folds <= 20),
            ("n_fold_perceptrons", (1..=64).contains(&self.n_fold_perceptrons)),
            ("n_epochs", (1..=10_000).contains(&self.n_epochs)),
            ("batch_len", (2..=1 << 16).contains(&self.batch_len)),
            ("learning_rate", self.learning_rate > 0.0 && self.learning_rate <= 1.0),
            ("betas", self.betas.iter().all(|beta| (0.0..1.0).contains(beta))),
            ("weight_decay", (0.0..=10.0).contains(&self.weight_decay)),
            ("input_dropout", is_part(self.input_dropout)),
            ("dropout", is_part(self.dropout)),
            ("label_smoothing", is_part(self.label_smoothing)),
            ("also_weight", (0.0..=1.0).contains(&self.also_weight)),
            ("class_weight_power", (0.0..=1.0).contains(&self.class_weight_power)),
            ("early_stopping", stops.is_none_or(|stops| is_part(stops.share))),
        ];
        let fault = checks.into_iter().find(|(_, is_valid)| !is_valid).map(|(name, _)| name);
        match fault.or_else(|| self.shape.first_fault()) {
            Some(name) => {
                Err(ClassifierError::Config { reason: format!("`{name}` is out of range") })
            }
            None => Ok(()),
        }
    }
}
