use std::path::PathBuf;

/// Train a classifier on labelled maps; writes the model, its card and its reliability diagram
#[derive(Debug, clap::Args)]
#[cfg_attr(
    not(feature = "train"),
    allow(dead_code, reason = "read only where there is something to train with"),
    command(after_help = crate::args::left_out_help())
)]
pub(crate) struct TrainClassifier {
    /// Labelled maps: the published dataset.csv, or what `carto dataset` wrote
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) dataset: PathBuf,
    /// Evaluate on these maps, such as held_out.csv of `carto dataset --split`, and train on all of
    /// --dataset
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) held_out: Option<PathBuf>,
    /// More labels of the same maps: columns `id` and `label`, one pair per line
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) labels: Option<PathBuf>,
    /// Model file; card and diagram are written beside it
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Seed of the weights and of the choice of held-out songs
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// File of all hyper-parameters (JSON) instead of those of the bundled model
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Leave the baseline, perceptrons like the published one, out of the card
    #[arg(long)]
    pub(crate) no_baseline: bool,
}

/// Write label probabilities of maps as a table, one row per map
#[derive(Debug, clap::Args)]
pub(crate) struct Classify {
    /// Archives (.osz), single maps (.osu) or folders of them
    #[arg(value_name = "PATH", required_unless_present = "csv")]
    pub(crate) paths: Vec<PathBuf>,
    /// Table with the columns of the dataset, such as `carto features` writes, instead of maps
    #[arg(long, value_name = "FEATURES.csv", conflicts_with = "paths")]
    pub(crate) csv: Option<PathBuf>,
    /// Table of probabilities that sum to one, one column per label
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) out: PathBuf,
    /// Model file instead of the bundled one
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
    /// Mod with which the maps are played
    #[arg(long, value_parser = crate::args::mods(), ignore_case = true, conflicts_with = "csv")]
    pub(crate) mods: Option<carto_types::Mods>,
}
