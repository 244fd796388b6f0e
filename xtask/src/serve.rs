//! `cargo xtask serve`: the page on this machine, from nothing but a checkout.

use std::thread;

use anyhow::{Context, Result, bail};

use crate::build::{build, dist};
use crate::server;

const DEFAULT_PORT: u16 = 8087;

/// Builds the page and serves it until the program is stopped.
///
/// # Errors
///
/// Passes on a failed build, and a port that was asked for and is taken.
pub(crate) fn serve(args: &[String]) -> Result<()> {
    let port = match args {
        [] => None,
        [flag, port] if flag == "--port" => {
            Some(port.parse().with_context(|| format!("--port {port}: not a port number"))?)
        }
        _ => bail!("serve takes --port N and nothing else"),
    };
    build()?;
    let address = match port {
        Some(port) => server::start(&dist(), port)?,
        None => server::start(&dist(), DEFAULT_PORT).or_else(|_| server::start(&dist(), 0))?,
    };
    println!("the page is ready; Ctrl-C stops serving it");
    println!("{address}");
    loop {
        thread::park();
    }
}
