//! Rows of labelled maps, and what is counted on the way.

use std::collections::{BTreeMap, HashMap};

use carto_beatmap::limits::Limits;
use carto_dataset::{ApiBeatmap, Labelled, LabelledMap, Md5Sum, Row};
use carto_features::{BeatmapFeatures, Mods, rate};

use super::map_file::{Computed, MapFile, MapPlace};

/// All rows, and what could not be used of which map.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// Index of each labelled map's row, `[n_maps]`; maps of other games have none.
    pub(super) of_map: Vec<Option<usize>>,
    /// Where the map of a row lies, by id and MD5 of the row.
    places: HashMap<(Option<u64>, Option<Md5Sum>), MapPlace>,
    /// Names of maps without a file: number or MD5, artist and title.
    pub(super) missing: Vec<String>,
    /// Files that cannot be read, with the reason.
    pub(super) unreadable: Vec<String>,
    /// Number of files that cannot be read for each reason, whatever the line.
    pub(super) reasons: BTreeMap<String, usize>,
    /// Maps that have no star rating, with the reason.
    pub(super) unrated: Vec<String>,
    pub(super) n_other_games: usize,
    /// Number of maps of which the API said nothing.
    pub(super) n_unanswered: usize,
    /// Number of files that are not what the site has now.
    pub(super) n_outdated: usize,
}

impl Rows {
    /// Joins labels, files and answers of the API to rows.
    ///
    /// - `files`: `[n_maps]`
    pub(super) fn join(
        labelled: &Labelled,
        files: &[Option<MapFile>],
        answers: &HashMap<u64, ApiBeatmap>,
    ) -> Self {
        let mut rows = Self::default();
        for (map, file) in labelled.maps.iter().zip(files) {
            let answer = map.first.id.and_then(|id| answers.get(&id));
            rows.add(map, answer, file.as_ref());
        }
        rows
    }

    fn add(&mut self, map: &LabelledMap, answer: Option<&ApiBeatmap>, file: Option<&MapFile>) {
        let is_other = answer.is_some_and(|answer| answer.mode_int.unwrap_or(0) != 0)
            || matches!(file, Some(MapFile { computed: Ok(Computed::OtherGame), .. }));
        if is_other {
            self.n_other_games += 1;
            self.of_map.push(None);
            return;
        }
        self.n_unanswered += usize::from(answer.is_none());
        let has_rating = answer.is_some_and(|answer| answer.difficulty_rating.is_some());
        let features = match file {
            Some(file) => self.take_file(file, has_rating),
            None => {
                self.missing.push(name(map));
                None
            }
        };
        let md5 = file.map(|file| file.md5);
        let row = Row::join(map, answer, features, md5);
        if let Some(file) = file {
            let now = answer.and_then(ApiBeatmap::md5);
            let is_now = |sum| sum == file.md5 || sum == file.md5_with_crlf;
            self.n_outdated += usize::from(now.is_some_and(|now| !is_now(now)));
            self.places.insert((row.id, row.md5), file.place.clone());
        }
        self.of_map.push(Some(self.rows.len()));
        self.rows.push(row);
    }

    fn take_file<'a>(
        &mut self,
        file: &'a MapFile,
        has_rating: bool,
    ) -> Option<&'a BeatmapFeatures> {
        match &file.computed {
            Ok(Computed::Features { features, unrated }) => {
                // Whoever has the site's rating does not miss ours.
                if let (Some(why), false) = (unrated, has_rating) {
                    self.unrated.push(format!("{}: {why}", file.name));
                }
                Some(features)
            }
            Ok(Computed::OtherGame) => None,
            Err(why) => {
                self.unreadable.push(format!("{}: {why}", file.name));
                *self.reasons.entry(without_details(why)).or_default() += 1;
                None
            }
        }
    }

    /// Sets star rating and longest combo of rows with mods, whose maps are read again.
    pub(super) fn rate(&self, rows: &mut [Row]) {
        let limits = Limits::default();
        for row in rows.iter_mut().filter(|row| row.mods != Mods::None) {
            let place = self.places.get(&(row.id, row.md5));
            let Some(bytes) = place.and_then(MapPlace::read) else { continue };
            let mods = row.mods;
            if let Ok(Ok(rating)) = std::panic::catch_unwind(|| rate(&bytes, mods, &limits)) {
                row.set_star_rating(Some(rating.star_rating));
                row.set("max_combo", Some(f64::from(rating.max_combo)));
            }
        }
    }
}

/// By what a person finds a map again: id or MD5, artist and title.
fn name(map: &LabelledMap) -> String {
    let first = &map.first;
    let named = match (first.id, first.md5) {
        (Some(id), _) => id.to_string(),
        (None, Some(md5)) => md5.to_string(),
        (None, None) => "a map without a number".to_owned(),
    };
    if first.title.is_empty() {
        named
    } else {
        format!("{named} ({} - {})", first.artist, first.title)
    }
}

/// A reason without line number and quoted text, which differ from map to map.
fn without_details(why: &str) -> String {
    let why = why.strip_prefix("line ").and_then(|why| why.split_once(": ")).map_or(why, |at| at.1);
    let (start, end) = (why.find('"'), why.rfind('"'));
    match (start, end) {
        (Some(start), Some(end)) if start < end => {
            format!("{}...{}", &why[..start], &why[end + 1..])
        }
        _ => why.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_of_one_kind_are_counted_together() {
        assert_eq!(without_details("line 27: \"1x75\" is not a number"), "... is not a number");
        assert_eq!(without_details("the file is empty"), "the file is empty");
        assert_eq!(without_details("a \" alone"), "a \" alone");
    }
}
