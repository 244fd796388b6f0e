use super::error::WeightsError;
use super::pickle::{Node, Pickled, Value};
use crate::EncoderConfig;

/// Hyperparameters as far as a file states them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct HyperParameters {
    pub(super) n_latent_dims: Option<usize>,
    pub(super) hidden_dim: Option<usize>,
    pub(super) strides: Option<Vec<usize>>,
    pub(super) stack_depth: Option<usize>,
    pub(super) n_stacks: Option<usize>,
    pub(super) layer_expand: Option<usize>,
    pub(super) down_expand: Option<usize>,
}

/// Stages, or entries of a list, that are looked at; more is refused anyway.
const MAX_STAGES: usize = 64;

impl From<EncoderConfig> for HyperParameters {
    fn from(config: EncoderConfig) -> Self {
        Self {
            n_latent_dims: Some(config.n_latent_dims),
            hidden_dim: Some(config.hidden_dim),
            strides: Some(config.strides),
            stack_depth: Some(config.stack_depth),
            n_stacks: Some(config.n_stacks),
            layer_expand: Some(config.layer_expand),
            down_expand: Some(config.down_expand),
        }
    }
}

impl HyperParameters {
    /// Reads `hyper_parameters` of a checkpoint: tables, or dataclasses as their
    /// attributes. What is not there stays open.
    ///
    /// # Errors
    ///
    /// [`WeightsError::HyperParameter`] for the first that is no count.
    pub(super) fn of_checkpoint(pickled: &Pickled<'_>) -> Result<Self, WeightsError> {
        let hyper = pickled.member(pickled.root, "hyper_parameters");
        let of = |table: Option<Value>, name: &str| pickled.member(table?, name);
        let ae = of(hyper, "ae_args");
        let layer = of(ae, "layer_args");
        let count = |table, key, name| {
            of(table, key).map(|value| count(value).ok_or(WeightsError::HyperParameter { name }))
        };
        let strides = of(ae, "strides").map(|value| {
            let strides = match pickled.node(value) {
                Some(Node::List(values) | Node::Tuple(values)) if values.len() <= MAX_STAGES => {
                    values.iter().map(|&value| self::count(value)).collect()
                }
                _ => None,
            };
            strides.ok_or(WeightsError::HyperParameter { name: "strides" })
        });
        Ok(Self {
            n_latent_dims: count(hyper, "emb_dim", "emb_dim").transpose()?,
            hidden_dim: count(hyper, "h_dim", "h_dim").transpose()?,
            strides: strides.transpose()?,
            stack_depth: count(layer, "stack_depth", "stack_depth").transpose()?,
            n_stacks: count(layer, "num_stacks", "num_stacks").transpose()?,
            layer_expand: count(layer, "expand", "layer_args.expand").transpose()?,
            down_expand: count(ae, "expand", "expand").transpose()?,
        })
    }

    /// Fills what is open in from the shapes of tensors, keys without prefix.
    ///
    /// Shapes show layers per stage, not how many of them make one stack: one
    /// stack is taken where the file does not say. What shapes do not show
    /// either becomes 0, which [`EncoderConfig::validate`] names.
    pub(super) fn complete(self, shape_of: impl Fn(&str) -> Option<Vec<usize>>) -> EncoderConfig {
        let size = |key: &str, dim: usize| shape_of(key)?.get(dim).copied();
        let first = |key: &str| size(key, 0).unwrap_or(0);
        let hidden_dim = self.hidden_dim.unwrap_or_else(|| first("encoder.0.weight"));
        let wider = |key: &str| first(key).checked_div(hidden_dim).unwrap_or(0);
        let n_layers = first("encoder.1.blocks.0.out.0.weight_logits");
        let (n_stacks, stack_depth) = match (self.n_stacks, self.stack_depth) {
            (Some(n_stacks), Some(depth)) => (n_stacks, depth),
            (None, Some(depth)) => (n_layers.checked_div(depth).unwrap_or(0), depth),
            (n_stacks, None) => {
                let n_stacks = n_stacks.unwrap_or(1);
                (n_stacks, n_layers.checked_div(n_stacks).unwrap_or(0))
            }
        };
        // The kernel of a down-sampling is twice its stride long.
        let stride = |stage| Some(size(&format!("encoder.1.downs.{stage}.1.weight"), 2)? / 2);
        EncoderConfig {
            n_latent_dims: self.n_latent_dims.unwrap_or_else(|| first("encoder.2.mu.weight")),
            hidden_dim,
            strides: self.strides.unwrap_or_else(|| (0..MAX_STAGES).map_while(stride).collect()),
            stack_depth,
            n_stacks,
            layer_expand: self
                .layer_expand
                .unwrap_or_else(|| wider("encoder.1.blocks.0.layers.0.filter.0.weight")),
            down_expand: self.down_expand.unwrap_or_else(|| wider("encoder.1.downs.0.0.weight")),
        }
    }
}

fn count(value: Value) -> Option<usize> {
    match value {
        Value::Int(count) => usize::try_from(count).ok(),
        _ => None,
    }
}
