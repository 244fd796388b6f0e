use carto_beatmap::beatmap::HitObjectKind;

use crate::EvidenceMap;
use crate::map::TAIL_MS;
use crate::objects::{MIN_STEPS, MIN_TURNS, Objects};

/// How one map moves the cursor from an object to the next: the means of what
/// [`SpanAgreement::spacing`](carto_types::SpanAgreement::spacing) and
/// [`SpanAgreement::turn`](carto_types::SpanAgreement::turn) correlate.
///
/// A step leads from an object to the next one of the file that begins later, and at most
/// 2,048 ms later: beyond that there is a break. Spinners have no place, so no step leads to or
/// from one.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MapMovement {
    /// Mean over steps of `ln(1 + distance)`, the distance in osu!pixels; `None` below 30 steps.
    pub spacing: Option<f64>,
    /// Mean cosine of the angle between the step to an object and the step from it, in
    /// `[-1, 1]`: 1 goes straight on, -1 goes back. Steps of no distance have no angle; `None`
    /// below 21 angles.
    pub turn: Option<f64>,
}

impl MapMovement {
    /// The movement of a map; O(objects).
    #[must_use]
    pub fn of(map: &EvidenceMap) -> Self {
        let objects = Objects::of(map, 0.0);
        let kinds = &map.signal().beatmap().hit_objects;
        let has_place = |idx: usize| {
            kinds.get(idx).is_some_and(|object| !matches!(object.kind, HitObjectKind::Spinner))
        };
        let gap_ms = |idx: usize| objects.times_ms[idx + 1] - objects.times_ms[idx];
        let is_step = |idx: usize| {
            let gap_ms = gap_ms(idx);
            gap_ms > 0.0 && gap_ms <= TAIL_MS && has_place(idx) && has_place(idx + 1)
        };
        let steps: Vec<bool> = (1..kinds.len()).map(|next| is_step(next - 1)).collect();
        let is_step = |idx: usize| steps.get(idx).copied().unwrap_or(false);
        let distances: Vec<f64> = (0..steps.len())
            .filter(|&idx| is_step(idx))
            .map(|idx| libm::log1p(objects.leg(idx).length()))
            .collect();
        let cosines: Vec<f64> = (1..steps.len())
            .filter(|&idx| is_step(idx - 1) && is_step(idx))
            .filter_map(|idx| objects.cosine_at(idx))
            .collect();
        Self { spacing: mean_of(&distances, MIN_STEPS), turn: mean_of(&cosines, MIN_TURNS) }
    }
}

/// The mean of so many values at least.
fn mean_of(values: &[f64], fewest: usize) -> Option<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    (values.len() >= fewest).then_some(mean).filter(|mean| mean.is_finite())
}

#[cfg(test)]
mod tests {
    use carto_beatmap::limits::Limits;
    use carto_beatmap::osu;

    use super::*;

    fn movement(objects: &str) -> MapMovement {
        let text = format!(
            "osu file format v14\n[TimingPoints]\n0,500,4,1,0,60,1,0\n[HitObjects]\n{objects}"
        );
        let map = osu::read(text.as_bytes(), &Limits::default()).unwrap().beatmap;
        MapMovement::of(&EvidenceMap::new(map).unwrap())
    }

    #[test]
    fn a_zigzag_of_equal_steps_has_their_logarithm_and_goes_back() {
        let x = |idx: usize| if idx.is_multiple_of(2) { 100 } else { 200 };
        let zigzag: String =
            (0..31).map(|idx| format!("{},192,{},1,0\n", x(idx), idx * 250)).collect();
        let found = movement(&zigzag);
        assert!((found.spacing.unwrap() - 101_f64.ln()).abs() < 1e-12);
        assert!((found.turn.unwrap() + 1.0).abs() < 1e-12);
        let fewer: String = zigzag.lines().take(30).map(|line| format!("{line}\n")).collect();
        let found = movement(&fewer);
        assert_eq!(found.spacing, None, "29 steps");
        assert!(found.turn.is_some(), "28 angles");
    }

    #[test]
    fn breaks_spinners_and_stacks_are_no_steps_or_have_no_angle() {
        // 40 steps of 10 to the right, a break, a spinner, and 40 of 10 to the right: what lies
        // between would be longer.
        let run = |from_ms: usize, y: usize| -> String {
            (0..41)
                .map(|idx| format!("{},{y},{},1,0\n", 20 + 10 * idx, from_ms + 200 * idx))
                .collect()
        };
        let text = run(0, 50) + "256,192,10100,12,0,11000\n" + &run(11_500, 300);
        let found = movement(&text);
        assert!((found.spacing.unwrap() - 11_f64.ln()).abs() < 1e-12);
        assert!((found.turn.unwrap() - 1.0).abs() < 1e-12);
        let stack: String = (0..40).map(|idx| format!("9,9,{},1,0\n", idx * 200)).collect();
        assert_eq!(movement(&stack), MapMovement { spacing: Some(0.0), turn: None });
    }
}
