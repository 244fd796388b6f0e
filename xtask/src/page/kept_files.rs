//! The service worker's list of files: the page's `sw.js` from `www/sw.js`.

use std::fmt::Write as _;

use anyhow::{Context, Result};

use super::files::{PageFiles, sha256_hex};

/// What is kept only once it is used: the names that it begins with, or ends in.
/// Everything else of the site is fetched after a first visit.
const LATER_PREFIXES: [&str; 4] = ["carto-beatmaps", "carto-encoder", "models/", "icons/"];
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
    let (mut first, mut later) = (String::new(), String::new());
    for (name, bytes) in files.iter() {
        let list = if is_kept_later(name) { &mut later } else { &mut first };
        // The page is asked for by the site's address.
        let name = if name == "index.html" { "./" } else { name };
        let _ = writeln!(list, "  '{name}': '{}',", sha256_hex(bytes));
    }
    let filled = fill(&fill(script, "first", &first)?, "later", &later)?;
    files.insert("sw.js", filled.into_bytes())
}

fn is_kept_later(name: &str) -> bool {
    let is_other_font =
        name.ends_with(".woff2") && !FIRST_FONTS.iter().any(|font| name.contains(font));
    is_other_font
        || LATER_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || LATER_SUFFIXES.iter().any(|suffix| name.ends_with(suffix))
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
        ] {
            assert!(!is_kept_later(name), "{name}");
        }
        for name in [
            "carto-encoder-relaxed-0123456789abcdef_bg.wasm",
            "carto-beatmaps-worker-0123456789abcdef_bg.wasm",
            "models/encoder.safetensors",
            "fonts/literata-latin-ext-wght-normal.woff2",
            "fonts/literata-cyrillic-wght-italic.woff2",
        ] {
            assert!(is_kept_later(name), "{name}");
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
