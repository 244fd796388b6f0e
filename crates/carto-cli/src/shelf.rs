use std::fmt::Write;

use carto_results::escaped;

use crate::publish::Entry;

/// The list as a piece of a page, which the page shows when a person asks for it.
pub(crate) const SHELF: &str = "results.html";

/// A link for each result, the latest first.
///
/// - `folder`: where the results lie, below the page
pub(crate) fn shelf(folder: &str, entries: &[Entry]) -> String {
    let mut html = String::from("<ul>\n");
    for Entry { file, name, date, counts } in entries.iter().rev() {
        let date = date.as_deref().map(escaped);
        let n_songs = counts.n_songs.map(|n_songs| format!("{n_songs} songs"));
        let facts: Vec<String> = date.into_iter().chain(n_songs).collect();
        let _ = writeln!(
            html,
            "<li><a href=\"./?results=./{}/{}\">{}</a> {}</li>",
            escaped(folder),
            escaped(file),
            escaped(name),
            facts.join(", "),
        );
    }
    html + "</ul>\n"
}
