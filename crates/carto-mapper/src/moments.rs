use carto_evidence::{Alignment, Bars, EvidenceMap};
use carto_types::{AlignmentClass, SignalChannel};

/// The most bars that are named.
const MOST_MOMENTS: usize = 3;

/// Where the bars begin in which two maps differ most in the level of a channel: of the bars of A in
/// which both have an object those in which the mean of A less that of B is greatest.
///
/// - `alignment`: of the two; without one there are no common bars
/// - `is_higher`: whether A is to have more; else less
/// - returns: up to 3, ms on the time line of A, the greatest difference first, of equal ones the
///   earlier; empty for maps that are not aligned
#[must_use]
pub fn moments(
    a: &EvidenceMap,
    b: &EvidenceMap,
    alignment: &Alignment,
    channel: SignalChannel,
    is_higher: bool,
) -> Vec<f64> {
    let lag_ms = alignment.lag_ms;
    let is_aligned = alignment.class == AlignmentClass::Aligned;
    let Some(bars) = is_aligned.then(|| Bars::shared(a, b, lag_ms)).flatten() else {
        return Vec::new();
    };
    let onsets_a_ms = a.events_ms(SignalChannel::Onset);
    let onsets_b_ms: Vec<f64> =
        b.events_ms(SignalChannel::Onset).iter().map(|time_ms| time_ms + lag_ms).collect();
    let grid = bars.grid([onsets_a_ms, &onsets_b_ms]);
    let with_onsets = |onsets_ms: &[f64]| bars.occupied(onsets_ms.iter().copied(), grid);
    let active = with_onsets(onsets_a_ms).rows_with_both(&with_onsets(&onsets_b_ms));
    let bars = bars.take(&active);
    let levels_a = bar_levels(a, &bars, 0.0, channel);
    let levels_b = bar_levels(b, &bars, lag_ms, channel);
    let sign = if is_higher { 1.0 } else { -1.0 };
    let differences = levels_a.iter().zip(&levels_b).map(|(a, b)| sign * (a - b));
    let mut found: Vec<(f64, f64)> =
        differences.zip(bars.start_ms().iter().copied()).filter(|it| it.0 > 0.0).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().take(MOST_MOMENTS).map(|(_, start_ms)| start_ms).collect()
}

/// The mean of a channel in each bar, `[n_bars]`.
///
/// - `lag_ms`: added to the times of the map
fn bar_levels(map: &EvidenceMap, bars: &Bars, lag_ms: f64, channel: SignalChannel) -> Vec<f64> {
    let times_ms: Vec<f64> = bars.sample_times_ms().iter().map(|it| it - lag_ms).collect();
    let all = map.signal().sample(&times_ms);
    let n_samples = bars.n_samples();
    let of_channel = all.chunks_exact(times_ms.len().max(1)).nth(channel as usize).unwrap_or(&[]);
    let mean = |values: &[f64]| values.iter().sum::<f64>() / n_samples as f64;
    of_channel.chunks_exact(n_samples).map(mean).collect()
}

#[cfg(test)]
mod tests {
    use carto_beatmap::limits::Limits;
    use carto_beatmap::osu;

    use super::*;

    /// Bars of 2,000 ms from time 0, each with its own step between circles.
    fn map(steps_ms: &[u32], offset_ms: u32) -> EvidenceMap {
        let objects = (0..).zip(steps_ms).flat_map(|(bar, &step_ms)| {
            (0..2000 / step_ms).map(move |idx| offset_ms + 2000 * bar + step_ms * idx)
        });
        let objects: String = objects.map(|time_ms| format!("9,9,{time_ms},1,0\n")).collect();
        let text = format!(
            "osu file format v14\n[TimingPoints]\n{offset_ms},500,4,1,0,60,1,0\n[HitObjects]\n{objects}"
        );
        EvidenceMap::new(osu::read(text.as_bytes(), &Limits::default()).unwrap().beatmap).unwrap()
    }

    #[test]
    fn the_bar_that_is_denser_in_one_map_is_its_moment() {
        let mut steps_ms = [500; 24];
        let plain = map(&steps_ms, 0);
        steps_ms[7] = 125;
        steps_ms[15] = 250;
        let dense = map(&steps_ms, 0);
        let alignment = Alignment::of_one_file(&dense, &plain);
        let moments =
            |is_higher| moments(&dense, &plain, &alignment, SignalChannel::Onset, is_higher);
        assert_eq!(moments(false), [14_000.0, 30_000.0], "ONSET is low where onsets are dense");
        assert!(moments(true).is_empty());
    }

    #[test]
    fn moments_are_on_the_time_line_of_the_first() {
        let mut steps_ms = [500; 24];
        let plain = map(&steps_ms, 100);
        steps_ms[7] = 125;
        let dense = map(&steps_ms, 0);
        let alignment = Alignment::of_timing_points(&dense, &plain);
        assert_eq!(alignment.lag_ms, -100.0);
        let found = moments(&dense, &plain, &alignment, SignalChannel::Onset, false);
        assert_eq!(found.first(), Some(&14_000.0));
        let back = Alignment::of_timing_points(&plain, &dense);
        let found = moments(&plain, &dense, &back, SignalChannel::Onset, true);
        assert_eq!(found.first(), Some(&14_100.0));
    }
}
