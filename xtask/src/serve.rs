//! `cargo xtask serve`: the page on this machine, from nothing but a checkout.

use std::path::Path;
use std::thread;

use anyhow::{Context, Result, bail};

use crate::page::{build, dist};
use crate::server;

const DEFAULT_PORT: u16 = 8087;

/// Builds the page and serves it until the program is stopped.
///
/// # Errors
///
/// Passes on a failed build, and a port that was asked for and is taken.
pub(crate) fn serve(args: &[String]) -> Result<()> {
    let port = port_argument("serve", args)?;
    build()?;
    let address = start(&dist(), port, DEFAULT_PORT)?;
    println!("the page is ready; Ctrl-C stops serving it");
    println!("{address}");
    loop {
        thread::park();
    }
}

/// `--port N`, the only argument of the commands that serve.
pub(crate) fn port_argument(command: &str, args: &[String]) -> Result<Option<u16>> {
    match args {
        [] => Ok(None),
        [flag, port] if flag == "--port" => {
            Ok(Some(port.parse().with_context(|| format!("--port {port}: not a port number"))?))
        }
        _ => bail!("{command} takes --port N and nothing else"),
    }
}

/// Serves `dir` at the port that was asked for, else at `usual`, else at any.
pub(crate) fn start(dir: &Path, asked_for: Option<u16>, usual: u16) -> Result<String> {
    match asked_for {
        Some(port) => server::start(dir, port),
        None => server::start(dir, usual).or_else(|_| server::start(dir, 0)),
    }
}
