//! Rules of a run: pauses, limits, and when a failed request is made again.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::address::Address;

/// Rules of a run.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder for all files; made if it is not there.
    pub out: PathBuf,
    /// Address of osu!: its API and its maps.
    pub osu: Address,
    /// Address of osu!collector.
    pub collector: Address,
    /// Time between two requests to the API, and between two to osu!collector.
    pub api_pause: Duration,
    /// Time between the end of one map's request and the start of the next one.
    pub map_pause: Duration,
    /// When a failed request is made again.
    pub retry: Retry,
    /// Number of failures in a row that ends a run: the service is not there.
    pub max_failures_in_row: usize,
    /// Free space of the disk, in bytes, below which a run ends.
    pub min_free_bytes: u64,
}

impl Config {
    /// Takes the rules that the services ask for.
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
            max_failures_in_row: 5,
            min_free_bytes: 500_000_000,
        }
    }
}

/// How often and after how long a request is tried again.
#[derive(Debug, Clone)]
pub struct Retry {
    /// Number of requests in all, the first included.
    pub attempts: u32,
    /// Pause after the first failure, which doubles with each further one.
    pub first_pause: Duration,
    /// A service that asks for a longer pause than this ends the run.
    pub longest_wait: Duration,
}

impl Default for Retry {
    /// One second after a failure, as the download rules ask for; six attempts
    /// make half a minute, which is what a restart of a service takes.
    fn default() -> Self {
        Self {
            attempts: 6,
            first_pause: Duration::from_secs(1),
            longest_wait: Duration::from_secs(15 * 60),
        }
    }
}

impl Retry {
    /// Pause after a failure, `failure_idx` counted from 0.
    ///
    /// Up to half of it is added at random, so that several who were refused
    /// at once do not come back at once. Never less than the first pause.
    pub(crate) fn pause(&self, failure_idx: u32, random: &mut fastrand::Rng) -> Duration {
        let doubled = self.first_pause.saturating_mul(2_u32.saturating_pow(failure_idx.min(16)));
        doubled.min(self.longest_wait).mul_f64(1.0 + random.f64() / 2.0)
    }
}

/// What `Retry-After` asks for: seconds, or a date in one of HTTP's three forms.
///
/// `None` where it is neither. A date in the past is no pause.
pub(crate) fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_and_are_spread() {
        let retry = Retry::default();
        let mut random = fastrand::Rng::with_seed(1);
        for (failure_idx, seconds) in [(0, 1.0), (1, 2.0), (2, 4.0), (3, 8.0), (40, 900.0)] {
            let pauses: Vec<_> =
                (0..50).map(|_| retry.pause(failure_idx, &mut random).as_secs_f64()).collect();
            let in_range = |&pause: &f64| (seconds..=seconds * 1.5).contains(&pause);
            assert!(pauses.iter().all(in_range), "{failure_idx}: {pauses:?}");
            assert!(pauses.iter().any(|&pause| pause > seconds * 1.25), "{pauses:?}");
        }
    }

    #[test]
    fn both_forms_of_retry_after_are_read() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let seconds = |value| retry_after(value, now).map(|pause| pause.as_secs());
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds(" 0 "), Some(0));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:50:37 GMT"), Some(60));
        assert_eq!(seconds("Sunday, 06-Nov-94 08:50:37 GMT"), Some(60));
        assert_eq!(seconds("Sun Nov  6 08:50:37 1994"), Some(60));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0));
        assert_eq!(seconds("soon"), None);
        assert_eq!(seconds("-1"), None);
    }
}
