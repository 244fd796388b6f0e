//! `cargo xtask size`: what a first visit loads, after gzip, against its budget.

use std::path::Path;

use anyhow::{Context, Result, bail};
use flate2::Compression;

use crate::page::dist;
use crate::page::files::read_folder;
use crate::server::gzip;

/// Files of the page that are listed together.
struct Group {
    title: &'static str,
    /// What the files' names begin with; the longest beginning counts.
    prefix: &'static str,
    /// What their names end in: that of a chunk, or nothing.
    suffix: &'static str,
    /// Moment of loading, and bytes of wasm and js after gzip that are allowed then.
    budget: (&'static str, usize),
}

/// The programs: a visit loads the first one before anything is dropped, the page starts the
/// others when they are needed (`tests/e2e/smoke.spec.mjs` watches). The worker of beatmaps
/// has features, star rating, and Burn for the training of classifiers. The analysis worker has
/// star ratings too (some 50 kB: they choose the two difficulties of a pair), names in Shift-JIS
/// (10 kB), packs, four kinds of audio headers, what is kept between visits, and the evidence of
/// pairs and of sets (some 95 kB with its files). It and the results worker write all that is
/// saved: tables as CSV, figures, methods. The audio worker has four decoders (two fifths of its
/// code), the reader of archives and nothing of beatmaps; few runs need it. The later parts have the
/// sheet and panel of evidence (47 kB).
const PROGRAMS: [Group; 14] = [
    Group { title: "app: js and wasm", prefix: "", suffix: "", budget: ("first load", 400_000) },
    Group {
        title: "later parts: wasm (a chunk of the app; loads after the first chart)",
        prefix: "osu-cartography",
        suffix: "_split_later.wasm",
        budget: ("later parts, after the first chart", 240_000),
    },
    Group {
        title: "analysis worker: js and wasm (loads with the first file)",
        prefix: "carto-worker",
        suffix: "",
        budget: ("analysis worker, with the first file", 585_000),
    },
    Group {
        title: "audio worker: js and wasm (loads when a lag is left open and recordings may tell)",
        prefix: "carto-audio-worker",
        suffix: "",
        budget: ("audio worker, with the first song that is heard", 320_000),
    },
    Group {
        title: "results worker: js and wasm (loads when a result is opened, sent or saved)",
        prefix: "carto-results-worker",
        suffix: "",
        budget: ("results worker, with the first result", 350_000),
    },
    Group {
        title: "walk through folders: js and wasm (loads with the first folder)",
        prefix: "carto-folders",
        suffix: "",
        budget: ("walk through folders, with the first folder", 60_000),
    },
    Group {
        title: "encoder worker: js and wasm (loads when latents are asked for)",
        prefix: "carto-encoder",
        suffix: "",
        budget: ("encoder worker, with the first latents", 1_200_000),
    },
    Group {
        title: "encoder worker with relaxed SIMD (loads in its place where it can)",
        prefix: "carto-encoder-relaxed",
        suffix: "",
        budget: ("encoder worker with relaxed SIMD, with the first latents", 1_200_000),
    },
    Group {
        title: "beatmaps worker: js and wasm (loads with the first file of that view)",
        prefix: "carto-beatmaps-worker",
        suffix: "",
        budget: ("beatmaps worker, with the first file of its view", 680_000),
    },
    Group {
        title: "view of beatmaps: js and wasm (loads when it is opened)",
        prefix: "carto-beatmaps-view",
        suffix: "",
        budget: ("view of beatmaps, when it is opened", 325_000),
    },
    Group {
        title: "view of one song: js and wasm (loads when it is opened)",
        prefix: "carto-song-view",
        suffix: "",
        budget: ("view of one song, when it is opened", 300_000),
    },
    Group {
        title: "song worker: js and wasm (loads with the first song that is opened)",
        prefix: "carto-song-worker",
        suffix: "",
        budget: ("song worker, with the first song that is opened", 400_000),
    },
    Group {
        title: "view of mappers: js and wasm (loads when it is opened)",
        prefix: "carto-mapper-view",
        suffix: "",
        budget: ("view of mappers, when it is opened", 300_000),
    },
    Group {
        title: "mapper worker: js and wasm (loads when the view of mappers is opened)",
        prefix: "carto-mapper-worker",
        suffix: "",
        budget: ("mapper worker, when the view of mappers is opened", 700_000),
    },
];

/// One file of the built page.
struct BuiltFile {
    /// Path below `dist/`.
    name: String,
    raw_bytes: usize,
    gzip_bytes: usize,
}

/// Prints a table of `dist/` and compares it with the budget.
///
/// # Errors
///
/// Fails above the budget, and when there is no built page or no wasm in it.
pub(crate) fn size() -> Result<()> {
    let files = built_files(&dist()).context("no built page: run cargo xtask build first")?;
    let mut sums = Vec::new();
    for (idx, group) in PROGRAMS.iter().enumerate() {
        sums.push(print_group(&files, group.title, |name| program_of(name) == Some(idx)));
    }
    let is_page =
        |name: &str| name == "sw.js" || extension(name) == "html" || extension(name) == "css";
    print_group(&files, "page: html with its styles, service worker (not in the budget)", is_page);
    print_group(
        &files,
        "fonts: as they are (not in the budget; a subset loads when a title needs it)",
        |name| extension(name) == "woff2",
    );
    if sums.first() == Some(&0) {
        bail!("dist/ holds no program: run cargo xtask build first");
    }
    PROGRAMS.iter().zip(sums).try_for_each(|(group, n_bytes)| within(group.budget, n_bytes))
}

fn within((what, budget): (&str, usize), n_bytes: usize) -> Result<()> {
    let (shown, limit) = (grouped(n_bytes), grouped(budget));
    println!("{what}: {shown} of {limit} bytes of wasm and js after gzip -9");
    if n_bytes > budget {
        bail!("{what}: {} bytes above the budget", grouped(n_bytes - budget));
    }
    Ok(())
}

fn built_files(dir: &Path) -> Result<Vec<BuiltFile>> {
    let files = read_folder(dir)?.into_iter().map(|(name, bytes)| BuiltFile {
        raw_bytes: bytes.len(),
        gzip_bytes: match extension(&name) {
            "woff2" => bytes.len(), // Compressed by its own format.
            "js" | "wasm" | "html" | "css" => gzip(&bytes, Compression::best()).len(),
            _ => 0, // Figures, licences and icons, which no group has.
        },
        name,
    });
    Ok(files.collect())
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// Index of the program that a file belongs to. The service worker comes once the page stands.
fn program_of(name: &str) -> Option<usize> {
    let is_program = name != "sw.js" && matches!(extension(name), "js" | "wasm");
    let fits = |group: &Group| name.starts_with(group.prefix) && name.ends_with(group.suffix);
    let fitting = PROGRAMS.iter().enumerate().filter(|(_, group)| fits(group));
    let longest = fitting.max_by_key(|(_, group)| group.prefix.len() + group.suffix.len());
    longest.map(|(idx, _)| idx).filter(|_| is_program)
}

/// Prints the files of one group; returns their bytes after gzip.
fn print_group(files: &[BuiltFile], title: &str, is_of_group: impl Fn(&str) -> bool) -> usize {
    println!("{title}");
    let (mut raw, mut gzip) = (0, 0);
    for file in files.iter().filter(|file| is_of_group(&file.name)) {
        (raw, gzip) = (raw + file.raw_bytes, gzip + file.gzip_bytes);
        let (raw, gzip) = (grouped(file.raw_bytes), grouped(file.gzip_bytes));
        println!("  {gzip:>9} gzip {raw:>11} raw  {}", file.name);
    }
    println!("  {:>9} gzip {:>11} raw  together\n", grouped(gzip), grouped(raw));
    gzip
}

/// `1234567` as `1,234,567`.
fn grouped(n: usize) -> String {
    if n < 1000 { n.to_string() } else { format!("{},{:03}", grouped(n / 1000), n % 1000) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_counts_and_a_worker_counts_apart() {
        let prefix = |name| program_of(name).map(|idx| PROGRAMS[idx].prefix);
        let chunk = "osu-cartography-0123456789abcdef_split_later.wasm";
        assert_eq!(program_of(chunk).map(|idx| PROGRAMS[idx].suffix), Some("_split_later.wasm"));
        assert_eq!(prefix("osu-cartography-0123456789abcdef_chunks.js"), Some(""));
        assert_eq!(prefix("osu-cartography-0123456789abcdef_bg.wasm"), Some(""));
        assert_eq!(prefix("snippets/leptos-1/inline0.js"), Some(""));
        assert_eq!(prefix("carto-worker-0123456789abcdef_loader.js"), Some("carto-worker"));
        let relaxed = "carto-encoder-relaxed-0123456789abcdef_bg.wasm";
        assert_eq!(prefix(relaxed), Some("carto-encoder-relaxed"));
        assert_eq!(prefix("carto-encoder-0123456789abcdef.js"), Some("carto-encoder"));
        let beatmaps = "carto-beatmaps-worker-0123456789abcdef_bg.wasm";
        assert_eq!(prefix(beatmaps), Some("carto-beatmaps-worker"));
        assert_eq!(prefix("fonts/archivo-LICENSE.txt"), None);
        assert_eq!(prefix("sw.js"), None);
    }

    #[test]
    fn thousands_are_set_off() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
