//! A row as its map is when it is played with a mod.

use carto_features::{BeatmapFeatures, MapFigures, MapTexts, Mods, ObjectFigures, TagKeywords};

use crate::table::Row;

impl Row {
    /// The row of the same map played with `mods`, by
    /// [`BeatmapFeatures::with_mods`]; star rating and longest combo are empty.
    ///
    /// `None` for a row that has no Tier 2, or mods already.
    #[must_use]
    pub fn played_with(&self, mods: Mods) -> Option<Self> {
        if self.mods != Mods::None || self.number("total_notes").is_none() {
            return None;
        }
        let mut played = self.clone();
        let values = self.features().with_mods(mods).values();
        // What the table does not tell is told with mods neither.
        let known = self.numbers.iter().zip(values);
        let numbers = known.map(|(plain, value)| plain.and(value));
        played.numbers.iter_mut().zip(numbers).for_each(|(number, value)| *number = value);
        played.mods = mods;
        Some(played)
    }

    /// The numbers as features once more; 0 for those that are empty.
    fn features(&self) -> BeatmapFeatures {
        let number = |name| self.number(name).unwrap_or(0.0);
        let count = |name| number(name) as usize;
        let objects = ObjectFigures {
            circles: count("circles"),
            sliders: count("sliders"),
            spinners: count("spinners"),
            total_notes: count("total_notes"),
            slider_ratio: number("slider_ratio"),
            base_bpm: self.number("base_bpm"),
            mean_distance: number("mean_distance"),
            std_distance: number("std_distance"),
            kiai_note_count: count("kiai_note_count"),
            kiai_note_ratio: number("kiai_note_ratio"),
            kiai_mean_dist: number("kiai_mean_dist"),
            mean_interval_ms: number("mean_interval_ms"),
            interval_variance: number("interval_variance"),
            interval_variance_log: number("interval_variance_log"),
            stream_density: number("stream_density"),
            burst_density: number("burst_density"),
            speed_index: number("speed_index"),
            alt_ratio: number("alt_ratio"),
            mean_velocity: number("mean_velocity"),
            notes_per_second: number("notes_per_second"),
            rhythm_complexity: number("rhythm_complexity"),
            mean_sliders_length: number("mean_sliders_length"),
            ar_od_ratio: number("ar_od_ratio"),
        };
        BeatmapFeatures {
            texts: MapTexts::default(),
            tags: TagKeywords::of(|keyword| self.number(keyword.column()) == Some(1.0)),
            map: self.map_figures(),
            objects,
            stream_density_local: number("stream_density_local"),
        }
    }

    fn map_figures(&self) -> MapFigures {
        let number = |name| self.number(name).unwrap_or(0.0);
        MapFigures {
            bpm: self.number("bpm"),
            ar: number("ar"),
            cs: number("cs"),
            od: number("od"),
            hp: number("hp"),
            star_rating: None,
            hit_length_s: number("hit_length") as u32,
            total_length_s: number("total_length") as u32,
            slider_share: number("slider_share"),
            max_combo: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use carto_beatmap::limits::Limits;

    use crate::{Appearance, LabelledMap};

    use super::*;

    #[test]
    fn a_row_with_mods_is_the_map_with_mods() {
        let circles: String =
            (0..40).map(|idx| format!("{},{},{},1\n", idx * 9, idx, idx * 83)).collect();
        let text = format!(
            "osu file format v14\n[Metadata]\nTags:stream alt\n[Difficulty]\nApproachRate:8.3\n\
             OverallDifficulty:7\nCircleSize:4\n[Events]\n2,100,900\n[TimingPoints]\n\
             0,333,4,1,0,60,1,1\n[HitObjects]\n{circles}0,0,9000,2\n0,0,9500,12\n"
        );
        let features = carto_features::read(text.as_bytes(), &Limits::default()).unwrap();
        let first = Appearance { label: "alt".to_owned(), ..Appearance::default() };
        let map = LabelledMap { first, also: Vec::new() };
        let row = Row::join(&map, None, Some(&features), None);
        for mods in [Mods::None, Mods::DoubleTime, Mods::HardRock] {
            let expected = features.clone().with_mods(mods);
            let expected = Row { mods, ..Row::join(&map, None, Some(&expected), None) };
            assert_eq!(row.played_with(mods), Some(expected), "{mods:?}");
        }
        let played = row.played_with(Mods::HardRock).unwrap();
        assert_eq!(played.played_with(Mods::DoubleTime), None, "one mod is enough");
    }

    #[test]
    fn what_is_empty_stays_empty() {
        let mut row = Row::new("alt");
        assert_eq!(row.played_with(Mods::DoubleTime), None);
        row.set("total_notes", Some(9.0));
        row.set("notes_per_second", Some(2.0));
        let played = row.played_with(Mods::DoubleTime).unwrap();
        assert_eq!(played.number("notes_per_second"), Some(3.0));
        assert_eq!(played.numbers.iter().flatten().count(), 2);
    }
}
