//! One style sheet out of all that Trunk links, in the page itself: a first visit
//! paints without waiting for another answer.

use std::path::Path;

use anyhow::{Context, Result};

use crate::postbuild::{read, remove};

/// Puts the style sheets of the page, in their order, into one `<style>` in the
/// place of the first. A finished page stays as it is.
///
/// # Errors
///
/// Names the file that cannot be read or removed.
pub(crate) fn inline_styles(dist: &Path, html: &str) -> Result<String> {
    let mut page = String::with_capacity(html.len());
    let (mut styles, mut styles_at, mut rest) = (String::new(), None, html);
    while let Some(start) = rest.find(LINK) {
        let (before, link) = rest.split_at(start);
        let (tag, after) = link.split_once('>').context("a <link> has no end")?;
        let file = tag[LINK.len()..].split('"').next().unwrap_or_default();
        let file = dist.join(file);
        styles.push_str(&compact(&read(&file)?));
        remove(&file)?;
        page.push_str(before.trim_end());
        styles_at.get_or_insert(page.len());
        rest = after;
    }
    page.push_str(rest);
    if let Some(at) = styles_at {
        page.insert_str(at, &format!("\n    {STYLE}{styles}{STYLE_END}"));
    }
    Ok(page)
}

/// What stands in the page's `<style>`, for the policy to allow it and nothing else.
pub(crate) fn inlined_styles(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once(STYLE)?;
    rest.split_once(STYLE_END).map(|(styles, _)| styles)
}

const LINK: &str = "<link rel=\"stylesheet\" href=\"./";
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
        fs::write(dist.join("a-1.css"), "/* A */\na {\n  top: 0; /* up */\n}\n\n").unwrap();
        fs::write(dist.join("b-2.css"), "b{}\n").unwrap();
        let html = "<link rel=\"stylesheet\" href=\"./a-1.css\" integrity=\"x\"/><p>\
                    <link rel=\"stylesheet\" href=\"./b-2.css\"></p>";
        let page = inline_styles(&dist, html).unwrap();
        assert_eq!(page, "\n    <style>a {\ntop: 0;\n}\nb{}\n</style><p></p>");
        assert_eq!(inlined_styles(&page), Some("a {\ntop: 0;\n}\nb{}\n"));
        assert!(!dist.join("a-1.css").exists() && !dist.join("b-2.css").exists());
        assert_eq!(inline_styles(&dist, &page).unwrap(), page, "a finished page stays");
        fs::remove_dir_all(dist).unwrap();
    }
}
