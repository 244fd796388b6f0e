//! Styles: those of the first view stand in the page itself, so that a first visit paints
//! without waiting for another answer; the others are one file behind the words.

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
