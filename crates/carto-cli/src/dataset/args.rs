//! Arguments of `carto dataset`.

use std::path::PathBuf;

/// Make a table of labelled maps, to train and measure a classifier
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) labels: Labels,
    /// Archives (.osz), maps (.osu) or folders of them, in which maps are found by their sums
    #[arg(long, num_args = 1.., value_name = "PATH", conflicts_with_all = ["collected", "folders"])]
    pub(crate) maps: Vec<PathBuf>,
    /// Table of all maps
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) out: PathBuf,
    /// How many maps each two labels share, as CSV, or as Markdown in a file that ends in .md
    #[arg(long, value_name = "FILE")]
    pub(crate) overlap: Option<PathBuf>,
    /// Every mention of a map after its first one, as CSV
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) further: Option<PathBuf>,
    /// Also write train.csv and held_out.csv beside the table, parted by song
    #[arg(long, value_name = "SEED")]
    pub(crate) split: Option<u64>,
    /// Share of each label that is held out
    #[arg(long, value_name = "SHARE", default_value_t = 0.2, requires = "split",
          value_parser = parse_share)]
    pub(crate) held_out: f64,
    /// Add to train.csv maps as they are with DT or HR, where they fit their label only so
    #[arg(long, requires = "split")]
    pub(crate) augment: bool,
}

/// Where labels come from: one of these
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Labels {
    /// Folder that `carto collect` filled
    #[arg(long, value_name = "DIR")]
    pub(crate) collected: Option<PathBuf>,
    /// Collections of osu!stable (collection.db); a collection is a label
    #[arg(long, value_name = "FILE", requires = "maps")]
    pub(crate) collection_db: Option<PathBuf>,
    /// Exports of Collection Manager or osu!collector; a collection is a label
    #[arg(long, num_args = 1.., value_name = "FILE.osdb", requires = "maps")]
    pub(crate) osdb: Vec<PathBuf>,
    /// Folder with a folder of maps for each label
    #[arg(long, value_name = "DIR")]
    pub(crate) folders: Option<PathBuf>,
}

fn parse_share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(share) if share > 0.0 && share < 1.0 => Ok(share),
        _ => Err("a share between 0 and 1, as 0.2".to_owned()),
    }
}
