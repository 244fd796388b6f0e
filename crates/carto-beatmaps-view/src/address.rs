//! Filters, order, mods and columns in the browser's address, so that a link or a reload shows
//! the same.
//!
//! What is as usual is left out; what other parts of the page put into the query stays. The
//! files are a person's own and in no address.

use std::collections::BTreeSet;

use carto_features::COLUMNS;
use carto_ui::{decoded, encoded, query, query_pairs, show_query, with_values};
use leptos::ev;
use leptos::prelude::*;

use crate::choice::{Choice, SortKey};
use crate::rows::Mods;
use crate::state::{BeatmapsState, usual_columns};

/// Keys of this view. The page has keys of its own for the other views' `sort` and `find`.
const KEYS: [&str; 6] = ["mods", "map-sort", "map-find", "map-label", "map-stars", "columns"];

/// Before the name of a label by which maps are sorted.
const LABEL: &str = "label.";

/// What the view shows of its maps, as the address has it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shown {
    pub(crate) choice: Choice,
    /// Features that are columns, by their places.
    pub(crate) columns: BTreeSet<usize>,
}

/// Begins with what the address says, and has the address follow from then on.
///
/// Changes change the present step of the history: nobody wants to go back through the letters
/// of a word.
pub(crate) fn follow_address(state: BeatmapsState) {
    restore(state, &[]);
    Effect::new(move || {
        let shown = Shown { choice: state.choice.get(), columns: state.columns.get() };
        let labels = state.model.with(|model| Some(model.as_ref()?.facts.labels.clone()));
        show_query(&to_query(&shown, labels.as_deref(), &query()));
    });
    // It listens as long as the page lives.
    let _ = window_event_listener(ev::popstate, move |_| {
        restore(state, &state.labels());
    });
}

/// Shows what the address says.
///
/// - `labels`: of the classifier in use, none before there is one
pub(crate) fn restore(state: BeatmapsState, labels: &[String]) {
    let Shown { choice, columns } = of_query(&query(), labels);
    if state.choice.with_untracked(|before| *before != choice) {
        state.choice.set(choice);
    }
    if state.columns.with_untracked(|before| *before != columns) {
        state.columns.set(columns);
    }
}

/// What a query says; what it leaves out, and what is not understood, is as usual.
fn of_query(query: &str, labels: &[String]) -> Shown {
    let label = |name: &str| labels.iter().position(|label| *label == decoded(name));
    let mut shown = Shown { choice: Choice::default(), columns: usual_columns() };
    let choice = &mut shown.choice;
    for (key, value) in query_pairs(query) {
        match key {
            "mods" => choice.played = Mods::of_acronym(value).unwrap_or_default(),
            "map-sort" => {
                let (word, is_reversed) = match value.strip_prefix('-') {
                    Some(word) => (word, true),
                    None => (value, false),
                };
                let sort = match word.strip_prefix(LABEL) {
                    Some(name) => label(name).map(SortKey::Label),
                    None if word == "title" => Some(SortKey::Title),
                    None => column_of(word).map(SortKey::Column),
                };
                if let Some(sort) = sort {
                    choice.sort = sort;
                    choice.is_rising = (sort == SortKey::Title) != is_reversed;
                }
            }
            "map-find" => choice.find = decoded(value),
            "map-label" => choice.label = label(value),
            "map-stars" => {
                let (least, most) = value.split_once("..").unwrap_or((value, ""));
                let number = |text: &str| text.parse().ok().filter(|value: &f64| value.is_finite());
                choice.stars = (number(least), number(most));
            }
            "columns" => shown.columns = value.split('.').filter_map(column_of).collect(),
            _ => {}
        }
    }
    shown
}

/// The query that says this, with all of `query` that is not of this view.
///
/// - `labels`: of the classifier; `None` before there is one, when what the query says of labels
///   is kept for it
fn to_query(shown: &Shown, labels: Option<&[String]>, query: &str) -> String {
    let Shown { choice, columns } = shown;
    let usual = Choice::default();
    let kept = |key: &str| {
        query_pairs(query).find(|(known, _)| *known == key).map(|(_, value)| value.to_owned())
    };
    let label = |idx: usize| Some(encoded(labels?.get(idx)?));
    let minus = if choice.is_rising == (choice.sort == SortKey::Title) { "" } else { "-" };
    let sort = match choice.sort {
        _ if (choice.sort, choice.is_rising) == (usual.sort, usual.is_rising) => {
            let is_by_label = |sort: &String| sort.trim_start_matches('-').starts_with(LABEL);
            kept("map-sort").filter(|sort| labels.is_none() && is_by_label(sort))
        }
        SortKey::Title => Some(format!("{minus}title")),
        SortKey::Column(place) => COLUMNS.get(place).map(|it| format!("{minus}{}", it.name)),
        SortKey::Label(idx) => label(idx).map(|name| format!("{minus}{LABEL}{name}")),
    };
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let stars = [choice.stars.0, choice.stars.1].map(number);
    let names = columns.iter().filter_map(|&place| Some(COLUMNS.get(place)?.name));
    let ours = [
        (choice.played != usual.played).then(|| choice.played.acronym().to_owned()),
        sort,
        (!choice.find.is_empty()).then(|| encoded(&choice.find)),
        match (choice.label, labels) {
            (Some(idx), _) => label(idx),
            (None, None) => kept("map-label"),
            (None, Some(_)) => None,
        },
        (choice.stars != usual.stars).then(|| stars.join("..")),
        (*columns != usual_columns()).then(|| names.collect::<Vec<_>>().join(".")),
    ];
    with_values(query, KEYS.into_iter().zip(ours))
}

fn column_of(name: &str) -> Option<usize> {
    COLUMNS.iter().position(|column| column.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::column;

    fn labels() -> [String; 2] {
        ["alt", "jump"].map(str::to_owned)
    }

    fn shown() -> Shown {
        let choice = Choice {
            played: Mods::DoubleTime,
            sort: SortKey::Label(1),
            is_rising: true,
            find: "tide".to_owned(),
            label: Some(0),
            stars: (Some(4.5), None),
        };
        Shown { choice, columns: [column("bpm"), column("ar")].into() }
    }

    #[test]
    fn what_is_shown_comes_back_from_its_query() {
        let query = to_query(&shown(), Some(&labels()[..]), "view=beatmaps&sort=-pairs&mods=HR");
        assert_eq!(
            query,
            "view=beatmaps&sort=-pairs&mods=DT&map-sort=-label.jump&map-find=tide&map-label=alt&map-stars=4.5..&columns=bpm.ar"
        );
        assert_eq!(of_query(&query, &labels()), shown());
        for (sort, is_rising) in [(SortKey::Title, true), (SortKey::Column(0), false)] {
            let choice = Choice { sort, is_rising, ..Choice::default() };
            let shown = Shown { choice, columns: usual_columns() };
            let query = to_query(&shown, None, "");
            assert_eq!(of_query(&query, &[]), shown, "{query}");
        }
    }

    #[test]
    fn labels_wait_in_the_query_for_their_classifier() {
        let query = "map-sort=label.jump&map-label=alt";
        let before = of_query(query, &[]);
        assert_eq!(before.choice, Choice::default());
        assert_eq!(to_query(&before, None, query), query);
        assert_eq!(to_query(&before, Some(&labels()[..]), query), "", "nobody asked for labels");
        assert_eq!(of_query(query, &labels()).choice.label, Some(0));
    }

    #[test]
    fn the_usual_is_left_out_and_what_is_not_understood_is_as_usual() {
        let usual = Shown { choice: Choice::default(), columns: usual_columns() };
        assert_eq!(to_query(&usual, Some(&labels()[..]), "a=1&&mods=DT"), "a=1");
        let odd = "mods=EZ&map-sort=-x&map-label=y&map-stars=NaN..&=";
        assert_eq!(of_query(odd, &labels()), usual);
    }
}
