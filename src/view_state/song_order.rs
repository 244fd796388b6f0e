//! The order of the table of songs.

use std::cmp::Ordering;

use carto_types::SongRow;

/// The columns by which the table can be sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SortKey {
    /// Title, then artist.
    Title,
    /// Number of pairs.
    Pairs,
    /// Mean r of ONSET and COMBO.
    Timing,
}

const WORDS: [(SortKey, &str); 3] =
    [(SortKey::Title, "title"), (SortKey::Pairs, "pairs"), (SortKey::Timing, "timing")];

/// The table's order; the run's own until a person asks for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct SongOrder {
    key: Option<SortKey>,
    is_reversed: bool,
}

impl SongOrder {
    /// A press on a column: its order, then the reverse, then the run's own.
    pub(crate) fn press(&mut self, key: SortKey) {
        *self = match (self.key == Some(key), self.is_reversed) {
            (false, _) => Self { key: Some(key), is_reversed: false },
            (true, false) => Self { key: Some(key), is_reversed: true },
            (true, true) => Self::default(),
        };
    }

    /// The order as a word, a minus before it where it is reversed; `None` for the
    /// run's own.
    pub(crate) fn word(self) -> Option<String> {
        let key = WORDS.iter().find(|(key, _)| Some(*key) == self.key)?.1;
        Some(if self.is_reversed { format!("-{key}") } else { key.to_owned() })
    }

    /// The reverse of [`Self::word`]; the run's own order for what is no such word.
    pub(crate) fn of_word(word: &str) -> Self {
        let (is_reversed, word) = match word.strip_prefix('-') {
            Some(word) => (true, word),
            None => (false, word),
        };
        let known = WORDS.iter().find(|(_, known)| *known == word);
        known.map_or_else(Self::default, |(key, _)| Self { key: Some(*key), is_reversed })
    }

    /// Sorts titles from A, figures from the largest; what has none stands last.
    pub(crate) fn sort(self, rows: &mut [SongRow]) {
        let Some(key) = self.key else { return };
        rows.sort_by(|a, b| {
            let (order, is_known) = match key {
                SortKey::Title => (by_title(a, b), true),
                SortKey::Pairs => descending(a.n_pairs, b.n_pairs),
                SortKey::Timing => descending(timing_r(a), timing_r(b)),
            };
            if self.is_reversed && is_known { order.reverse() } else { order }
        });
    }

    /// `ascending`, `descending`, or `none` for another column's order.
    pub(crate) fn aria_sort(self, key: SortKey) -> &'static str {
        match (self.key == Some(key), (key == SortKey::Title) != self.is_reversed) {
            (false, _) => "none",
            (true, true) => "ascending",
            (true, false) => "descending",
        }
    }

    /// The order as an arrow; empty for another column's order.
    pub(crate) fn arrow(self, key: SortKey) -> &'static str {
        match self.aria_sort(key) {
            "ascending" => "↑",
            "descending" => "↓",
            _ => "",
        }
    }
}

/// Mean r of ONSET and COMBO: how far the maps of a song hit at the same times; `None`
/// without a pair.
pub(crate) fn timing_r(song: &SongRow) -> Option<f64> {
    song.r.as_ref().map(carto_charts::timing_r)
}

fn by_title(a: &SongRow, b: &SongRow) -> Ordering {
    let lower = |text: &str| text.to_lowercase();
    lower(&a.title).cmp(&lower(&b.title)).then_with(|| lower(&a.artist).cmp(&lower(&b.artist)))
}

/// The order, and whether both are known: the unknown stand last in any order.
fn descending<T: PartialOrd>(a: Option<T>, b: Option<T>) -> (Ordering, bool) {
    match (a, b) {
        (Some(a), Some(b)) => (b.partial_cmp(&a).unwrap_or(Ordering::Equal), true),
        (Some(_), None) => (Ordering::Less, false),
        (None, Some(_)) => (Ordering::Greater, false),
        (None, None) => (Ordering::Equal, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use carto_types::SongStatus;

    fn rows() -> Vec<SongRow> {
        let row = |song_idx, title: &str, n_pairs, onset| SongRow {
            song_idx,
            title: title.to_owned(),
            artist: "Kite Season".to_owned(),
            mappers: Default::default(),
            difficulties: Default::default(),
            maps: Default::default(),
            pairs: Default::default(),
            other_audio: Default::default(),
            n_pairs,
            r: n_pairs.map(|_| [onset; 9]),
            status: SongStatus::Done,
        };
        vec![
            row(0, "paper lanterns", Some(6), 0.3),
            row(1, "Ironwood", None, 0.0),
            row(2, "Glasshouse", Some(1), 0.9),
        ]
    }

    fn order_after(presses: &[SortKey]) -> Vec<u32> {
        let (mut order, mut rows) = (SongOrder::default(), rows());
        presses.iter().for_each(|&key| order.press(key));
        order.sort(&mut rows);
        rows.iter().map(|row| row.song_idx).collect()
    }

    #[test]
    fn titles_sort_whatever_their_case() {
        assert_eq!(order_after(&[SortKey::Title]), [2, 1, 0]);
        assert_eq!(order_after(&[SortKey::Title, SortKey::Title]), [0, 1, 2]);
    }

    #[test]
    fn unknown_figures_stand_last_in_both_directions() {
        assert_eq!(order_after(&[SortKey::Timing]), [2, 0, 1]);
        assert_eq!(order_after(&[SortKey::Timing, SortKey::Timing]), [0, 2, 1]);
        assert_eq!(order_after(&[SortKey::Pairs]), [0, 2, 1]);
    }

    #[test]
    fn a_third_press_gives_the_runs_own_order() {
        assert_eq!(order_after(&[SortKey::Timing; 3]), [0, 1, 2]);
    }

    #[test]
    fn the_direction_is_announced() {
        let mut order = SongOrder::default();
        assert_eq!(order.aria_sort(SortKey::Title), "none");
        order.press(SortKey::Title);
        assert_eq!(order.aria_sort(SortKey::Title), "ascending");
        order.press(SortKey::Pairs);
        assert_eq!(order.aria_sort(SortKey::Pairs), "descending");
        assert_eq!(order.aria_sort(SortKey::Title), "none");
    }
}
