//! Rows of the table of maps.

use std::sync::Arc;

use carto_features::COLUMNS;
use carto_types::ReadMap;
use carto_ui::unique_number;

pub(crate) use carto_types::Mods;

/// A map of the table.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Never another map's, in the life of the page.
    pub(crate) key: u32,
    /// The file that it came in, below what was dropped, and its place there.
    pub(crate) file: Arc<str>,
    pub(crate) place: usize,
    pub(crate) map: Arc<ReadMap>,
    /// Its label probabilities; `None` until they are computed.
    pub(crate) prediction: Option<Arc<Prediction>>,
    /// Whether it is likely a joke map: most objects overlap, or [`is_likely_joke`] says so.
    pub(crate) is_joke: bool,
    /// Title, artist, mapper, difficulty and path in lower case, a line each; the title, or
    /// the path where there is none, comes first. Lower case takes long, and every change of
    /// the order asks for it.
    pub(crate) texts: Arc<str>,
}

/// The label probabilities of a map by one classifier.
#[derive(Debug)]
pub(crate) struct Prediction {
    /// The classifier, by its [`crate::state::Model::id`].
    pub(crate) model_id: u32,
    /// `[3][n_labels]`, in the order of [`Mods::ALL`]; the probabilities of a map sum to 1.
    pub(crate) probabilities: Vec<Vec<f64>>,
}

impl Row {
    /// The row of a map that was just read.
    ///
    /// - `file`, `place`: the file that it came in, and its place there
    pub(crate) fn new(file: &Arc<str>, place: usize, map: ReadMap) -> Self {
        let lines = match &map.facts {
            Some(it) => vec![&it.title, &it.artist, &it.creator, &it.version, &map.path],
            None => vec![&map.path],
        };
        let texts: Vec<String> = lines.into_iter().map(|text| text.to_lowercase()).collect();
        Self {
            key: unique_number(),
            file: Arc::clone(file),
            place,
            is_joke: map.overlap_share >= MIN_OVERLAP_SHARE
                || map.numbers.first().is_some_and(|numbers| is_likely_joke(numbers)),
            map: Arc::new(map),
            prediction: None,
            texts: texts.join("\n").into(),
        }
    }

    /// Features of the map as it is played, in the order of [`COLUMNS`]; `None` for a map
    /// that cannot be read.
    pub(crate) fn numbers(&self, played: Mods) -> Option<&[Option<f64>]> {
        self.map.numbers.get(played.idx()).map(Vec::as_slice)
    }

    /// One feature, by its place in [`COLUMNS`].
    pub(crate) fn number(&self, played: Mods, column: usize) -> Option<f64> {
        self.numbers(played)?.get(column).copied().flatten()
    }

    /// `[n_labels]`, summing to 1; `None` until they are computed.
    pub(crate) fn probabilities(&self, played: Mods) -> Option<&[f64]> {
        self.prediction.as_ref()?.probabilities.get(played.idx()).map(Vec::as_slice)
    }

    /// Probability of one label, by its place among the classifier's.
    pub(crate) fn probability(&self, played: Mods, label: usize) -> Option<f64> {
        self.probabilities(played)?.get(label).copied()
    }

    /// The row without the prediction of any other classifier than this one.
    pub(crate) fn predicted_by(mut self, model_id: Option<u32>) -> Self {
        self.prediction = self.prediction.filter(|found| Some(found.model_id) == model_id);
        self
    }

    /// Whether title, artist, mapper, difficulty or path hold a text.
    ///
    /// - `wanted`: in lower case
    pub(crate) fn mentions(&self, wanted: &str) -> bool {
        self.texts.contains(wanted)
    }

    /// The title in lower case, or the path where there is none.
    pub(crate) fn title_key(&self) -> &str {
        self.texts.lines().next().unwrap_or_default()
    }
}

/// The rows in the order in which the command reads maps.
pub(crate) fn in_file_order(rows: &[Row]) -> Vec<Row> {
    let mut rows = rows.to_vec();
    rows.sort_by(|a, b| (&a.file, a.place).cmp(&(&b.file, b.place)));
    rows
}

/// The place of a column that this view knows by name.
pub(crate) fn column(name: &str) -> usize {
    COLUMNS.iter().position(|column| column.name == name).unwrap_or_default()
}

/// Stars without mods above which a map is likely a joke map.
///
/// Of the 9,579 maps of the published dataset (kiAI, `dataset.csv`), four have more, from 18.7 to
/// 667; all others have at most 14.3.
pub(crate) const MAX_STARS: f64 = 15.0;

/// Notes a second above which a map is likely a joke map: of the same maps one has more, 103.8;
/// all others have at most 28.2.
pub(crate) const MAX_NOTES_PER_SECOND: f64 = 30.0;

/// Share of objects that begin while another lasts or begins from which on a map is likely a
/// joke map: the game's ranking criteria forbid two objects at once.
///
/// Of 1,554 maps that were downloaded to test readers with, five have more, from 58% to 69%, all
/// jokes; all others have at most 22%.
pub(crate) const MIN_OVERLAP_SHARE: f64 = 0.25;

/// Whether a map is likely not meant to be played: a joke, or a test of what the game can
/// bear.
///
/// - `numbers`: features without mods, in the order of [`COLUMNS`]
pub(crate) fn is_likely_joke(numbers: &[Option<f64>]) -> bool {
    let is_above = |name: &str, most: f64| {
        numbers.get(column(name)).copied().flatten().is_some_and(|value| value > most)
    };
    is_above("star_rating", MAX_STARS) || is_above("notes_per_second", MAX_NOTES_PER_SECOND)
}

#[cfg(test)]
pub(crate) mod tests {
    use carto_types::MapTexts;

    use super::*;

    /// A map with a star rating and the probabilities of two labels.
    pub(crate) fn row(key: u32, title: &str, creator: &str, stars: Option<f64>, first: f64) -> Row {
        let mut numbers = vec![None; COLUMNS.len()];
        numbers[column("star_rating")] = stars;
        let facts = Some(MapTexts {
            id: None,
            title: title.to_owned(),
            artist: "artist".to_owned(),
            creator: creator.to_owned(),
            version: "Hard".to_owned(),
        });
        let map = ReadMap {
            path: format!("{title}.osz/{key}.osu"),
            facts,
            md5: vec![format!("{key:032x}")],
            numbers: vec![numbers; 3],
            overlap_share: 0.0,
        };
        let prediction =
            Prediction { model_id: 0, probabilities: vec![vec![first, 1.0 - first]; 3] };
        Row {
            key,
            prediction: Some(Arc::new(prediction)),
            ..Row::new(&format!("{title}.osz").into(), key as usize, map)
        }
    }

    #[test]
    fn what_one_classifier_found_is_not_shown_as_that_of_another() {
        let found =
            |model| row(0, "Tide", "ann", None, 0.5).predicted_by(model).prediction.is_some();
        assert_eq!([Some(0), Some(1), None].map(found), [true, false, false]);
    }

    #[test]
    fn maps_far_beyond_those_that_are_played_are_marked() {
        let stars = |stars| row(0, "Tide", "ann", stars, 0.5).is_joke;
        assert_eq!([None, Some(14.3), Some(189.0)].map(stars), [false, false, true]);
        let mut numbers = vec![None; COLUMNS.len()];
        numbers[column("notes_per_second")] = Some(31.0);
        assert!(is_likely_joke(&numbers) && !is_likely_joke(&[]));
        let overlapping = |overlap_share| {
            let map = row(0, "Tide", "ann", Some(5.0), 0.5).map;
            Row::new(&"a.osz".into(), 0, ReadMap { overlap_share, ..ReadMap::clone(&map) }).is_joke
        };
        assert_eq!([0.2, 0.6].map(overlapping), [false, true]);
    }
}
