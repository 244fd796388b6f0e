//! What differs between the published figures that come with the page and those
//! that the published site has now.

use std::fmt::Write;

use carto_charts::number::{counted, grouped};
use carto_types::RunResult;
use serde::Serialize;
use serde_json::Value;

use crate::html::table;

/// More would be no table any more.
const MAX_ROWS: usize = 200;

/// One value that is not the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The way to it: `track_a.channels.0.pearson_mean`.
    pub path: String,
    /// The value that came with the page; `None` where there was nothing.
    pub old: Option<String>,
    /// The value on the site now; `None` where there is nothing any more.
    pub new: Option<String>,
}

/// Every value that differs, in the order of the result file, and how many were
/// compared. Name and origin do not count.
#[must_use]
pub fn changes(bundled: &RunResult, live: &RunResult) -> (Vec<Change>, usize) {
    let mut walk = Walk::default();
    for (name, old, new) in parts(bundled, live) {
        walk.values(name, &old, &new);
    }
    (walk.changes, walk.n_compared)
}

fn parts<'a>(
    bundled: &'a RunResult,
    live: &'a RunResult,
) -> impl Iterator<Item = (&'static str, Value, Value)> + use<'a> {
    // A value of our own types is JSON; what is not would differ from nothing.
    fn value<T: Serialize>(part: &T) -> Value {
        serde_json::to_value(part).unwrap_or_default()
    }
    [
        ("counts", value(&bundled.counts), value(&live.counts)),
        ("track_a", value(&bundled.track_a), value(&live.track_a)),
        ("track_b", value(&bundled.track_b), value(&live.track_b)),
        ("synthesis", value(&bundled.synthesis), value(&live.synthesis)),
        ("held_out", value(&bundled.held_out), value(&live.held_out)),
    ]
    .into_iter()
}

#[derive(Default)]
struct Walk {
    changes: Vec<Change>,
    n_compared: usize,
}

impl Walk {
    fn values(&mut self, path: &str, old: &Value, new: &Value) {
        match (old, new) {
            (Value::Object(a), Value::Object(b)) => {
                for (key, new) in b {
                    self.values(&format!("{path}.{key}"), a.get(key).unwrap_or(&Value::Null), new);
                }
            }
            (Value::Array(a), Value::Array(b)) => {
                for idx in 0..a.len().max(b.len()) {
                    let of = |values: &[Value]| values.get(idx).cloned().unwrap_or_default();
                    self.values(&format!("{path}.{idx}"), &of(a), &of(b));
                }
            }
            (old, new) => {
                self.n_compared += 1;
                if old != new {
                    let (old, new) = (shown(old), shown(new));
                    self.changes.push(Change { path: path.to_owned(), old, new });
                }
            }
        }
    }
}

/// A whole table is named, not written out.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Object(_) => Some("a table".to_owned()),
        Value::Array(values) => Some(format!("a list of {}", values.len())),
        Value::String(text) => Some(text.clone()),
        value => Some(value.to_string()),
    }
}

/// The changes as HTML without scripts or styles; `None` where there is none.
#[must_use]
pub fn changes_html(bundled: &RunResult, live: &RunResult) -> Option<String> {
    let (changes, n_compared) = changes(bundled, live);
    if changes.is_empty() {
        return None;
    }
    let mut html = String::new();
    let _ = writeln!(
        html,
        "<h2 id=\"changes-title\" class=\"heading\">{} of {} differ from what came with this \
         page</h2>",
        grouped(changes.len()),
        counted(n_compared, "value", "values")
    );
    let cell = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    let rows = changes.iter().take(MAX_ROWS);
    let rows = rows.map(|change| vec![change.path.clone(), cell(&change.old), cell(&change.new)]);
    table(&mut html, "Values that differ", &["value", "with this page", "on the site"], rows);
    if let Some(n_more) = changes.len().checked_sub(MAX_ROWS).filter(|&n_more| n_more > 0) {
        let n_more = counted(n_more, "more value", "more values");
        let _ = writeln!(html, "<p class=\"differences__how\">And {n_more}.</p>");
    }
    Some(html)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    #[test]
    fn the_same_figures_under_another_name_have_not_changed() {
        let (a, mut b) = (fixtures::result(60), fixtures::result(60));
        b.name = "another".to_owned();
        b.origin.date = None;
        let (found, n_compared) = changes(&a, &b);
        assert_eq!(found, []);
        assert!(n_compared > 1500, "{n_compared}");
        assert_eq!(changes_html(&a, &b), None);
    }

    #[test]
    fn every_change_has_its_way_and_both_values() {
        let (a, mut b) = (fixtures::result(61), fixtures::result(61));
        b.track_a.as_mut().unwrap().channels[2].pearson_std = 0.5;
        b.held_out.as_mut().unwrap().description = "<b>new</b>".to_owned();
        b.track_b.as_mut().unwrap().cosines.push(0.75);
        let old = a.track_a.as_ref().unwrap().channels[2].pearson_std;
        let (found, _) = changes(&a, &b);
        let shown: Vec<_> = found.iter().map(|change| &*change.path).collect();
        let paths = ["track_a.channels.2.pearson_std", "track_b.cosines.3", "held_out.description"];
        assert_eq!(shown, paths);
        assert_eq!(found[0].old.as_ref().unwrap().parse(), Ok(old));
        assert_eq!((&found[0].new, &found[1].old), (&Some("0.5".to_owned()), &None));
        let html = changes_html(&a, &b).unwrap();
        assert!(html.contains("<td>nothing</td><td>0.75</td>"), "{html}");
        assert!(html.contains("&lt;b&gt;new") && !html.contains("<b>"));
    }

    #[test]
    fn a_table_of_changes_stays_a_table() {
        let (a, mut b) = (fixtures::result(62), fixtures::result(63));
        let html = changes_html(&a, &b).unwrap();
        assert_eq!(html.matches("<tr>").count(), MAX_ROWS + 1);
        assert!(html.contains("more values."), "{html}");
        b = a.clone();
        b.track_b = None;
        assert!(changes_html(&a, &b).unwrap().contains("<td>a table</td><td>nothing</td>"));
    }
}
