//! Styles of the first view in the page itself, so that a first visit paints without
//! waiting for another answer; the others in one file behind the words.

use std::path::Path;

use anyhow::{Context, Result};

use crate::postbuild::{content_hash, read, remove, write};

/// The sheets that the first view needs, by the beginning of their names. The page
/// with them should stay below 14 kB after gzip, which a server sends at once.
const FIRST: [&str; 5] = ["tokens-", "faces-", "base-", "components-", "hero-"];

/// Puts the style sheets that the first view needs into one `<style>` in the place of
/// the first of all, and the others into one file that is linked at the end of the
/// body. A finished page stays as it is.
///
/// What stands before such a link is painted without it, and the page's program, which
/// draws the rest, starts after it.
///
/// # Errors
///
/// Names the file that cannot be read, written or removed.
pub(crate) fn split_styles(dist: &Path, html: &str) -> Result<String> {
    let mut page = String::with_capacity(html.len());
    let (mut first, mut later) = (String::new(), String::new());
    let (mut styles_at, mut rest) = (None, html);
    while let Some(start) = rest.find(LINK) {
        let (before, link) = rest.split_at(start);
        let (tag, after) = link.split_once('>').context("a <link> has no end")?;
        let name = tag[LINK.len()..].split('"').next().unwrap_or_default();
        if name.starts_with(LATER) {
            return Ok(html.to_owned());
        }
        let is_first = FIRST.iter().any(|prefix| name.starts_with(prefix));
        let styles = if is_first { &mut first } else { &mut later };
        styles.push_str(&compact(&read(&dist.join(name))?));
        remove(&dist.join(name))?;
        page.push_str(before.trim_end());
        styles_at.get_or_insert(page.len());
        rest = after;
    }
    page.push_str(rest);
    let Some(at) = styles_at else { return Ok(page) };
    page.insert_str(at, &format!("\n    {STYLE}{first}{STYLE_END}"));
    let name = format!("{LATER}{}.css", content_hash(later.as_bytes()));
    write(&dist.join(&name), &later)?;
    let end = page.rfind("</body>").context("index.html has no </body>")?;
    page.insert_str(end, &format!("{LINK}{name}\">\n"));
    Ok(page)
}

/// What stands in the page's `<style>`, for the policy to allow it and nothing else.
pub(crate) fn inlined_styles(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once(STYLE)?;
    rest.split_once(STYLE_END).map(|(styles, _)| styles)
}

const LINK: &str = "<link rel=\"stylesheet\" href=\"./";
const LATER: &str = "later-";
const STYLE: &str = "<style>";
const STYLE_END: &str = "</style>";

/// The same rules without comments and indentation, one line each as before.
fn compact(css: &str) -> String {
    let mut without = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        without.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    without.push_str(rest);
    without.lines().map(str::trim).filter(|line| !line.is_empty()).fold(
        String::new(),
        |mut lines, line| {
            lines.push_str(line);
            lines.push('\n');
            lines
        },
    )
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn sheets_are_joined_in_their_order() {
        let dist = std::env::temp_dir().join(format!("xtask-styles-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        fs::write(dist.join("base-1.css"), "/* A */\na {\n  top: 0; /* up */\n}\n\n").unwrap();
        fs::write(dist.join("run-2.css"), "b{}\n").unwrap();
        fs::write(dist.join("songs-3.css"), "c{}\n").unwrap();
        let html = "<link rel=\"stylesheet\" href=\"./base-1.css\" integrity=\"x\"/>\
                    <link rel=\"stylesheet\" href=\"./run-2.css\">\
                    <link rel=\"stylesheet\" href=\"./songs-3.css\"><body><p></p></body>";
        let page = split_styles(&dist, html).unwrap();
        let later = format!("later-{}.css", content_hash(b"b{}\nc{}\n"));
        let expected = format!(
            "\n    <style>a {{\ntop: 0;\n}}\n</style><body><p></p>\
             <link rel=\"stylesheet\" href=\"./{later}\">\n</body>"
        );
        assert_eq!(page, expected);
        assert_eq!(inlined_styles(&page), Some("a {\ntop: 0;\n}\n"));
        assert_eq!(fs::read_to_string(dist.join(later)).unwrap(), "b{}\nc{}\n");
        assert!(!dist.join("base-1.css").exists() && !dist.join("run-2.css").exists());
        assert_eq!(split_styles(&dist, &page).unwrap(), page, "a finished page stays");
        fs::remove_dir_all(dist).unwrap();
    }
}
