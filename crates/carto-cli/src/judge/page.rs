//! The card as a part of a page, which the site puts behind a fold.

use std::fmt::Write;

use super::card::Card;
use super::describe::{limits, tables};

/// Tables and sentences; no head, no style, no script.
pub(super) fn html(card: &Card) -> String {
    let mut html = String::from("<div class=\"card\">\n");
    for table in tables(card) {
        let _ = writeln!(html, "<h3>{}</h3>\n<p>{}</p>", text(table.heading), text(&table.how));
        let _ = write!(html, "<table class=\"card__table\">\n<thead><tr>");
        for head in table.head {
            // A head without words would be read out as one.
            let _ = match head.is_empty() {
                true => write!(html, "<td></td>"),
                false => write!(html, "<th scope=\"col\">{}</th>", text(head)),
            };
        }
        html.push_str("</tr></thead>\n<tbody>\n");
        for row in table.rows {
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
    }
    html.push_str("<h3>What it is not</h3>\n<ul>\n");
    for limit in limits(card) {
        let _ = writeln!(html, "<li>{}</li>", text(limit));
    }
    html.push_str("</ul>\n</div>\n");
    html
}

fn text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
