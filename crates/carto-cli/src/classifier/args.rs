use std::path::PathBuf;

use carto_types::{CollectionFormat, LabelRule};
use clap::builder::{PathBufValueParser, TypedValueParser};
use clap::error::ErrorKind;

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

/// Write label probabilities of maps as a table, one row per map, or maps as collections
#[derive(Debug, clap::Args)]
pub(crate) struct Classify {
    /// Archives (.osz), single maps (.osu) or folders of them
    #[arg(value_name = "PATH", required_unless_present = "csv")]
    pub(crate) paths: Vec<PathBuf>,
    /// Table with the columns of the dataset, such as `carto features` writes, instead of maps
    #[arg(long, value_name = "FEATURES.csv", conflicts_with = "paths")]
    pub(crate) csv: Option<PathBuf>,
    /// Table of probabilities that sum to one, one column per label
    #[arg(long, value_name = "FILE.csv", required_unless_present = "collections")]
    pub(crate) out: Option<PathBuf>,
    /// Model file instead of the bundled one
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
    /// Mod with which the maps are played
    #[arg(long, value_parser = crate::args::mods(), ignore_case = true, conflicts_with = "csv")]
    pub(crate) mods: Option<carto_types::Mods>,
    #[command(flatten)]
    pub(crate) collections: Collections,
}

/// Maps as collections of the game, one for each label.
#[derive(Debug, clap::Args)]
pub(crate) struct Collections {
    /// Write maps as collections, one for each label: osu!stable's collection.db where the name
    /// ends in .db, Collection Manager's .osdb, or lists of MD5 sums as .json
    #[arg(long = "collections", id = "collections", value_name = "FILE", requires = "rule",
          conflicts_with = "csv", value_parser = PathBufValueParser::new().try_map(with_layout))]
    pub(crate) file: Option<(PathBuf, CollectionFormat)>,
    /// Put each map into the collection of its most probable label
    #[arg(long, group = "rule", requires = "collections")]
    pub(crate) first_label: bool,
    /// Put each map into the collections of all labels whose probability is above this, such as 0.3
    #[arg(long, value_name = "SHARE", group = "rule", requires = "collections",
          value_parser = parse_share)]
    pub(crate) above: Option<f64>,
    /// Add to this collection.db, of which every collection is kept as it is; it may be FILE
    /// itself. Close osu! first
    #[arg(long, value_name = "EXISTING.db", requires = "collections")]
    pub(crate) add_to: Option<PathBuf>,
}

impl Collections {
    /// By which labels maps are collected.
    pub(crate) fn rule(&self) -> LabelRule {
        self.above.map_or(LabelRule::First, LabelRule::Above)
    }
}

impl Classify {
    /// What the parser cannot say: only one layout can be added to.
    pub(crate) fn check(&self) -> Result<(), clap::Error> {
        let Collections { file, add_to, .. } = &self.collections;
        let is_other = file.as_ref().is_some_and(|(_, it)| *it != CollectionFormat::CollectionDb);
        if add_to.is_some() && is_other {
            let message =
                "'--add-to' needs '--collections FILE.db': other layouts are written anew";
            return Err(clap::Error::raw(ErrorKind::ArgumentConflict, message));
        }
        Ok(())
    }
}

fn with_layout(path: PathBuf) -> Result<(PathBuf, CollectionFormat), &'static str> {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let format = extension.and_then(CollectionFormat::of_extension);
    format.map(|format| (path, format)).ok_or("its name should end in .db, .osdb or .json")
}

fn parse_share(text: &str) -> Result<f64, &'static str> {
    let share = text.parse().ok().filter(|share| (0.0..1.0).contains(share));
    share.ok_or("it should be a number from 0 to below 1, such as 0.3")
}
