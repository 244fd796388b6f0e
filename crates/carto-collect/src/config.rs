use std::path::PathBuf;
use std::time::Duration;

use crate::address::Address;
use crate::retry::Retry;

/// How a run goes about it.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder for everything; made if it is not there.
    pub out: PathBuf,
    /// osu! itself.
    pub osu: Address,
    /// osu!collector.
    pub collector: Address,
    /// Between two requests to the API, and between two to osu!collector.
    pub api_pause: Duration,
    /// Between two maps.
    pub map_pause: Duration,
    /// What happens after a failure.
    pub retry: Retry,
    /// Failures in a row after which a run ends: the service is not there.
    pub patience: usize,
    /// Less than that must never be free.
    pub min_free_bytes: u64,
}

impl Config {
    /// The services' own rules.
    ///
    /// # Source
    ///
    /// osu!'s terms of the API ask for 60 requests a minute at most, which is
    /// kept towards osu!collector too; the pause between maps and the space
    /// that stays free are those of the published classifier's pipeline.
    pub fn new(out: PathBuf, osu: Address, collector: Address) -> Self {
        Self {
            out,
            osu,
            collector,
            api_pause: Duration::from_secs(1),
            map_pause: Duration::from_millis(300),
            retry: Retry::default(),
            patience: 5,
            min_free_bytes: 500_000_000,
        }
    }
}
