use carto_beatmap::limits::Limits;
use carto_beatmap::sections::Section;
use carto_beatmap::text::decode;

use super::columns::COLUMNS;
use super::error::FeatureError;
use super::features::BeatmapFeatures;
use super::map_figures::MapFigures;
use super::metadata::{TagKeywords, read_texts};
use super::object_figures::ObjectFigures;
use super::objects::{read_objects, read_timing_points};
use super::sections::Sections;
use super::tempo::Tempo;

/// Reads the features of one `.osu`; star rating and max combo stay empty.
///
/// # Errors
///
/// [`FeatureError`] for a file that is no osu!standard beatmap, has a number
/// that cannot be read where the published program needs one, or goes beyond
/// `limits`.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<BeatmapFeatures, FeatureError> {
    limits.check_bytes(bytes.len())?;
    let text = decode(bytes);
    let sections = Sections::split(&text, limits)?;
    if let Some(mode) = sections.other_mode() {
        return Err(FeatureError::OtherMode { mode });
    }
    let objects = read_objects(sections.list(Section::HitObjects))?;
    let timing_lines = sections.list(Section::TimingPoints);
    let timing_points = read_timing_points(timing_lines)?;
    let tempo = Tempo::read(timing_lines);
    let texts = read_texts(&sections);
    let map = MapFigures::compute(&sections, &tempo, &objects, texts.id);
    let features = BeatmapFeatures {
        objects: ObjectFigures::compute(&objects, &timing_points, map.ar, map.od),
        stream_density_local: tempo.stream_density(&objects),
        texts,
        tags: TagKeywords::find(sections.value("Tags")),
        map,
    };
    match COLUMNS.iter().find(|c| c.value(&features).is_some_and(|value| !value.is_finite())) {
        Some(column) => Err(FeatureError::NotFinite { column: column.name }),
        None => Ok(features),
    }
}

#[cfg(test)]
mod tests {
    use carto_beatmap::limits::LimitError;

    use super::*;
    use crate::Column;

    #[test]
    fn what_is_no_beatmap_is_refused_by_cause() {
        let read = |text: &str| read(text.as_bytes(), &Limits::default()).map(|_| ());
        assert_eq!(read(""), Err(FeatureError::Empty));
        assert_eq!(
            read("<html>\n"),
            Err(FeatureError::NotABeatmap { first_line: "<html>".to_owned() })
        );
        assert_eq!(read("[General]\nMode: 3\n"), Err(FeatureError::OtherMode { mode: 3 }));
        let bad = "osu file format v14\n[HitObjects]\n1,2,x,1,0\n";
        assert_eq!(read(bad), Err(FeatureError::NotANumber { line: 3, text: "x".to_owned() }));
        let wide = "osu file format v14\n[HitObjects]\n1e200,2,3,1,0\n-1e200,2,9,1,0\n";
        assert_eq!(read(wide), Err(FeatureError::NotFinite { column: "mean_distance" }));
    }

    #[test]
    fn limits_hold_before_anything_is_built() {
        let limits = Limits { max_lines: 2, ..Limits::default() };
        let text = "[HitObjects]\n1,2,3,1\n1,2,4,1\n1,2,5,1\n";
        let error = read(text.as_bytes(), &limits).map(|_| ());
        assert_eq!(
            error,
            Err(LimitError::TooManyLines { section: Section::HitObjects, limit: 2 }.into())
        );
        let limits = Limits { max_bytes: 3, ..Limits::default() };
        let error = read(b"abcd", &limits).map(|_| ());
        assert_eq!(error, Err(LimitError::TooManyBytes { n_bytes: 4, limit: 3 }.into()));
    }

    #[test]
    fn a_map_without_objects_has_zeros() {
        let Ok(features) = read(b"osu file format v14\n", &Limits::default()) else {
            unreachable!("a beatmap is read")
        };
        let is_set = |column: &&Column| !["star_rating", "max_combo"].contains(&column.name);
        for column in COLUMNS.iter().filter(is_set) {
            match column.name {
                "bpm" | "base_bpm" => assert_eq!(column.value(&features), None),
                "ar" | "cs" | "od" | "hp" => assert_eq!(column.value(&features), Some(5.0)),
                "ar_od_ratio" => assert_eq!(column.value(&features), Some(1.0)),
                name => assert_eq!(column.value(&features), Some(0.0), "{name}"),
            }
        }
    }
}
