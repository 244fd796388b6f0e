//! A row from what is known of a map: its labels, the API's answer, its file.

use carto_features::{
    BeatmapFeatures, Md5Sum, TagKeyword, TagKeywords, column_index, five_decimals,
};

use crate::api::{ApiBeatmap, ApiBeatmapSet, genre_name};
use crate::appearances::LabelledMap;
use crate::table::Row;

impl Row {
    /// The row of a map.
    ///
    /// Tier 1 is what the API says, and where it says nothing, what the file
    /// does. Tier 2 is of the file alone, but for `ar_od_ratio`, which is of the
    /// row's own `ar` and `od`. Without a file that can be read, Tier 2 is
    /// empty; texts and number are then those of whoever named the map.
    ///
    /// - `md5`: of the bytes of the file, also where those cannot be read
    /// - `features`: with star rating and longest combo set, where they are known
    #[must_use]
    pub fn join(
        map: &LabelledMap,
        api: Option<&ApiBeatmap>,
        features: Option<&BeatmapFeatures>,
        md5: Option<Md5Sum>,
    ) -> Self {
        let first = &map.first;
        let mut row = Self::new(&first.label);
        row.also.clone_from(&map.also);
        row.id = first.id;
        row.md5 = md5.or(first.md5);
        (row.title, row.artist) = (first.title.clone(), first.artist.clone());
        if let Some(features) = features {
            row.take_features(features);
        }
        if let Some(api) = api {
            row.take_api(api, features.is_some());
        }
        row
    }

    fn take_features(&mut self, features: &BeatmapFeatures) {
        let texts = &features.texts;
        self.id = self.id.or(texts.id);
        self.title.clone_from(&texts.title);
        self.artist.clone_from(&texts.artist);
        self.creator.clone_from(&texts.creator);
        self.numbers = features.values();
        self.set_star_rating(self.number("star_rating"));
    }

    /// Sets the star rating, rounded by [`five_decimals`].
    pub fn set_star_rating(&mut self, stars: Option<f64>) {
        self.set("star_rating", stars.map(five_decimals));
    }

    fn take_api(&mut self, api: &ApiBeatmap, has_features: bool) {
        self.id = Some(api.id);
        for (name, value) in [
            ("bpm", api.bpm),
            ("ar", api.ar),
            ("cs", api.cs),
            ("od", api.accuracy),
            ("hp", api.drain),
            ("star_rating", api.difficulty_rating),
            ("hit_length", api.hit_length.map(f64::from)),
            ("total_length", api.total_length.map(f64::from)),
            ("max_combo", api.max_combo.map(f64::from)),
        ] {
            self.set(name, value.or(self.number(name)));
        }
        if let (Some(total), Some(hit)) = (api.total_length, api.hit_length) {
            let length = f64::from(total) - f64::from(hit);
            self.set("break_length", Some(length));
            self.set("break_ratio", Some(quotient(length, f64::from(total))));
        }
        if let (Some(circles), Some(sliders)) = (api.count_circles, api.count_sliders) {
            let (circles, sliders) = (f64::from(circles), f64::from(sliders));
            self.set("slider_share", Some(quotient(sliders, circles + sliders)));
        }
        if let (true, Some(ar), Some(od)) = (has_features, self.number("ar"), self.number("od")) {
            self.set("ar_od_ratio", Some(quotient(ar, od)));
        }
        self.status = api.status.clone().unwrap_or_default();
        api.beatmapset.iter().for_each(|set| self.take_set(set));
    }

    fn take_set(&mut self, set: &ApiBeatmapSet) {
        self.title.clone_from(&set.title);
        self.artist.clone_from(&set.artist);
        self.creator.clone_from(&set.creator);
        genre_name(set.genre_id).clone_into(&mut self.genre);
        if let Some(tags) = &set.tags {
            let found = TagKeywords::find(tags);
            for keyword in TagKeyword::ALL {
                self.set(keyword.column(), Some(f64::from(u8::from(found.has(keyword)))));
            }
        }
    }

    /// Sets one number by the name of its column; an unknown name sets none.
    pub fn set(&mut self, name: &str, value: Option<f64>) {
        if let Some(idx) = column_index(name) {
            self.numbers[idx] = value;
        }
    }
}

/// 0 where the divisor is.
fn quotient(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

#[cfg(test)]
mod tests {
    use carto_beatmap::limits::Limits;
    use carto_features::COLUMNS;

    use crate::Appearance;

    use super::*;

    const MAP: &str = "osu file format v14\n[Metadata]\nTitle:File\nArtist:A\nTags:farm\nBeatmapID:9\n\
        [Difficulty]\nApproachRate:9\nOverallDifficulty:6\n[HitObjects]\n0,0,0,1\n0,0,4000,2\n";

    const ANSWER: &str = r#"{"id": 7, "ar": 8, "accuracy": 4, "difficulty_rating": 0.138415,
        "hit_length": 80, "total_length": 100, "count_circles": 3, "count_sliders": 1,
        "max_combo": 6, "status": "loved", "beatmapset": {"title": "Site", "artist": "B",
        "creator": "C", "genre_id": 10, "tags": "Streams"}}"#;

    fn map() -> LabelledMap {
        let first = Appearance {
            label: "jump".to_owned(),
            id: None,
            title: "named".to_owned(),
            ..Appearance::default()
        };
        LabelledMap { first, also: vec!["tech".to_owned()] }
    }

    fn features() -> BeatmapFeatures {
        carto_features::read(MAP.as_bytes(), &Limits::default()).unwrap()
    }

    fn api() -> ApiBeatmap {
        ApiBeatmap::from_json(ANSWER.as_bytes(), &crate::Limits::default()).unwrap()
    }

    #[test]
    fn the_site_is_believed_before_the_file() {
        let row = Row::join(&map(), Some(&api()), Some(&features()), None);
        assert_eq!(
            (row.id, row.title.as_str(), row.genre.as_str()),
            (Some(7), "Site", "electronic")
        );
        assert_eq!((row.status.as_str(), row.also.as_slice()), ("loved", &["tech".to_owned()][..]));
        for (name, expected) in [
            ("ar", 8.0),
            ("od", 4.0),
            ("hp", 5.0),
            ("ar_od_ratio", 2.0),
            ("star_rating", 0.138_415),
            ("break_ratio", 0.2),
            ("slider_share", 0.25),
            ("tag_stream", 1.0),
            ("tag_farm", 0.0),
            ("total_notes", 2.0),
            ("slider_ratio", 0.5),
        ] {
            assert_eq!(row.number(name), Some(expected), "{name}");
        }
    }

    #[test]
    fn a_file_speaks_for_itself_without_the_site() {
        let mut features = features();
        features.map.star_rating = Some(5.123_456_789);
        let row = Row::join(&map(), None, Some(&features), None);
        assert_eq!((row.id, row.title.as_str(), row.genre.as_str()), (Some(9), "File", "unknown"));
        assert_eq!(row.number("star_rating"), Some(5.12346));
        assert_eq!((row.number("ar"), row.number("tag_farm")), (Some(9.0), Some(1.0)));
    }

    #[test]
    fn without_a_file_tier_2_is_empty() {
        let row = Row::join(&map(), Some(&api()), None, None);
        assert_eq!((row.number("ar"), row.number("ar_od_ratio")), (Some(8.0), None));
        assert_eq!((row.number("total_notes"), row.number("max_combo")), (None, Some(6.0)));
        let row = Row::join(&map(), None, None, None);
        assert_eq!(row.numbers, [None; COLUMNS.len()]);
        assert_eq!(row.title, "named");
    }
}
