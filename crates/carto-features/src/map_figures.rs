//! Tier 1: what the osu! API says of a map, from the map itself.

use carto_beatmap::python;
use carto_beatmap::sections::Section;

use super::objects::HitObjectLine;
use super::rounding::share;
use super::sections::Sections;
use super::tempo::Tempo;

/// A setting that the file does not state (`BeatmapDifficulty.cs`, ppy/osu).
const DEFAULT_SETTING: f64 = 5.0;

/// `SliderMultiplier` of a file that does not state it (`BeatmapDifficulty.cs`, ppy/osu).
const DEFAULT_SPEED: f64 = 1.4;

/// Maps from here on have lengths rounded down by the site, those before rounded up.
///
/// The site goes by when a map was last updated, which the file does not say; of the
/// 239 maps of the golden test one lower id was updated later. The last map of
/// the older kind there is 3,802,658, the first of the newer 3,919,008.
const FIRST_ID_ROUNDED_DOWN: u64 = 3_850_000;

/// What the API says of a map, as far as its file tells.
///
/// Genre and status are not in a `.osu`.
#[derive(Debug, Clone, PartialEq)]
pub struct MapFigures {
    /// The tempo of most of the map, two decimals; `None` without one.
    pub bpm: Option<f64>,
    /// Approach rate in `[0, 10]`, with [`carto_types::Mods::DoubleTime`] up to 11;
    /// the overall difficulty where the file states none.
    pub ar: f64,
    /// Circle size, `[0, 10]`.
    pub cs: f64,
    /// Overall difficulty, `[0, 10]`, with [`carto_types::Mods::DoubleTime`] up to 11.1.
    pub od: f64,
    /// Drain rate, `[0, 10]`.
    pub hp: f64,
    /// Star rating of the game's algorithm. Empty until it is set.
    pub star_rating: Option<f64>,
    /// From the first to the last object's start without breaks, whole seconds.
    pub hit_length_s: u32,
    /// From the begin of the audio to the last object's start, whole seconds.
    pub total_length_s: u32,
    /// Sliders over circles and sliders; 0 where there is neither.
    pub slider_share: f64,
    /// The longest combo. Empty until it is set.
    pub max_combo: Option<u32>,
}

impl MapFigures {
    pub(super) fn compute(
        sections: &Sections<'_>,
        tempo: &Tempo,
        objects: &[HitObjectLine],
        beatmap_id: Option<u64>,
    ) -> Self {
        let is_rounded_down = beatmap_id.is_some_and(|id| id >= FIRST_ID_ROUNDED_DOWN);
        let seconds = if is_rounded_down { whole_seconds_down } else { whole_seconds_up };
        let setting = |key| setting(sections.value(key));
        let od = setting("OverallDifficulty").unwrap_or(DEFAULT_SETTING);
        let first_ms = objects.iter().map(|object| object.time_ms).fold(f64::INFINITY, f64::min);
        let last_ms = objects.iter().map(|object| object.time_ms).fold(0.0, f64::max);
        let playing_ms = if objects.is_empty() { 0.0 } else { last_ms - first_ms };
        let speed = python::float(sections.value("SliderMultiplier")).unwrap_or(DEFAULT_SPEED);
        let last_line = sections.list(Section::HitObjects).last();
        let end_ms = last_line.and_then(|&(_, text)| tempo.end_ms(text, speed)).unwrap_or(last_ms);
        let n_sliders = objects.iter().filter(|object| object.is_slider()).count();
        let n_circles = objects.iter().filter(|object| object.is_circle()).count();
        Self {
            bpm: tempo.main_bpm(end_ms),
            ar: setting("ApproachRate").unwrap_or(od),
            cs: setting("CircleSize").unwrap_or(DEFAULT_SETTING),
            od,
            hp: setting("HPDrainRate").unwrap_or(DEFAULT_SETTING),
            star_rating: None,
            hit_length_s: seconds(playing_ms - breaks_ms(sections)),
            total_length_s: seconds(last_ms),
            slider_share: share(n_sliders as f64, n_circles + n_sliders),
            max_combo: None,
        }
    }

    /// What the whole length has more than the played one, s.
    #[must_use]
    pub fn break_length_s(&self) -> i64 {
        i64::from(self.total_length_s) - i64::from(self.hit_length_s)
    }

    /// [`Self::break_length_s`] over the whole length; 0 for a map without length.
    #[must_use]
    pub fn break_ratio(&self) -> f64 {
        share(self.break_length_s() as f64, self.total_length_s as usize)
    }
}

/// A setting as osu! uses it; `None` where it cannot be read.
fn setting(text: &str) -> Option<f64> {
    python::float(text).filter(|value| value.is_finite()).map(|value| value.clamp(0.0, 10.0))
}

/// From 0.
fn whole_seconds_up(time_ms: f64) -> u32 {
    (time_ms / 1000.0).ceil() as u32
}

/// From 0.
fn whole_seconds_down(time_ms: f64) -> u32 {
    (time_ms / 1000.0).floor() as u32
}

/// All breaks together, ms.
fn breaks_ms(sections: &Sections<'_>) -> f64 {
    let length_ms = |text: &str| {
        let mut fields = text.split(',');
        let is_break = matches!(fields.next().map(str::trim), Some("2" | "Break"));
        let begin_ms = python::float(fields.next()?)?;
        let length_ms = python::float(fields.next()?)? - begin_ms;
        (is_break && length_ms > 0.0 && length_ms.is_finite()).then_some(length_ms)
    };
    sections.list(Section::Events).iter().filter_map(|&(_, text)| length_ms(text)).sum()
}

#[cfg(test)]
mod tests {
    use crate::read;
    use carto_beatmap::limits::Limits;

    use super::*;

    fn figures(text: &str) -> MapFigures {
        let features = read(format!("osu file format v14\n{text}").as_bytes(), &Limits::default());
        match features {
            Ok(features) => features.map,
            Err(error) => unreachable!("{error}"),
        }
    }

    #[test]
    fn lengths_go_by_starts() {
        let text = "[Events]\n2,3000,5500\nBreak,6000,7000\n0,0,\"bg.jpg\"\n2,9,1\n2,x,1\n\
                    [HitObjects]\n0,0,1200,1,0\n0,0,10001,12,0,99000\n";
        let figures = figures(text);
        assert_eq!(figures.total_length_s, 11);
        // 8.801 s from start to start, 3.5 s of breaks: 5.301 s.
        assert_eq!(figures.hit_length_s, 6);
        assert_eq!(figures.break_length_s(), 5);
        assert_eq!(figures.break_ratio(), 5.0 / 11.0);
    }

    #[test]
    fn newer_maps_have_lengths_rounded_down() {
        let of_id = |id: u64| {
            figures(&format!("[Metadata]\nBeatmapID:{id}\n[HitObjects]\n0,0,900,1\n0,0,3800,1\n"))
        };
        let (older, newer) = (of_id(3_849_999), of_id(3_850_000));
        assert_eq!((older.total_length_s, older.hit_length_s), (4, 3));
        assert_eq!((newer.total_length_s, newer.hit_length_s), (3, 2));
    }

    #[test]
    fn a_whole_second_is_not_rounded() {
        let figures = figures("[HitObjects]\n0,0,-2000,1,0\n0,0,3000,1,0\n");
        assert_eq!((figures.total_length_s, figures.hit_length_s), (3, 5));
        assert_eq!(figures.break_length_s(), -2);
    }

    #[test]
    fn settings_are_those_in_effect() {
        let figures = figures("[Difficulty]\nOverallDifficulty:8\nCircleSize:x\nHPDrainRate:12\n");
        assert_eq!((figures.ar, figures.cs, figures.od, figures.hp), (8.0, 5.0, 8.0, 10.0));
        assert_eq!(figures.slider_share, 0.0);
    }

    #[test]
    fn sliders_are_held_against_circles_and_sliders() {
        let text = "[HitObjects]\n0,0,0,1,0\n0,0,1,2,0\n0,0,2,5,0\n0,0,3,6,0\n0,0,4,12,0\n";
        assert_eq!(figures(text).slider_share, 0.5);
    }
}
