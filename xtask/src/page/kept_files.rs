//! The service worker's list of files: the page's `sw.js` from `www/sw.js`.

use std::fmt::Write as _;

use anyhow::{Context, Result};

use super::files::{PageFiles, sha256_hex};

/// What the other views need, by the names that it begins with: fetched once the browser has
/// nothing else to do, where fetching costs nobody anything.
const IDLE_PREFIXES: [&str; 9] = [
    "carto-audio-worker",
    "carto-beatmaps",
    "carto-encoder",
    "carto-mapper-",
    "carto-song-",
    "models/classifier.bin",
    "models/classifier.card.html",
    "models/encoder.safetensors",
    "models/encoder.card.html",
];
/// What is kept only once it is used: the names that it begins with, or ends in. Among them
/// are models that are hundreds of times as large, such as the published encoder.
const LATER_PREFIXES: [&str; 2] = ["models/", "icons/"];
const LATER_SUFFIXES: [&str; 1] = ["-LICENSE.txt"];
/// What the page and most titles are written in; other alphabets come with a title.
const FIRST_FONTS: [&str; 2] = ["-first-", "-latin-w"];

/// Adds the service worker to the page: `script`, with the name and the SHA-256 of every
/// other file.
///
/// # Errors
///
/// Says what the script lacks.
pub(crate) fn insert_service_worker(files: &mut PageFiles, script: &str) -> Result<()> {
    let [mut first, mut idle, mut later] = [const { String::new() }; 3];
    for (name, bytes) in files.iter() {
        let list = match moment(name) {
            Moment::First => &mut first,
            Moment::Idle => &mut idle,
            Moment::Used => &mut later,
        };
        // The page is asked for by the site's address.
        let name = if name == "index.html" { "./" } else { name };
        let _ = writeln!(list, "  '{name}': '{}',", sha256_hex(bytes));
    }
    let lists = [("first", first), ("idle", idle), ("later", later)];
    let filled = lists
        .iter()
        .try_fold(script.to_owned(), |script, (list, entries)| fill(&script, list, entries))?;
    files.insert("sw.js", filled.into_bytes())
}

/// When a file is fetched to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// After a first visit, before the service worker is ready.
    First,
    /// Once the browser has nothing else to do.
    Idle,
    /// When it is used first.
    Used,
}

fn moment(name: &str) -> Moment {
    let is_other_font =
        name.ends_with(".woff2") && !FIRST_FONTS.iter().any(|font| name.contains(font));
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| name.starts_with(prefix));
    if begins(&IDLE_PREFIXES) {
        Moment::Idle
    } else if is_other_font
        || begins(&LATER_PREFIXES)
        || LATER_SUFFIXES.iter().any(|suffix| name.ends_with(suffix))
    {
        Moment::Used
    } else {
        Moment::First
    }
}

/// Puts `entries` between the marks of one list, in place of what stands there.
fn fill(worker: &str, list: &str, entries: &str) -> Result<String> {
    let opening = format!("/* {list} */ {{");
    let closing = "} /* end */";
    let marks = worker
        .split_once(&opening)
        .and_then(|(before, rest)| rest.split_once(closing).map(|(_, after)| (before, after)));
    let (before, after) = marks.with_context(|| format!("sw.js has no {opening} {closing}"))?;
    Ok(format!("{before}{opening}\n{entries}{closing}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_visit_fetches_what_it_needs_and_no_encoder() {
        for name in [
            "index.html",
            "osu-cartography-0123456789abcdef_bg.wasm",
            "carto-worker-0123456789abcdef_loader.js",
            "fonts/archivo-latin-wdth-normal.woff2",
            "fonts/literata-first-italic.woff2",
            "published/published.bin",
            "cite.html",
            "LICENSE.txt",
        ] {
            assert_eq!(moment(name), Moment::First, "{name}");
        }
        for name in [
            "carto-encoder-relaxed-0123456789abcdef_bg.wasm",
            "carto-beatmaps-worker-0123456789abcdef_bg.wasm",
            "carto-beatmaps-view-0123456789abcdef_loader.js",
            "carto-song-view-0123456789abcdef_bg.wasm",
            "carto-mapper-worker-0123456789abcdef_bg.wasm",
            "models/encoder.safetensors",
            "models/classifier.bin",
        ] {
            assert_eq!(moment(name), Moment::Idle, "{name}");
        }
        for name in [
            "models/published.safetensors",
            "models/decoder.safetensors",
            "fonts/literata-latin-ext-wght-normal.woff2",
            "fonts/literata-cyrillic-wght-italic.woff2",
            "fonts/archivo-LICENSE.txt",
        ] {
            assert_eq!(moment(name), Moment::Used, "{name}");
        }
    }

    #[test]
    fn the_lists_are_filled_again_and_again() {
        let once = fill(include_str!("../../../www/sw.js"), "first", "  'a': 'b',\n").unwrap();
        assert!(once.contains("FIRST = /* first */ {\n  'a': 'b',\n} /* end */;"), "{once}");
        let twice = fill(&once, "first", "  'c': 'd',\n").unwrap();
        assert!(twice.contains("'c': 'd'") && !twice.contains("'a': 'b'"), "{twice}");
        assert!(fill(&once, "third", "").is_err());
    }

    #[test]
    fn the_page_is_kept_under_its_address_and_the_script_not_at_all() {
        let mut files = PageFiles::default();
        files.insert("index.html", b"abc".to_vec()).unwrap();
        insert_service_worker(&mut files, include_str!("../../../www/sw.js")).unwrap();
        let script = String::from_utf8(files.take("sw.js").unwrap()).unwrap();
        assert!(script.contains(&format!("'./': '{}'", sha256_hex(b"abc"))), "{script}");
        assert!(!script.contains("'sw.js'"));
    }
}
