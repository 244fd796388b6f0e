//! Tables of cards, as Markdown and as a part of a page.

use std::fmt::Write;

pub(crate) use carto_charts::number::grouped as thousands;

/// One table for a card: its heading, a sentence on how it is measured, its head
/// and rows.
pub(crate) struct Table {
    pub(crate) heading: &'static str,
    pub(crate) how: String,
    pub(crate) head: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    /// Under a heading of the second level, ended by an empty line.
    pub(crate) fn markdown(&self) -> String {
        let mut text = format!("## {}\n\n{}\n\n", self.heading, self.how);
        let _ = writeln!(text, "| {} |", self.head.join(" | "));
        let _ = writeln!(text, "|{}", "---|".repeat(self.head.len()));
        for row in &self.rows {
            let _ = writeln!(text, "| {} |", row.join(" | "));
        }
        text.push('\n');
        text
    }

    fn html(&self) -> String {
        let mut html = format!("<h3>{}</h3>\n<p>{}</p>\n", text(self.heading), text(&self.how));
        html.push_str("<table class=\"card__table\">\n<thead><tr>");
        for head in &self.head {
            // A head without words would be read out as one.
            let _ = match head.is_empty() {
                true => write!(html, "<td></td>"),
                false => write!(html, "<th scope=\"col\">{}</th>", text(head)),
            };
        }
        html.push_str("</tr></thead>\n<tbody>\n");
        for row in &self.rows {
            html.push_str("<tr>");
            for (place, cell) in row.iter().enumerate() {
                let cell = text(cell);
                let _ = match place {
                    0 => write!(html, "<th scope=\"row\">{cell}</th>"),
                    _ => write!(html, "<td>{cell}</td>"),
                };
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody>\n</table>\n");
        html
    }
}

/// Tables and sentences; no head, no style, no script.
pub(crate) fn html(tables: &[Table], limits: &[&str]) -> String {
    let mut html = String::from("<div class=\"card\">\n");
    tables.iter().for_each(|table| html.push_str(&table.html()));
    html.push_str("<h3>What it is not</h3>\n<ul>\n");
    for limit in limits {
        let _ = writeln!(html, "<li>{}</li>", text(limit));
    }
    html.push_str("</ul>\n</div>\n");
    html
}

/// Without markup.
pub(crate) fn text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_markup_stays_text() {
        let table = Table {
            heading: "A < B",
            how: "How & why.".to_owned(),
            head: vec!["", "n"],
            rows: vec![vec!["<i>".to_owned(), "1".to_owned()]],
        };
        let html = html(&[table], &["x > y"]);
        assert!(html.contains("<h3>A &lt; B</h3>\n<p>How &amp; why.</p>"));
        assert!(html.contains("<tr><td></td><th scope=\"col\">n</th></tr>"));
        assert!(html.contains("<tr><th scope=\"row\">&lt;i&gt;</th><td>1</td></tr>"));
        assert!(html.contains("<li>x &gt; y</li>"));
    }
}
