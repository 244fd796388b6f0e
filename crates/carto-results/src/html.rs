//! Pieces of a page: no scripts, no styles, every text escaped.

use std::fmt::Write;

/// A table whose rows are named by their first cell.
///
/// - `caption`, `heads`, cells: text, which is escaped here
pub(crate) fn table(
    html: &mut String,
    caption: &str,
    heads: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) {
    let caption = escaped(caption);
    let _ = write!(html, "<table class=\"card__table\"><caption>{caption}</caption><thead><tr>");
    for head in heads {
        // Above the names of the rows stands nothing: no head, then.
        let _ = match head.is_empty() {
            true => write!(html, "<td></td>"),
            false => write!(html, "<th scope=\"col\">{}</th>", escaped(head)),
        };
    }
    html.push_str("</tr></thead><tbody>");
    for row in rows {
        html.push_str("<tr>");
        for (place, cell) in row.iter().enumerate() {
            let cell = escaped(cell);
            let _ = match place {
                0 => write!(html, "<th scope=\"row\">{cell}</th>"),
                _ => write!(html, "<td>{cell}</td>"),
            };
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table>\n");
}

/// A text that is nothing but text in a page, in an attribute too.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_a_tag() {
        let mut html = String::new();
        let cells = vec!["<b>".to_owned(), "\"x\" & 'y'".to_owned()];
        table(&mut html, "<i>", &["<u>"], [cells].into_iter());
        assert_eq!(
            html,
            "<table class=\"card__table\"><caption>&lt;i&gt;</caption><thead><tr>\
             <th scope=\"col\">&lt;u&gt;</th></tr></thead><tbody><tr>\
             <th scope=\"row\">&lt;b&gt;</th><td>&quot;x&quot; &amp; &#39;y&#39;</td></tr></tbody></table>\n"
        );
    }
}
