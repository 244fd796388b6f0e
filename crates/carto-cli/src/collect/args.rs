use std::path::PathBuf;
use std::time::Duration;

use carto_collect::{Address, Config, Retry};

/// Fetch labelled maps: collections from osu!collector, and their maps from osu!
///
/// The environment or a file named .env has OSU_CLIENT_ID and OSU_CLIENT_SECRET of an OAuth
/// application, which the settings of an osu! account make. The same command goes on where an
/// earlier one stopped. Exit code 130 after ctrl-C.
#[derive(Debug, clap::Args)]
pub(crate) struct Collect {
    /// Which collections stand for which label: {"stream": [1661], "jump": [9, 12]}
    #[arg(value_name = "COLLECTIONS.json")]
    pub(crate) collections: PathBuf,
    /// Folder for what it fetches; made if it is not there
    #[arg(long, value_name = "DIR", default_value = "collected")]
    pub(crate) out: PathBuf,
    /// Requests a minute to osu!'s API and to osu!collector; the API's terms allow 60
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rate: u32,
    /// File with the credentials instead of .env
    #[arg(long, value_name = "FILE")]
    pub(crate) env_file: Option<PathBuf>,
    /// Address of osu!
    #[arg(long, value_name = "URL", env = "CARTO_OSU", default_value = Address::OSU)]
    pub(crate) osu: Address,
    /// Address of osu!collector
    #[arg(long, value_name = "URL", env = "CARTO_COLLECTOR", default_value = Address::COLLECTOR)]
    pub(crate) collector: Address,
    /// Between two maps; for tests
    #[arg(long, value_name = "MS", default_value_t = 300, hide = true)]
    map_pause_ms: u64,
    /// After a failure; for tests
    #[arg(long, value_name = "MS", default_value_t = 1000, hide = true)]
    failure_pause_ms: u64,
    /// What must stay free; for tests
    #[arg(long, value_name = "MB", default_value_t = 500, hide = true)]
    min_free_mb: u64,
}

impl Collect {
    /// The rules of the run.
    pub(crate) fn config(&self) -> Config {
        let mut config = Config::new(self.out.clone(), self.osu.clone(), self.collector.clone());
        config.api_pause = Duration::from_secs(60) / self.rate;
        config.map_pause = Duration::from_millis(self.map_pause_ms);
        let first_pause = Duration::from_millis(self.failure_pause_ms);
        config.retry = Retry { first_pause, ..Retry::default() };
        config.min_free_bytes = self.min_free_mb.saturating_mul(1_000_000);
        config
    }
}
