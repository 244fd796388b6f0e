//! `carto import`: a result file from tables in the published layouts.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use carto_results::{read_any, write_result};
use carto_types::RunResult;

use crate::files::write_atomic;

/// The largest file that is read; the page has the same limit.
const MAX_BYTES: u64 = 64 << 20;

/// Make a result file for the page from tables in the published layouts
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// track_a.json, track_b.json, synthesis.json, track_b_cv.json, cv_comparison.json of the
    /// published site, or *_results.json of a run; recognised by content
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Result file to write
    #[arg(long, value_name = "FILE.json")]
    out: PathBuf,
    /// Same result in the binary form that the page loads first
    #[arg(long, value_name = "FILE.bin")]
    shown: Option<PathBuf>,
    /// Name of the result instead of the files' names
    #[arg(long, value_name = "N")]
    name: Option<String>,
    /// Program that made the figures
    #[arg(long, value_name = "P")]
    program: Option<String>,
    /// Address of the program's source or of its data
    #[arg(long, value_name = "R")]
    repository: Option<String>,
    /// Commit of that repository
    #[arg(long, value_name = "C")]
    commit: Option<String>,
    /// Say that latents were drawn from the encoder's distributions, with a seed that is not recorded
    #[arg(long)]
    drawn_latents: bool,
    /// Day or month in which the figures were made or fetched
    #[arg(long, value_name = "YYYY-MM[-DD]", value_parser = parse_date)]
    date: Option<String>,
}

/// Reads a day, or a month where the day is not known.
fn parse_date(text: &str) -> Result<String, String> {
    let day = if text.len() == "2026-03".len() { format!("{text}-01") } else { text.to_owned() };
    parse_day(&day).map(|_| text.to_owned()).map_err(|day| format!("{day}, or a month as 2026-03"))
}

/// Reads a day: `2026-03-01`.
///
/// # Errors
///
/// What a day looks like.
pub(crate) fn parse_day(text: &str) -> Result<String, String> {
    let fits = |(byte, place): (u8, u8)| match place {
        b'-' => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    let is_layout = text.len() == 10 && text.bytes().zip(*b"0000-00-00").all(fits);
    let number = |range: std::ops::Range<usize>| {
        text.get(range).and_then(|digits| digits.parse::<u32>().ok())
    };
    let is_day = is_layout
        && number(5..7).is_some_and(|month| (1..=12).contains(&month))
        && number(8..10).is_some_and(|day| (1..=31).contains(&day));
    if is_day { Ok(text.to_owned()) } else { Err("a day as 2026-03-01".to_owned()) }
}

/// Makes a result file of files in the published layouts.
///
/// # Errors
///
/// A file that cannot be read as one of them, one that cannot be written.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut result = read(&args.paths)?;
    if let Some(name) = &args.name {
        result.name.clone_from(name);
    }
    if let Some(program) = &args.program {
        result.origin.program.clone_from(program);
    }
    let origin = &mut result.origin;
    let fields = [
        (&mut origin.repository, &args.repository),
        (&mut origin.commit, &args.commit),
        (&mut origin.date, &args.date),
    ];
    for (field, given) in fields {
        if given.is_some() {
            field.clone_from(given);
        }
    }
    result.parameters.is_seed_unrecorded |= args.drawn_latents;
    write_atomic(&args.out, write_result(&result).as_bytes())?;
    let parts = part_names(&result).join(", ");
    if let Some(path) = &args.shown {
        write_atomic(path, &carto_protocol::encode(&carto_results::shown(result))?)?;
    }
    print_line!("{parts} in {}", args.out.display());
    Ok(())
}

/// Reads a result: from one result file, or from files in any of the published layouts.
///
/// # Errors
///
/// A file that cannot be read, is too large or has another layout.
pub(crate) fn read(paths: &[impl AsRef<Path>]) -> Result<RunResult> {
    let mut texts = Vec::new();
    for path in paths {
        let path = path.as_ref();
        let text = text(path).with_context(|| format!("{} cannot be read", path.display()))?;
        texts.push((path.display().to_string(), text));
    }
    let texts: Vec<_> = texts.iter().map(|(name, text)| (&**name, &**text)).collect();
    match texts.as_slice() {
        [(name, _)] => read_any(&texts).with_context(|| (*name).to_owned()),
        _ => Ok(read_any(&texts)?),
    }
}

fn text(path: &Path) -> Result<String> {
    let mut text = String::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MAX_BYTES {
        bail!("it is larger than any results are");
    }
    Ok(text)
}

/// Names of the parts of the study that a result has figures for.
pub(crate) fn part_names(result: &RunResult) -> Vec<&'static str> {
    let parts = [
        ("Track A", result.track_a.is_some()),
        ("Track B", result.track_b.is_some()),
        ("the synthesis", result.synthesis.is_some()),
        ("held-out songs", result.held_out.is_some()),
    ];
    parts.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name).collect()
}
