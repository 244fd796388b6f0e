//! Arguments of the commands that train and evaluate.

use std::path::PathBuf;

use carto_types::Mode;

use super::options::{Device, mode};

/// Write the signals of all maps into one file, which `carto train` takes instead of them
#[derive(Debug, clap::Args)]
#[cfg_attr(not(feature = "train"), command(after_help = super::options::left_out_help()))]
pub(crate) struct Pack {
    /// Archives (.osz), single maps (.osu) or folders of them
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Packed signals
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Which rules decide what takes part
    #[arg(long, value_parser = mode(), default_value = "published")]
    pub(crate) mode: Mode,
}

/// Train an encoder: checkpoints, metrics and curves into a folder
#[derive(Debug, clap::Args)]
#[cfg_attr(not(feature = "train"), command(after_help = super::options::left_out_help()))]
pub(crate) struct TrainEncoder {
    /// Archives (.osz), single maps (.osu), folders of them, or what `carto pack` wrote
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    pub(crate) data: Vec<PathBuf>,
    /// All hyper-parameters, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) config: PathBuf,
    /// Folder for what it writes; made if it is not there
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// What computes
    #[arg(long, value_enum, default_value_t)]
    pub(crate) device: Device,
    /// Go on from the checkpoint in this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) resume: Option<PathBuf>,
    /// Stop after this many minutes, with a checkpoint to go on from
    #[arg(long, value_name = "M")]
    pub(crate) minutes: Option<f64>,
}

/// Measure an encoder on the maps that it was not trained on, and write its card
#[derive(Debug, clap::Args)]
#[cfg_attr(not(feature = "train"), command(after_help = super::options::left_out_help()))]
pub(crate) struct Evaluate {
    /// Encoder (.safetensors)
    #[arg(long, value_name = "FILE")]
    pub(crate) encoder: PathBuf,
    /// Its decoder, which `carto train` wrote beside it
    #[arg(long, value_name = "FILE")]
    pub(crate) decoder: PathBuf,
    /// What it was trained with, which says what was held out
    #[arg(long, value_name = "FILE")]
    pub(crate) config: PathBuf,
    /// What it was trained on: archives, maps, folders, or what `carto pack` wrote
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    pub(crate) data: Vec<PathBuf>,
    /// Folder for the card; made if it is not there
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

/// Train an encoder again for each part of the songs, and compare what comes out
#[derive(Debug, clap::Args)]
#[cfg_attr(not(feature = "train"), command(after_help = super::options::left_out_help()))]
pub(crate) struct CrossVal {
    /// Archives (.osz), single maps (.osu), folders of them, or what `carto pack` wrote
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    pub(crate) data: Vec<PathBuf>,
    /// All hyper-parameters, as JSON; its split is not used
    #[arg(long, value_name = "FILE")]
    pub(crate) config: PathBuf,
    /// Folder for what it writes; the same folder goes on where it stopped
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Parts of the songs, each held out once
    #[arg(long, value_name = "K", default_value_t = 5, value_parser = parse_folds)]
    pub(crate) folds: usize,
    /// As published: train on songs of two mappers, test on those of three or more
    #[arg(long, conflicts_with = "folds")]
    pub(crate) published_split: bool,
    /// What computes
    #[arg(long, value_enum, default_value_t)]
    pub(crate) device: Device,
    /// Stop after this many minutes; the same command goes on
    #[arg(long, value_name = "M")]
    pub(crate) minutes: Option<f64>,
}

fn parse_folds(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(folds @ 2..=100) => Ok(folds),
        _ => Err("between 2 and 100 parts".to_owned()),
    }
}
