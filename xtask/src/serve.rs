//! `cargo xtask serve` and `cargo xtask dev`: the page on this machine, from nothing but a
//! checkout.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, bail};

use crate::page::{build, build_dev, dev_dist, dist, prepare};
use crate::process::root;
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
fn port_argument(command: &str, args: &[String]) -> Result<Option<u16>> {
    match args {
        [] => Ok(None),
        [flag, port] if flag == "--port" => {
            Ok(Some(port.parse().with_context(|| format!("--port {port}: not a port number"))?))
        }
        _ => bail!("{command} takes --port N and nothing else"),
    }
}

/// Serves `dir` at the port that was asked for, else at `usual`, else at any.
fn start(dir: &Path, asked_for: Option<u16>, usual: u16) -> Result<String> {
    match asked_for {
        Some(port) => server::start(dir, port),
        None => server::start(dir, usual).or_else(|_| server::start(dir, 0)),
    }
}

/// Another port than that of `serve`, whose service worker would answer here.
const DEV_PORT: u16 = 8088;

/// What a page is made of, relative to the root.
const SOURCES: [&str; 7] =
    ["src", "crates", "www", "public", "index.html", "Cargo.toml", ".cargo/config.toml"];
/// Folders that the build itself fills.
const MADE: [&str; 2] = ["node_modules", "fonts"];

/// How often the sources are looked at. Asking for the times of a thousand files takes a
/// few milliseconds, and needs no library for each system's own way of watching.
const PAUSE: Duration = Duration::from_millis(300);

/// Builds the page unoptimised, serves it, and builds it again whenever a source changes;
/// pages that are open load themselves anew. A build that fails says why, and the next
/// change tries again.
///
/// # Errors
///
/// Passes on what cannot be installed, and a port that was asked for and is taken.
pub(crate) fn dev(args: &[String]) -> Result<()> {
    let port = port_argument("dev", args)?;
    prepare()?;
    let mut built = times_of_sources(&root());
    build_and_say();
    println!("{}", start(&dev_dist(), port, DEV_PORT)?);
    loop {
        thread::sleep(PAUSE);
        let now = times_of_sources(&root());
        if now != built {
            built = now;
            build_and_say();
        }
    }
}

fn build_and_say() {
    let started = Instant::now();
    match build_dev() {
        Ok(()) => println!("built in {:.1} s", started.elapsed().as_secs_f64()),
        Err(error) => println!("error: {error:#}"),
    }
}

fn times_of_sources(root: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let mut times = BTreeMap::new();
    for source in SOURCES {
        add_times(&root.join(source), &mut times);
    }
    times
}

/// A file that goes while it is looked at is one that is not there.
fn add_times(path: &Path, times: &mut BTreeMap<PathBuf, SystemTime>) {
    if let Ok(entries) = fs::read_dir(path) {
        let is_made = |name: &Path| MADE.iter().any(|made| name.ends_with(made));
        let paths = entries.flatten().map(|entry| entry.path());
        paths.filter(|path| !is_made(path)).for_each(|path| add_times(&path, times));
    } else if let Ok(changed) = fs::metadata(path).and_then(|file| file.modified()) {
        times.insert(path.to_owned(), changed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_a_source_is_seen_and_one_of_what_is_made_is_not() {
        let root = std::env::temp_dir().join(format!("xtask-dev-{}", std::process::id()));
        fs::create_dir_all(root.join("src/views")).unwrap();
        fs::create_dir_all(root.join("public/fonts")).unwrap();
        fs::write(root.join("src/views/hero.rs"), "a").unwrap();
        let before = times_of_sources(&root);
        assert_eq!(before.len(), 1);

        fs::write(root.join("public/fonts/a.woff2"), "made").unwrap();
        assert_eq!(times_of_sources(&root), before);
        fs::write(root.join("public/icon.svg"), "new").unwrap();
        let with_new = times_of_sources(&root);
        assert_ne!(with_new, before);
        let later = SystemTime::now() + Duration::from_secs(5);
        let file = fs::File::options().write(true).open(root.join("src/views/hero.rs")).unwrap();
        file.set_modified(later).unwrap();
        assert_ne!(times_of_sources(&root), with_new);
        fs::remove_dir_all(root).unwrap();
    }
}
