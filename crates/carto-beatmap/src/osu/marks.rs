use rosu_map::section::events::BreakPeriod;
use rosu_map::section::timing_points::EffectPoint;

use super::map::TimeMarks;

/// The times that a file marks.
///
/// - `effects`: ascending
/// - `breaks`: in file order
/// - `offset_ms`: added to all times
pub(super) fn marks(effects: &[EffectPoint], breaks: &[BreakPeriod], offset_ms: f64) -> TimeMarks {
    let moved = |[from_ms, to_ms]: [f64; 2]| [from_ms + offset_ms, to_ms + offset_ms];
    let has_time = |[from_ms, to_ms]: &[f64; 2]| from_ms < to_ms;
    let breaks = breaks.iter().map(|period| moved([period.start_time, period.end_time]));
    let mut breaks_ms: Vec<[f64; 2]> = breaks.filter(has_time).collect();
    breaks_ms.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let (mut kiai_ms, mut begun_ms) = (Vec::new(), None);
    for effect in effects {
        match (effect.kiai, begun_ms) {
            (true, None) => begun_ms = Some(effect.time),
            (false, Some(from_ms)) => {
                kiai_ms.push(moved([from_ms, effect.time]));
                begun_ms = None;
            }
            _ => {}
        }
    }
    kiai_ms.extend(begun_ms.map(|from_ms| moved([from_ms, f64::INFINITY])));
    kiai_ms.retain(has_time);
    TimeMarks { kiai_ms, breaks_ms }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kiai_lasts_from_the_point_that_turns_it_on_to_the_one_that_turns_it_off() {
        let effects = [(0.0, false), (10.0, true), (15.0, true), (20.0, false), (30.0, true)];
        let effects = effects.map(|(time_ms, is_kiai)| EffectPoint::new(time_ms, is_kiai));
        let breaks = [(9.0, 8.0), (5.0, 7.0), (1.0, 2.0)];
        let breaks = breaks.map(|(start_time, end_time)| BreakPeriod { start_time, end_time });
        let found = marks(&effects, &breaks, 24.0);
        assert_eq!(found.kiai_ms, [[34.0, 44.0], [54.0, f64::INFINITY]]);
        assert_eq!(found.breaks_ms, [[25.0, 26.0], [29.0, 31.0]]);
    }
}
