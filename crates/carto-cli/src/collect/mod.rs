//! `carto collect`: the run of `carto-collect`, its credentials, its display
//! and ctrl-C.

mod display;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use carto_collect::{
    Address, CollectError, Config, Credentials, Labels, Outcome, Retry, Stopper, SystemDisk,
    collect as collect_all,
};

use display::Display;

/// As a shell counts a command that ctrl-C ended: 128 and the signal's number.
const INTERRUPTED: u8 = 130;

/// Fetch labelled maps: collections from osu!collector, and their maps from osu!
///
/// The environment or a file named .env has OSU_CLIENT_ID and OSU_CLIENT_SECRET of an OAuth
/// application, which the settings of an osu! account make. The same command goes on where an
/// earlier one stopped. Exit code 130 after ctrl-C.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which collections stand for which label: {"stream": [1661], "jump": [9, 12]}
    #[arg(value_name = "COLLECTIONS.json")]
    collections: PathBuf,
    /// Folder for what it fetches; made if it is not there
    #[arg(long, value_name = "DIR", default_value = "collected")]
    out: PathBuf,
    /// Requests a minute to osu!'s API and to osu!collector; the API's terms allow 60
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    rate: u32,
    /// File with the credentials instead of .env
    #[arg(long, value_name = "FILE")]
    env_file: Option<PathBuf>,
    /// Address of osu!
    #[arg(long, value_name = "URL", env = "CARTO_OSU", default_value = Address::OSU)]
    osu: Address,
    /// Address of osu!collector
    #[arg(long, value_name = "URL", env = "CARTO_COLLECTOR", default_value = Address::COLLECTOR)]
    collector: Address,
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

impl Args {
    /// The rules of the run.
    fn config(&self) -> Config {
        let mut config = Config::new(self.out.clone(), self.osu.clone(), self.collector.clone());
        config.api_pause = Duration::from_secs(60) / self.rate;
        config.map_pause = Duration::from_millis(self.map_pause_ms);
        let first_pause = Duration::from_millis(self.failure_pause_ms);
        config.retry = Retry { first_pause, ..Retry::default() };
        config.min_free_bytes = self.min_free_mb.saturating_mul(1_000_000);
        config
    }

    /// The file of credentials: the one that is named, or `.env` where it exists.
    fn env_file(&self) -> Option<PathBuf> {
        let default = || Some(PathBuf::from(".env")).filter(|path| path.exists());
        self.env_file.clone().or_else(default)
    }
}

/// Fetches what is missing in the folder, prints what is in it and what cannot be had.
///
/// # Errors
///
/// Credentials or collections that are not given, what ends a run, and things
/// that failed: another run may get them.
pub(crate) fn run(args: &Args) -> Result<()> {
    let labels = Labels::read(&args.collections)?;
    let variable = |name: &str| std::env::var(name).ok();
    let credentials = Credentials::read(variable, args.env_file().as_deref())?;
    if args.rate > 60 {
        eprintln!("carto: warning: the terms of osu!'s API allow 60 requests a minute");
    }
    let (stopper, stop) = Stopper::new();
    let mut display = Display::default();
    let mut on_event = |event| display.show(&event);
    let config = args.config();
    // A thread of its own for ctrl-C, whatever the run is busy with.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .context("requests cannot be made")?;
    let Outcome { summary, error } = runtime.block_on(async {
        tokio::spawn(stop_on_ctrl_c(stopper));
        collect_all(&config, credentials, labels, &SystemDisk, stop, &mut on_event).await
    });
    display.finish();
    if let Some(summary) = &summary {
        print_line!("{}", display::summary(summary, &args.out));
    }
    if let Some(error) = error {
        return Err(error.into());
    }
    match summary.map_or(0, |summary| summary.failures.len()) {
        0 => Ok(()),
        1 => bail!("one thing could not be had; the same command tries it again"),
        n_failures => {
            bail!("{n_failures} things could not be had; the same command tries them again")
        }
    }
}

/// The exit code of an error of any command.
pub(crate) fn exit_code(error: &anyhow::Error) -> u8 {
    match error.downcast_ref() {
        Some(CollectError::Stopped) => INTERRUPTED,
        _ => 1,
    }
}

async fn stop_on_ctrl_c(stopper: Stopper) {
    if tokio::signal::ctrl_c().await.is_err() {
        // Then the system ends the command, which loses nothing either.
        return;
    }
    stopper.stop();
    if tokio::signal::ctrl_c().await.is_ok() {
        std::process::exit(i32::from(INTERRUPTED));
    }
}
