//! `cargo xtask site` and `cargo xtask published`: `dist/` as it is published, with the published
//! encoder beside it, and the published figures that the page opens on.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::page::assemble::Extras;
use crate::page::build_with;
use crate::page::files::{read, sha256_hex};
use crate::process::{cargo, command, root, run};
use crate::size::size;

/// Where the converted encoder lies, relative to the page.
const BESIDE: &str = "models/published.safetensors";
const META: &str = "name=\"carto-published-encoder\"";

/// Builds the page with the published encoder beside it where its host can be reached,
/// and prints what a first visit loads.
///
/// Without that host the site is complete but for this: the page then reads the
/// encoder from there, when a visitor asks for it.
///
/// # Errors
///
/// Passes on a failed build and a page above its budget.
pub(crate) fn site() -> Result<()> {
    let extras = encoder_beside().unwrap_or_else(|error| {
        warn(&format!("the published encoder is not beside the page: {error:#}"));
        Extras::default()
    });
    build_with(extras)?;
    size()
}

/// A line that stands out, in the log of a workflow too.
fn warn(text: &str) {
    if std::env::var_os("GITHUB_ACTIONS").is_some() {
        println!("::warning title=cargo xtask site::{text}");
    } else {
        println!("warning: {text}");
    }
}

/// The encoder as a file of the page, and an attribute from which the page learns that
/// it is there.
fn encoder_beside() -> Result<Extras> {
    let published = published_checkpoint(&read(&root().join("index.html"))?)?;
    let checkpoint = download(&published)?;
    let converted = checkpoint.with_extension("safetensors");
    convert(&checkpoint, &converted)?;
    let bytes =
        fs::read(&converted).with_context(|| format!("cannot read {}", converted.display()))?;
    Ok(beside(bytes))
}

fn beside(encoder: Vec<u8>) -> Extras {
    Extras {
        files: vec![(BESIDE.to_owned(), encoder)],
        edits: vec![(META.to_owned(), format!("{META} data-beside=\"./{BESIDE}\""))],
        ..Extras::default()
    }
}

/// The published checkpoint, as the page names it.
#[derive(Debug, PartialEq)]
struct Checkpoint {
    url: String,
    sha256: String,
    n_bytes: u64,
}

fn published_checkpoint(html: &str) -> Result<Checkpoint> {
    let tag = html
        .split_once(META)
        .and_then(|(_, rest)| rest.split_once('>'))
        .map(|(tag, _)| tag)
        .with_context(|| format!("index.html has no <meta {META}>"))?;
    let attribute = |name: &str| {
        tag.split_once(&format!("{name}=\""))
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(value, _)| value.to_owned())
            .with_context(|| format!("the published encoder has no {name}"))
    };
    Ok(Checkpoint {
        url: attribute("content")?,
        sha256: attribute("data-sha256")?,
        n_bytes: attribute("data-size")?.parse().context("data-size is not a number")?,
    })
}

/// Fetches the checkpoint once; it is kept under its hash.
fn download(published: &Checkpoint) -> Result<PathBuf> {
    let dir = root().join("target").join("published");
    fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
    let path = dir.join(format!("{}.ckpt", published.sha256));
    if verify(&path, published).is_ok() {
        return Ok(path);
    }
    let mut curl = command("curl");
    // Neither a slow host nor one that sends without end may hold up a build.
    curl.args(["--fail", "--silent", "--show-error", "--location", "--proto", "=https"])
        .args(["--retry", "3", "--connect-timeout", "20", "--max-time", "900"])
        .args(["--max-filesize", &published.n_bytes.to_string()])
        .arg("--output")
        .arg(&path)
        .arg(&published.url);
    run(&mut curl)?;
    verify(&path, published)?;
    Ok(path)
}

fn verify(path: &Path, published: &Checkpoint) -> Result<()> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let sha256 = sha256_hex(&bytes);
    if bytes.len() as u64 != published.n_bytes || sha256 != published.sha256 {
        bail!("{} has {} bytes with sha256 {sha256}: not the one", path.display(), bytes.len());
    }
    Ok(())
}

fn convert(checkpoint: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_file(to).with_context(|| format!("cannot remove {}", to.display()))?;
    }
    // Half precision: what a visitor loads is half as much.
    let mut convert = cargo(&["run", "--quiet", "--package", "carto-cli", "--"]);
    run(convert.arg("convert").arg(checkpoint).arg(to).arg("--half"))
}

/// Where the figures come from; `../shared/published` holds them as they were then.
const ORIGIN: [(&str, &str); 5] = [
    ("--name", "Published run"),
    ("--program", "recxa/osu-dreamer-cartography"),
    ("--repository", "https://github.com/recxa/osu-dreamer-cartography"),
    ("--commit", "7ec522be87cd3659924c89461d2e17e07dee7e53"),
    ("--date", "2026-02"),
];

/// Writes `public/published/published.{json,bin}`.
///
/// # Errors
///
/// Where `../shared/published` is not there, or holds other files than those of the
/// site.
pub(crate) fn published() -> Result<()> {
    let from = PathBuf::from("../shared/published");
    let entries = fs::read_dir(&from)
        .with_context(|| format!("{} is not there: put the site's files there", from.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    fs::create_dir_all("public/published")?;
    let mut import = cargo(&["run", "--quiet", "--package", "carto-cli", "--", "import"]);
    import.args(paths).args(ORIGIN.iter().flat_map(|(name, value)| [name, value]));
    // The study drew latents, and its program keeps no seed.
    import.args(["--drawn-latents", "--out", "public/published/published.json"]);
    run(import.args(["--shown", "public/published/published.bin"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_published_encoder() {
        let html = include_str!("../../index.html");
        assert_eq!(html.matches(META).count(), 1, "the attribute goes into one tag");
        let published = published_checkpoint(html).unwrap();
        assert!(published.url.starts_with("https://"), "{published:?}");
        assert_eq!(published.sha256.len(), 64);
        assert!(published.n_bytes > 1 << 20);
        assert!(published_checkpoint("<head></head>").is_err());
    }

    #[test]
    fn another_file_is_not_the_published_one() {
        let path = std::env::temp_dir().join(format!("xtask-ckpt-{}", std::process::id()));
        fs::write(&path, b"abc").unwrap();
        let mut abc = Checkpoint { url: String::new(), sha256: sha256_hex(b"abc"), n_bytes: 3 };
        assert!(verify(&path, &abc).is_ok());
        abc.sha256 = sha256_hex(b"abd");
        assert!(verify(&path, &abc).is_err());
        fs::remove_file(path).unwrap();
    }
}
