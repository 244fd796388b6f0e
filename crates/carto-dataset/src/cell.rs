use carto_features::{COLUMNS, column_index};

/// What one column of the table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// The first label.
    Label,
    /// The other labels, with [`Cell::ALSO_SEPARATOR`] between them.
    Also,
    /// The site's number of the map.
    Id,
    /// Romanised title.
    Title,
    /// Romanised artist.
    Artist,
    /// Host of the set.
    Creator,
    /// Name of the genre.
    Genre,
    /// Ranked status.
    Status,
    /// Sum of the `.osu`.
    Md5,
    /// "DT" or "HR" in rows that were added, else empty.
    Mods,
    /// The number of [`COLUMNS`] at this index.
    Number(usize),
}

/// The columns of the published `dataset.csv`, in its order (kiAI).
const PUBLISHED: [&str; 36] = [
    "label",
    "id",
    "title",
    "artist",
    "creator",
    "total_length",
    "star_rating",
    "bpm",
    "ar",
    "cs",
    "hit_length",
    "od",
    "genre",
    "circles",
    "sliders",
    "spinners",
    "slider_ratio",
    "base_bpm",
    "total_notes",
    "mean_distance",
    "std_distance",
    "stream_density",
    "kiai_note_ratio",
    "kiai_mean_dist",
    "kiai_note_count",
    "interval_variance",
    "mean_interval_ms",
    "notes_per_second",
    "mean_velocity",
    "mean_sliders_length",
    "rhythm_complexity",
    "burst_density",
    "speed_index",
    "alt_ratio",
    "interval_variance_log",
    "ar_od_ratio",
];

impl Cell {
    /// Between two labels in one cell. No label contains it: [`crate::clean_label`].
    pub const ALSO_SEPARATOR: char = '|';

    /// All but the numbers, with their names in the head.
    const TEXTS: [(Self, &str); 10] = [
        (Self::Label, "label"),
        (Self::Also, "also"),
        (Self::Id, "id"),
        (Self::Title, "title"),
        (Self::Artist, "artist"),
        (Self::Creator, "creator"),
        (Self::Genre, "genre"),
        (Self::Status, "status"),
        (Self::Md5, "md5"),
        (Self::Mods, "mods"),
    ];

    /// The name in the head; `None` where an index is beyond [`COLUMNS`].
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        if let Self::Number(idx) = self {
            return COLUMNS.get(idx).map(|column| column.name);
        }
        Self::TEXTS.iter().find(|(cell, _)| *cell == self).map(|&(_, name)| name)
    }

    /// The column of that name; `None` of a name that the table does not know.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let text = Self::TEXTS.iter().find(|(_, known)| *known == name).map(|&(cell, _)| cell);
        text.or_else(|| column_index(name).map(Self::Number))
    }

    /// The published columns in their order.
    #[must_use]
    pub fn published() -> Vec<Self> {
        PUBLISHED.iter().filter_map(|name| Self::named(name)).collect()
    }

    /// What we write: the label, the other labels, the rest of the published
    /// columns in their order, then the numbers that the published file lacks,
    /// status and sum.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut cells = Self::published();
        cells.insert(1, Self::Also);
        let numbers = (0..COLUMNS.len()).map(Self::Number);
        let others: Vec<_> = numbers.filter(|number| !cells.contains(number)).collect();
        cells.extend(others);
        cells.extend([Self::Status, Self::Md5]);
        cells
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_published_column_is_known() {
        assert_eq!(Cell::published().len(), PUBLISHED.len());
        assert_eq!(Cell::named("nothing"), None);
        assert_eq!(Cell::Number(99).name(), None);
    }

    #[test]
    fn we_write_every_number_once() {
        let cells = Cell::all();
        let names: BTreeSet<_> = cells.iter().map(|cell| cell.name()).collect();
        assert_eq!(names.len(), cells.len());
        let n_numbers = cells.iter().filter(|cell| matches!(cell, Cell::Number(_))).count();
        assert_eq!(n_numbers, COLUMNS.len());
        assert_eq!(cells[..3], [Cell::Label, Cell::Also, Cell::Id]);
    }
}
