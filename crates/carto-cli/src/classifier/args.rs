use std::path::PathBuf;

/// Train a classifier on labelled maps: the model, its card and its reliability diagram
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
    /// Judge by these maps, as held_out.csv of `carto dataset --split`, and learn from all others
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) held_out: Option<PathBuf>,
    /// Further labels of the same maps: columns `id` and `label`, one pair a line
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) labels: Option<PathBuf>,
    /// The model; card and diagram are written beside it
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Another number gives other weights and holds other songs out
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// All hyper-parameters, as JSON; else those of the bundled model
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Leave the published perceptron's family out of the card
    #[arg(long)]
    pub(crate) no_baseline: bool,
}

/// Write how much maps belong to each label, one row a map
#[derive(Debug, clap::Args)]
pub(crate) struct Classify {
    /// Archives (.osz), single maps (.osu) or folders of them
    #[arg(value_name = "PATH", required_unless_present = "csv")]
    pub(crate) paths: Vec<PathBuf>,
    /// A table with the dataset's columns, as of `carto features`, instead of maps
    #[arg(long, value_name = "FEATURES.csv", conflicts_with = "paths")]
    pub(crate) csv: Option<PathBuf>,
    /// Shares that sum to one, a column for each label
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) out: PathBuf,
    /// Another model than the bundled one
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
    /// As the maps are when played with a mod
    #[arg(long, value_parser = crate::args::mods(), ignore_case = true, conflicts_with = "csv")]
    pub(crate) mods: Option<carto_types::Mods>,
}
