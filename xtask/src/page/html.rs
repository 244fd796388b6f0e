//! `index.html`: the tags that name files, and the style sheets. Those of the first view stand in
//! the page itself, so that a first visit paints without waiting for another answer.

use anyhow::{Context, Result};

/// A `<link ...>`, or a `<script ...></script>` with what stands in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag<'a>(&'a str);

impl<'a> Tag<'a> {
    pub(crate) fn is_script(self) -> bool {
        self.0.starts_with("<script")
    }

    /// The value of an attribute; empty where it has none.
    pub(crate) fn attribute(self, name: &str) -> Option<&'a str> {
        let opening = self.0.split_once('>').map_or(self.0, |(opening, _)| opening);
        let mut rest = opening.split_once(char::is_whitespace)?.1.trim_start();
        while !rest.is_empty() {
            let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let (found, after) = rest.split_at(end);
            let (value, after) = match after.strip_prefix("=\"").and_then(|v| v.split_once('"')) {
                Some(quoted) => quoted,
                None => ("", after),
            };
            if found == name {
                return Some(value);
            }
            rest = after.trim_start();
        }
        None
    }
}

/// Replaces tags: `replace` gives what stands in the place of one, or `None` for a tag
/// that stays. Where it gives nothing, the line goes too. Comments are passed over.
///
/// # Errors
///
/// Those of `replace`, and a tag or comment without an end.
pub(crate) fn replace_tags(
    html: &str,
    mut replace: impl FnMut(Tag) -> Result<Option<String>>,
) -> Result<String> {
    let mut page = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        let end_mark = [("<!--", "-->"), ("<link", ">"), ("<script", "</script>")]
            .into_iter()
            .find_map(|(opening, closing)| tag.starts_with(opening).then_some(closing));
        let Some(end_mark) = end_mark else {
            page.push_str(&rest[..=start]);
            rest = &rest[start + 1..];
            continue;
        };
        let end = tag.find(end_mark).with_context(|| {
            format!("index.html: no {end_mark} after {}", tag.lines().next().unwrap_or_default())
        })?;
        let (tag, after) = tag.split_at(end + end_mark.len());
        let replaced = if end_mark == "-->" { None } else { replace(Tag(tag))? };
        match replaced.as_deref() {
            Some("") => page.push_str(before.trim_end()),
            other => {
                page.push_str(before);
                page.push_str(other.unwrap_or(tag));
            }
        }
        rest = after;
    }
    page.push_str(rest);
    Ok(page)
}

/// The style sheets of the page, joined in their order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Styles {
    /// What stands in the page. The page with it should stay below 14 kB after gzip,
    /// which a server sends at once.
    pub(crate) inline: String,
    /// What is linked at the end of the body: what stands before such a link is painted
    /// without it, and the page's program, which draws the rest, starts after it.
    pub(crate) later: String,
}

impl Styles {
    /// Adds one sheet, without comments and indentation.
    pub(crate) fn push(&mut self, css: &str, is_inline: bool) {
        let styles = if is_inline { &mut self.inline } else { &mut self.later };
        styles.push_str(&compact(css));
    }
}

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
    use super::*;

    #[test]
    fn attributes_are_found_by_their_whole_name() {
        let tag = Tag("<link data-rel=\"a\" rel=\"b c\" defer href=\"./x.css\" data-inline>");
        assert_eq!(tag.attribute("rel"), Some("b c"));
        assert_eq!(tag.attribute("href"), Some("./x.css"));
        assert_eq!(tag.attribute("defer"), Some(""));
        assert_eq!(tag.attribute("data-inline"), Some(""));
        assert_eq!(tag.attribute("inline"), None);
        assert_eq!(Tag("<script>src=\"a\"</script>").attribute("src"), None);
        assert!(Tag("<script></script>").is_script());
    }

    #[test]
    fn a_tag_stays_goes_or_changes_and_a_comment_is_none() {
        let html = "<p>\n  <link a>\n  <link b>\n  <script c></script>\n  <!-- <link a> -->\n</p>";
        let page = replace_tags(html, |tag| {
            Ok(match () {
                () if tag.attribute("a").is_some() => Some(String::new()),
                () if tag.is_script() => Some("<i>".to_owned()),
                () => None,
            })
        });
        assert_eq!(page.unwrap(), "<p>\n  <link b>\n  <i>\n  <!-- <link a> -->\n</p>");
        assert!(replace_tags("<script>", |_| Ok(None)).is_err());
    }

    #[test]
    fn sheets_are_joined_in_their_order_without_comments() {
        let mut styles = Styles::default();
        styles.push("/* A */\na {\n  top: 0; /* up */\n}\n\n", true);
        styles.push("b{}\n", false);
        styles.push("c{}\n", false);
        let expected =
            Styles { inline: "a {\ntop: 0;\n}\n".to_owned(), later: "b{}\nc{}\n".to_owned() };
        assert_eq!(styles, expected);
    }
}
