//! Arguments of the commands that train and evaluate.

use std::path::PathBuf;

use carto_types::Mode;

use super::options::{Device, mode};

/// Pack the signals of all maps into one file for `carto train`
#[derive(Debug, clap::Args)]
#[cfg_attr(not(feature = "train"), command(after_help = super::options::left_out_help()))]
pub(crate) struct Pack {
    /// Archives (.osz), single maps (.osu) or folders of them
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// File of packed signals
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Rules by which maps are read and admitted
    #[arg(long, value_parser = mode(), default_value = "published")]
    pub(crate) mode: Mode,
}

/// Train an encoder; writes checkpoints, metrics and learning curves into a folder
#[derive(Debug, clap::Args)]
#[cfg_attr(not(feature = "train"), command(after_help = super::options::left_out_help()))]
pub(crate) struct TrainEncoder {
    /// Archives (.osz), single maps (.osu), folders of them, or what `carto pack` wrote
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    pub(crate) data: Vec<PathBuf>,
    /// File of all hyper-parameters (JSON)
    #[arg(long, value_name = "FILE")]
    pub(crate) config: PathBuf,
    /// Output folder; created if missing
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Device to train on
    #[arg(long, value_enum, default_value_t)]
    pub(crate) device: Device,
    /// Resume from the checkpoint in this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) resume: Option<PathBuf>,
    /// Stop after this many minutes, with a checkpoint to resume from
    #[arg(long, value_name = "M")]
    pub(crate) minutes: Option<f64>,
}

/// Evaluate an encoder on held-out maps and write its model card
#[derive(Debug, clap::Args)]
#[cfg_attr(not(feature = "train"), command(after_help = super::options::left_out_help()))]
pub(crate) struct Evaluate {
    /// Encoder (.safetensors)
    #[arg(long, value_name = "FILE")]
    pub(crate) encoder: PathBuf,
    /// Decoder that `carto train` wrote beside the encoder
    #[arg(long, value_name = "FILE")]
    pub(crate) decoder: PathBuf,
    /// Configuration of its training, which says what was held out
    #[arg(long, value_name = "FILE")]
    pub(crate) config: PathBuf,
    /// Data of its training: archives, maps, folders, or what `carto pack` wrote
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    pub(crate) data: Vec<PathBuf>,
    /// Folder for the model card; created if missing
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

/// Cross-validate: train an encoder on each fold of the songs and compare the encoders
#[derive(Debug, clap::Args)]
#[cfg_attr(not(feature = "train"), command(after_help = super::options::left_out_help()))]
pub(crate) struct CrossVal {
    /// Archives (.osz), single maps (.osu), folders of them, or what `carto pack` wrote
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    pub(crate) data: Vec<PathBuf>,
    /// File of all hyper-parameters (JSON), whose split is ignored
    #[arg(long, value_name = "FILE")]
    pub(crate) config: PathBuf,
    /// Output folder; running the command again resumes there
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Number of folds, each held out once
    #[arg(long, value_name = "K", default_value_t = 5, value_parser = parse_folds)]
    pub(crate) folds: usize,
    /// Published split: train on songs of two mappers, test on those of three or more
    #[arg(long, conflicts_with = "folds")]
    pub(crate) published_split: bool,
    /// Device to train on
    #[arg(long, value_enum, default_value_t)]
    pub(crate) device: Device,
    /// Stop after this many minutes; running the command again resumes
    #[arg(long, value_name = "M")]
    pub(crate) minutes: Option<f64>,
}

fn parse_folds(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(folds @ 2..=100) => Ok(folds),
        _ => Err("between 2 and 100 parts".to_owned()),
    }
}
