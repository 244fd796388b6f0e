use super::features::BeatmapFeatures;
use super::metadata::TagKeyword;
use super::rounding::five_decimals;

/// One number of a table of maps.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// As in the head of the published dataset, where that has it.
    pub name: &'static str,
    kind: Kind,
    of: fn(&BeatmapFeatures) -> Option<f64>,
}

/// How the published dataset writes a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Without a point.
    Integer,
    /// The shortest text that reads as the same float, at least one decimal.
    Float,
    /// As a float; the API mostly gives five decimals, and more differ between machines.
    FiveDecimals,
    /// As a float, but 0 without a point: the published file has the integer 0 in all
    /// rows of this column, by a fault.
    Ratio,
}

impl Column {
    /// The number; `None` where a map has none.
    #[must_use]
    pub fn value(&self, features: &BeatmapFeatures) -> Option<f64> {
        (self.of)(features)
    }

    /// The cell that a number of this column makes, empty for none; star ratings are
    /// rounded to five decimals.
    #[must_use]
    pub fn text_of(&self, value: Option<f64>) -> String {
        match value {
            None => String::new(),
            // Not "-0", which a ratio of -0 is otherwise.
            Some(0.0) if self.kind == Kind::Ratio => "0".to_owned(),
            Some(value) if self.kind == Kind::FiveDecimals => self.exact_text(five_decimals(value)),
            Some(value) => self.exact_text(value),
        }
    }

    /// The cell that a number makes as it is, as the published program writes it: the
    /// shortest text that reads as the same float, with a decimal even where there is
    /// none to say, but for whole numbers in columns of integers.
    #[must_use]
    pub fn exact_text(&self, value: f64) -> String {
        let has_point = match self.kind {
            Kind::Integer => value.fract() != 0.0,
            Kind::Ratio => value != 0.0,
            Kind::Float | Kind::FiveDecimals => true,
        };
        if has_point { format!("{value:?}") } else { format!("{value:.0}") }
    }
}

impl BeatmapFeatures {
    /// The numbers of [`COLUMNS`], in that order; `None` is an empty cell.
    #[must_use]
    pub fn values(&self) -> [Option<f64>; COLUMNS.len()] {
        COLUMNS.map(|column| column.value(self))
    }
}

const fn integer(name: &'static str, of: fn(&BeatmapFeatures) -> Option<f64>) -> Column {
    Column { name, kind: Kind::Integer, of }
}

const fn float(name: &'static str, of: fn(&BeatmapFeatures) -> Option<f64>) -> Column {
    Column { name, kind: Kind::Float, of }
}

fn flag(features: &BeatmapFeatures, keyword: TagKeyword) -> Option<f64> {
    Some(f64::from(u8::from(features.tags.has(keyword))))
}

/// All numbers in the order of every table: tier 1, tier 2, and what is ours.
///
/// The order is an interface: tables that people keep and models that were
/// trained on them rely on it.
pub const COLUMNS: [Column; 44] = [
    float("bpm", |f| f.map.bpm),
    float("ar", |f| Some(f.map.ar)),
    float("cs", |f| Some(f.map.cs)),
    float("od", |f| Some(f.map.od)),
    float("hp", |f| Some(f.map.hp)),
    Column { name: "star_rating", kind: Kind::FiveDecimals, of: |f| f.map.star_rating },
    integer("hit_length", |f| Some(f64::from(f.map.hit_length_s))),
    integer("total_length", |f| Some(f64::from(f.map.total_length_s))),
    float("break_ratio", |f| Some(f.map.break_ratio())),
    integer("break_length", |f| Some(f.map.break_length_s() as f64)),
    float("slider_share", |f| Some(f.map.slider_share)),
    integer("max_combo", |f| f.map.max_combo.map(f64::from)),
    integer("tag_farm", |f| flag(f, TagKeyword::Farm)),
    integer("tag_stream", |f| flag(f, TagKeyword::Stream)),
    integer("tag_tech", |f| flag(f, TagKeyword::Tech)),
    integer("tag_jump", |f| flag(f, TagKeyword::Jump)),
    integer("tag_alt", |f| flag(f, TagKeyword::Alt)),
    integer("tag_stamina", |f| flag(f, TagKeyword::Stamina)),
    integer("tag_speed", |f| flag(f, TagKeyword::Speed)),
    integer("tag_gimmick", |f| flag(f, TagKeyword::Gimmick)),
    // Counts have a decimal in the published dataset too.
    float("circles", |f| Some(f.objects.circles as f64)),
    float("sliders", |f| Some(f.objects.sliders as f64)),
    float("spinners", |f| Some(f.objects.spinners as f64)),
    float("total_notes", |f| Some(f.objects.total_notes as f64)),
    float("slider_ratio", |f| Some(f.objects.slider_ratio)),
    float("base_bpm", |f| f.objects.base_bpm),
    float("mean_distance", |f| Some(f.objects.mean_distance)),
    float("std_distance", |f| Some(f.objects.std_distance)),
    float("kiai_note_count", |f| Some(f.objects.kiai_note_count as f64)),
    float("kiai_note_ratio", |f| Some(f.objects.kiai_note_ratio)),
    float("kiai_mean_dist", |f| Some(f.objects.kiai_mean_dist)),
    float("mean_interval_ms", |f| Some(f.objects.mean_interval_ms)),
    float("interval_variance", |f| Some(f.objects.interval_variance)),
    float("interval_variance_log", |f| Some(f.objects.interval_variance_log)),
    float("stream_density", |f| Some(f.objects.stream_density)),
    float("burst_density", |f| Some(f.objects.burst_density)),
    float("speed_index", |f| Some(f.objects.speed_index)),
    float("alt_ratio", |f| Some(f.objects.alt_ratio)),
    float("mean_velocity", |f| Some(f.objects.mean_velocity)),
    float("notes_per_second", |f| Some(f.objects.notes_per_second)),
    float("rhythm_complexity", |f| Some(f.objects.rhythm_complexity)),
    float("mean_sliders_length", |f| Some(f.objects.mean_sliders_length)),
    Column { name: "ar_od_ratio", kind: Kind::Ratio, of: |f| Some(f.objects.ar_od_ratio) },
    float("stream_density_local", |f| Some(f.stream_density_local)),
];

/// The place of a column in [`COLUMNS`]; `None` for a name that is none.
#[must_use]
pub fn column_index(name: &str) -> Option<usize> {
    COLUMNS.iter().position(|column| column.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::read;
    use carto_beatmap::limits::Limits;

    use super::*;

    #[test]
    fn names_are_distinct() {
        let names: BTreeSet<_> = COLUMNS.iter().map(|column| column.name).collect();
        assert_eq!(names.len(), COLUMNS.len());
    }

    #[test]
    fn cells_are_written_as_in_the_published_dataset() {
        let text = "[Metadata]\nTags:farm\n[Difficulty]\nApproachRate:9.3\n\
                    [TimingPoints]\n0,500,4,1,0,60,1,0\n[HitObjects]\n0,0,0,1\n0,0,60000,1\n";
        let Ok(mut features) = read(text.as_bytes(), &Limits::default()) else {
            unreachable!("a beatmap is read")
        };
        features.map.star_rating = Some(5.123_456_789);
        let text = |name| {
            let column = COLUMNS[column_index(name)?];
            Some(column.text_of(column.value(&features)))
        };
        for (name, expected) in [
            ("bpm", "120.0"),
            ("ar", "9.3"),
            ("star_rating", "5.12346"),
            ("total_length", "60"),
            ("max_combo", ""),
            ("tag_farm", "1"),
            ("tag_jump", "0"),
            ("circles", "2.0"),
            ("notes_per_second", "0.03"),
        ] {
            assert_eq!(text(name).as_deref(), Some(expected), "{name}");
        }
    }
}
