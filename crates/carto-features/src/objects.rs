//! Hit objects and timing points as the published program reads their lines.

use carto_beatmap::python;
use carto_beatmap::sections::ListLine;
use carto_beatmap::text::excerpt;

use super::error::FeatureError;

/// What features need of a hit object.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct HitObjectLine {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) time_ms: f64,
    /// 1 circle, 2 slider, 8 spinner, and others.
    pub(super) kind_bits: i64,
}

impl HitObjectLine {
    pub(super) fn is_circle(self) -> bool {
        self.kind_bits & 1 != 0 && !self.is_slider() && !self.is_spinner()
    }

    pub(super) fn is_slider(self) -> bool {
        self.kind_bits & 2 != 0
    }

    pub(super) fn is_spinner(self) -> bool {
        self.kind_bits & 8 != 0
    }

    /// From head to head, osu!pixels.
    pub(super) fn distance_to(self, other: Self) -> f64 {
        let (dx, dy) = (other.x - self.x, other.y - self.y);
        (dx * dx + dy * dy).sqrt()
    }
}

/// A timing point of eight fields.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TimingLine {
    pub(super) time_ms: f64,
    pub(super) beat_length_ms: f64,
    pub(super) is_uninherited: bool,
    pub(super) is_kiai: bool,
}

/// Objects in file order. Lines of fewer than four fields are passed over.
///
/// # Errors
///
/// [`FeatureError::NotANumber`], also for NaN and infinity.
pub(super) fn read_objects(lines: &[ListLine<'_>]) -> Result<Vec<HitObjectLine>, FeatureError> {
    let objects = lines.iter().filter_map(|&(line, text)| {
        let mut fields = text.split(',');
        let fields = [fields.next()?, fields.next()?, fields.next()?, fields.next()?];
        Some(read_object(line, fields))
    });
    objects.collect()
}

fn read_object(line: usize, fields: [&str; 4]) -> Result<HitObjectLine, FeatureError> {
    let [x, y, time, kind] = fields;
    let finite = |text| float(line, text, f64::is_finite);
    Ok(HitObjectLine {
        x: finite(x)?,
        y: finite(y)?,
        time_ms: finite(time)?,
        kind_bits: integer(line, kind)?,
    })
}

/// Timing points in file order. Lines of fewer than eight fields, as in formats
/// 3 to 5, are passed over.
///
/// # Errors
///
/// [`FeatureError::NotANumber`]. NaN and infinity are numbers here: maps that
/// play with the format have beats of NaN.
pub(super) fn read_timing_points(lines: &[ListLine<'_>]) -> Result<Vec<TimingLine>, FeatureError> {
    let mut points = Vec::new();
    for &(line, text) in lines {
        let mut fields = text.split(',');
        let mut first = [""; 8];
        if first.iter_mut().any(|slot| fields.next().map(|field| *slot = field).is_none()) {
            continue;
        }
        let [time, beat_length, .., uninherited, effects] = first;
        points.push(TimingLine {
            time_ms: float(line, time, |_| true)?,
            beat_length_ms: float(line, beat_length, |_| true)?,
            is_uninherited: integer(line, uninherited)? == 1,
            is_kiai: integer(line, effects)? & 1 != 0,
        });
    }
    Ok(points)
}

fn float(line: usize, text: &str, is_allowed: fn(f64) -> bool) -> Result<f64, FeatureError> {
    python::float(text)
        .filter(|&value| is_allowed(value))
        .ok_or_else(|| FeatureError::NotANumber { line, text: excerpt(text) })
}

fn integer(line: usize, text: &str) -> Result<i64, FeatureError> {
    python::integer(text).ok_or_else(|| FeatureError::NotANumber { line, text: excerpt(text) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lines_are_passed_over_and_bad_numbers_named() {
        let Ok(objects) = read_objects(&[(1, "1,2,3"), (2, "1.5, 2 ,3,5,0"), (3, "0,0,9,12")])
        else {
            unreachable!("both can be read")
        };
        assert_eq!(objects.len(), 2);
        assert_eq!(objects[0], HitObjectLine { x: 1.5, y: 2.0, time_ms: 3.0, kind_bits: 5 });
        assert!(objects[0].is_circle() && objects[1].is_spinner());
        for (bad, what) in [("1,2,nan,1", "nan"), ("1,2,3,1.0", "1.0"), ("a,2,3,1", "a")] {
            let error = FeatureError::NotANumber { line: 7, text: what.to_owned() };
            assert_eq!(read_objects(&[(7, bad)]), Err(error));
        }
    }

    #[test]
    fn only_timing_points_of_eight_fields_count() {
        let lines = [(1, "0,500"), (2, "0,500,4,1,0,60,1"), (3, "7,NaN,4,1,0,60,1,3")];
        let Ok(points) = read_timing_points(&lines) else { unreachable!("all can be read") };
        assert_eq!(points.len(), 1);
        assert_eq!(points[0].time_ms, 7.0);
        assert!(points[0].beat_length_ms.is_nan());
        assert!(points[0].is_uninherited && points[0].is_kiai);
        assert!(read_timing_points(&[(1, "0,500,4,1,0,60,1.0,0")]).is_err());
    }
}
