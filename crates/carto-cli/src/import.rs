use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};
use carto_results::{read_any, write_result};
use carto_types::RunResult;

use crate::{args, whole};

/// The largest file that is read; the page has the same limit.
const MAX_BYTES: u64 = 64 << 20;

/// Makes a result file of files in the published layouts.
pub(crate) fn run(args: &args::Import) -> Result<()> {
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
    whole::write(&args.out, write_result(&result).as_bytes())?;
    if let Some(path) = &args.shown {
        whole::write(path, &carto_protocol::encode(&carto_results::shown(&result))?)?;
    }
    say!("{} in {}", parts(&result).join(", "), args.out.display());
    Ok(())
}

/// A result from one file of our own or any of the published layouts.
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

/// What a result has figures for.
pub(crate) fn parts(result: &RunResult) -> Vec<&'static str> {
    let parts = [
        ("Track A", result.track_a.is_some()),
        ("Track B", result.track_b.is_some()),
        ("the synthesis", result.synthesis.is_some()),
        ("held-out songs", result.held_out.is_some()),
    ];
    parts.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name).collect()
}
