use carto_types::SignalChannel;
use serde::{Deserialize, Serialize};

/// Hyperparameters of one encoder of the published family.
///
/// # Source
///
/// `AutoEncoderArgs` and `WaveNetArgs` in osu-dreamer-cartography
/// `osu_dreamer/latent_model/modules/{ae,wavenet}.py` @ `7ec522b`, and `emb_dim`,
/// `h_dim` of the model that holds them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EncoderConfig {
    /// Latents (`emb_dim`); 32 in the published run.
    pub n_latent_dims: usize,
    /// Hidden channels `H` (`h_dim`); 360 in the published run.
    pub hidden_dim: usize,
    /// Down-sampling of each stage; `[2, 3, 3]` in the published run.
    pub strides: Vec<usize>,
    /// Layers of a stack, dilated 1, 2, 4 ...; 4 in the published run.
    pub stack_depth: usize,
    /// Stacks of a stage; 1 in the published run.
    pub n_stacks: usize,
    /// Widening inside a gated layer (`layer_args.expand`).
    pub layer_expand: usize,
    /// Widening inside a down-sampling (`ae_args.expand`).
    pub down_expand: usize,
}

/// Why no encoder can have such hyperparameters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A hyperparameter outside of what this program admits.
    #[error("`{name}` is {value}, but it must be between {min} and {max}")]
    OutOfRange {
        /// The hyperparameter, as checkpoints call it.
        name: &'static str,
        /// The value found.
        value: usize,
        /// The least that is admitted.
        min: usize,
        /// The most that is admitted.
        max: usize,
    },
}

/// Name and shape of one tensor of an encoder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TensorSpec {
    /// Its key in a checkpoint: `encoder.1.blocks.0.layers.0.res.weight`.
    pub key: String,
    /// Sizes, outermost first; `[out, in per group, kernel]` for convolutions.
    pub shape: Vec<usize>,
}

impl EncoderConfig {
    /// Channels of the signal that an encoder reads.
    pub const N_CHANNELS: usize = SignalChannel::COUNT;

    /// The hyperparameters of the published run's encoder.
    #[must_use]
    pub fn published() -> Self {
        Self {
            n_latent_dims: 32,
            hidden_dim: 360,
            strides: vec![2, 3, 3],
            stack_depth: 4,
            n_stacks: 1,
            layer_expand: 1,
            down_expand: 1,
        }
    }

    /// Frames that become one latent column: the product of the strides.
    #[must_use]
    pub fn frames_per_latent(&self) -> usize {
        self.strides.iter().product()
    }

    /// Gated layers of a stage.
    #[must_use]
    pub fn layers_per_stage(&self) -> usize {
        self.n_stacks * self.stack_depth
    }

    /// Dilation of a layer, counted from 0 within its stage.
    #[must_use]
    pub fn dilation(&self, layer: usize) -> usize {
        1 << (layer % self.stack_depth.max(1))
    }

    /// Refuses parameters that are out of this program's range.
    ///
    /// # Errors
    ///
    /// [`ConfigError::OutOfRange`] for the first such parameter.
    pub fn validate(&self) -> Result<(), ConfigError> {
        // Sixteen times the published width: a file that says more is damaged or hostile.
        let ranges = [
            ("emb_dim", self.n_latent_dims, 1, 1024),
            ("h_dim", self.hidden_dim, 1, 5760),
            ("strides", self.strides.len(), 1, 8),
            ("stack_depth", self.stack_depth, 1, 10),
            ("num_stacks", self.n_stacks, 1, 8),
            ("layer_args.expand", self.layer_expand, 1, 8),
            ("expand", self.down_expand, 1, 8),
        ];
        let strides = self.strides.iter().map(|&stride| ("strides", stride, 1, 16));
        for (name, value, min, max) in ranges.into_iter().chain(strides) {
            if value < min || value > max {
                return Err(ConfigError::OutOfRange { name, value, min, max });
            }
        }
        Ok(())
    }

    /// All tensors, in the order of a published checkpoint.
    #[must_use]
    pub fn tensors(&self) -> Vec<TensorSpec> {
        let dim = self.hidden_dim;
        let mut tensors = Vec::new();
        let mut add = |key: String, shape: &[usize]| {
            tensors.push(TensorSpec { key, shape: shape.to_vec() });
        };
        add("encoder.0.weight".to_owned(), &[dim, Self::N_CHANNELS, 1]);
        for stage in 0..self.strides.len() {
            let wide = dim * self.layer_expand;
            for layer in 0..self.layers_per_stage() {
                let key = format!("encoder.1.blocks.{stage}.layers.{layer}");
                for branch in ["filter", "gate"] {
                    add(format!("{key}.{branch}.0.weight"), &[wide, dim, 1]);
                    add(format!("{key}.{branch}.1.weight"), &[wide, 1, 3]);
                }
                add(format!("{key}.res.weight"), &[dim, wide, 1]);
                add(format!("{key}.skip.weight"), &[dim, wide, 1]);
            }
            let key = format!("encoder.1.blocks.{stage}.out");
            add(format!("{key}.0.weight_logits"), &[self.layers_per_stage()]);
            add(format!("{key}.2.weight"), &[dim, dim, 1]);
        }
        for (stage, stride) in self.strides.iter().enumerate() {
            let wide = dim * self.down_expand;
            let key = format!("encoder.1.downs.{stage}");
            add(format!("{key}.0.weight"), &[wide, dim, 1]);
            add(format!("{key}.1.weight"), &[wide, 1, 2 * stride]);
            add(format!("{key}.4.weight"), &[dim, wide, 1]);
        }
        for head in ["mu", "logvar"] {
            add(format!("encoder.2.{head}.weight"), &[self.n_latent_dims, dim, 1]);
            add(format!("encoder.2.{head}.bias"), &[self.n_latent_dims]);
        }
        tensors
    }

    /// Numbers in all tensors together; 7,445,236 for the published one.
    #[must_use]
    pub fn n_parameters(&self) -> usize {
        self.tensors().iter().map(|tensor| tensor.shape.iter().product::<usize>()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_encoder_has_its_parameters() {
        let config = EncoderConfig::published();
        assert_eq!(config.n_parameters(), 7_445_236);
        assert_eq!(config.tensors().len(), 92);
        assert_eq!(config.frames_per_latent(), 18);
        assert_eq!(config.validate(), Ok(()));
    }

    #[test]
    fn parameters_out_of_range_are_named() {
        let config = EncoderConfig { strides: vec![2, 0], ..EncoderConfig::published() };
        let error = config.validate().unwrap_err().to_string();
        assert_eq!(error, "`strides` is 0, but it must be between 1 and 16");
    }
}
