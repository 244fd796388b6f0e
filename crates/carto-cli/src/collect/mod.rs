//! `carto collect`: the run of `carto-collect`, its credentials, its display
//! and ctrl-C.

mod args;
mod show;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use carto_collect::{
    CollectError, Credentials, Labels, Outcome, Stopper, SystemDisk, collect as collect_all,
};

pub(crate) use args::Collect;
use show::Show;

/// As a shell counts a command that ctrl-C ended: 128 and the signal's number.
const INTERRUPTED: u8 = 130;

/// Fetches what is not there, prints what is there and what cannot be had.
///
/// # Errors
///
/// Credentials or collections that are not given, what ends a run, and things
/// that failed: another run may get them.
pub(crate) fn run(args: &Collect) -> Result<()> {
    let labels = Labels::read(&args.collections)?;
    let variable = |name: &str| std::env::var(name).ok();
    let credentials = Credentials::read(variable, env_file(args).as_deref())?;
    if args.rate > 60 {
        eprintln!("carto: warning: the terms of osu!'s API allow 60 requests a minute");
    }
    let (stopper, stop) = Stopper::new();
    let mut show = Show::default();
    let mut tell = |event| show.tell(&event);
    let config = args.config();
    // A thread of its own for ctrl-C, whatever the run is busy with.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .context("requests cannot be made")?;
    let Outcome { summary, error } = runtime.block_on(async {
        tokio::spawn(stop_on_ctrl_c(stopper));
        collect_all(&config, credentials, labels, &SystemDisk, stop, &mut tell).await
    });
    show.finish();
    if let Some(summary) = &summary {
        say!("{}", show::summary(summary, &args.out));
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

/// The exit code of an error of the command.
pub(crate) fn exit_code(error: &anyhow::Error) -> u8 {
    match error.downcast_ref() {
        Some(CollectError::Stopped) => INTERRUPTED,
        _ => 1,
    }
}

/// The file that is named, or `.env` where there is one.
fn env_file(args: &Collect) -> Option<PathBuf> {
    let default = || Some(Path::new(".env").to_owned()).filter(|path| path.exists());
    args.env_file.clone().or_else(default)
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
