//! Hit objects as `beatmap.py:176-216` reads them.

use super::refusal::Refusal;
use super::{sliders, timing};
use crate::beatmap::{
    HitObject, HitObjectKind, HitSound, Position, Quadratures, Slider, TimingPoint,
};
use crate::limits::Limits;
use crate::python::{float, integer};
use crate::sections::ListLine;
use crate::text::excerpt;

const FIELDS_AT: &str = "beatmap.py:180";

/// What a hit object needs to know of the rest of the map.
pub(super) struct Reader<'a> {
    pub(super) timing_points: &'a [TimingPoint],
    pub(super) slider_multiplier: f64,
    pub(super) limits: &'a Limits,
    pub(super) quadratures: Quadratures,
    pub(super) slider_work: usize,
}

impl Reader<'_> {
    /// Reads all objects, refusing the map at the first that overlaps the one
    /// before it, even by a millisecond (quirk 39).
    pub(super) fn read(mut self, lines: &[ListLine<'_>]) -> Result<Vec<HitObject>, Refusal> {
        let mut objects: Vec<HitObject> = Vec::with_capacity(lines.len());
        for &(line, text) in lines {
            let object = self.read_object(line, text)?;
            if let Some(previous) = objects.last() {
                if !previous.end_ms.is_finite() {
                    return Err(Refusal::EndNotFinite { line });
                }
                if object.start_ms < previous.end_ms {
                    return Err(Refusal::Overlap {
                        line,
                        start_ms: object.start_ms,
                        previous_end_ms: previous.end_ms,
                    });
                }
            }
            objects.push(object);
        }
        if objects.is_empty() { Err(Refusal::NoObjects) } else { Ok(objects) }
    }

    fn read_object(&mut self, line: usize, text: &str) -> Result<HitObject, Refusal> {
        let mut fields = text.split(',');
        let mut leading = [0.0; 5];
        for (n_fields, value) in leading.iter_mut().enumerate() {
            let field = fields.next().ok_or(Refusal::ObjectTooShort { line, n_fields })?;
            *value = truncated(field, line, FIELDS_AT)?;
        }
        let [x, y, start_ms, kind_bits, sound_bits] = leading;
        let head = Position { x, y };
        let bits = kind_bits as i64;

        let (end_ms, kind) = if bits & 1 != 0 {
            (start_ms, HitObjectKind::Circle(head))
        } else if bits & 2 != 0 {
            self.read_slider(line, head, start_ms, fields)?
        } else if bits & 8 != 0 {
            let end = fields.next().ok_or(Refusal::ObjectLacksFields {
                line,
                kind: "spinner",
                needed: 6,
                n_fields: 5,
            })?;
            (truncated(end, line, "beatmap.py:206")?, HitObjectKind::Spinner)
        } else {
            return Err(Refusal::UnknownObjectType { line, bits: kind_bits });
        };
        Ok(HitObject {
            start_ms,
            end_ms,
            new_combo: bits & 4 != 0,
            hit_sound: HitSound((sound_bits as i64 & 0xff) as u8),
            kind,
        })
    }

    /// The end is truncated after all slides are added up, and comes from the
    /// file's length even where the drawn path differs (quirks 39 and 40).
    fn read_slider<'b>(
        &mut self,
        line: usize,
        head: Position,
        start_ms: f64,
        mut fields: impl Iterator<Item = &'b str>,
    ) -> Result<(f64, HitObjectKind), Refusal> {
        let mut trailing = [""; 3];
        for (idx, slot) in trailing.iter_mut().enumerate() {
            *slot = fields.next().ok_or(Refusal::ObjectLacksFields {
                line,
                kind: "slider",
                needed: 8,
                n_fields: 5 + idx,
            })?;
        }
        let [curve, slides, length] = trailing;
        let points = self.control_points(line, head, curve)?;
        let not_a_number =
            |text: &str, source_at| Refusal::NotANumber { line, text: excerpt(text), source_at };
        let slides = integer(slides).ok_or_else(|| not_a_number(slides, "beatmap.py:201"))?;
        let length = float(length).ok_or_else(|| not_a_number(length, "beatmap.py:202"))?;

        let (beat_length_ms, velocity) = timing::active_at(self.timing_points, start_ms);
        let slider_multiplier = self.slider_multiplier * velocity;
        let slide_duration_ms = length / (slider_multiplier * 100.0) * beat_length_ms;
        let end_ms = libm::trunc(start_ms + slide_duration_ms * slides as f64);
        let path = sliders::path(line, &points, length, &mut self.quadratures)?;
        Ok((end_ms, HitObjectKind::Slider(Slider { head, path, slides, slide_duration_ms })))
    }

    /// The curve's letter is dropped; the points stay decimal, the head does not.
    fn control_points(
        &mut self,
        line: usize,
        head: Position,
        curve: &str,
    ) -> Result<Vec<Position>, Refusal> {
        let n_points = curve.bytes().filter(|&byte| byte == b'|').count() + 1;
        let limit = self.limits.max_control_points;
        if n_points > limit {
            return Err(Refusal::TooManyControlPoints { line, n_points, limit });
        }
        self.slider_work += n_points * n_points;
        if self.slider_work > self.limits.max_slider_work {
            return Err(Refusal::TooMuchSliderWork { line });
        }
        let mut points = Vec::with_capacity(n_points);
        points.push(head);
        for text in curve.split('|').skip(1) {
            let position = text
                .split_once(':')
                .and_then(|(x, y)| Some(Position { x: float(x)?, y: float(y)? }));
            points.push(
                position.ok_or_else(|| Refusal::BadControlPoint { line, text: excerpt(text) })?,
            );
        }
        Ok(points)
    }
}

/// `int(float(text))`, as a float: truncated towards zero.
///
/// # Errors
///
/// [`Refusal::NotANumber`], also for NaN and infinity, which have no integer.
fn truncated(text: &str, line: usize, source_at: &'static str) -> Result<f64, Refusal> {
    match float(text) {
        Some(value) if value.is_finite() => Ok(libm::trunc(value)),
        _ => Err(Refusal::NotANumber { line, text: excerpt(text), source_at }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truncation_is_towards_zero() {
        assert_eq!(truncated("-1.9", 1, ""), Ok(-1.0));
        assert_eq!(truncated("1.9", 1, ""), Ok(1.0));
        assert!(truncated("nan", 1, "").is_err());
        assert!(truncated("1e400", 1, "").is_err());
    }
}
