//! Tier 2: statistics of hit objects and timing points, as published.

use super::kiai::KiaiSections;
use super::objects::{HitObjectLine, TimingLine};
use super::rounding::{mean, share, two_decimals, variance};
use super::tempo::STREAM_TOLERANCE;

/// Statistics of hit objects and timing points.
///
/// Objects stand in file order; gaps are from one object's time to the next
/// one's, distances from head to head. Whatever is a share or a mean of nothing
/// is 0. All but counts are rounded to two decimals, and what is computed from
/// another figure is computed from the rounded one, as in the published program.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectFigures {
    /// Objects that are circles and neither slider nor spinner.
    pub circles: usize,
    /// Objects that are sliders.
    pub sliders: usize,
    /// Objects that are spinners.
    pub spinners: usize,
    /// All objects.
    pub total_notes: usize,
    /// Sliders over all objects.
    pub slider_ratio: f64,
    /// Beats a minute of the first uninherited timing point with a positive
    /// beat; `None` in formats 3 to 5, whose points have fewer than eight fields.
    pub base_bpm: Option<f64>,
    /// Mean distance, osu!pixels.
    pub mean_distance: f64,
    /// Population standard deviation of distances around the rounded mean, osu!pixels.
    pub std_distance: f64,
    /// Objects within kiai sections, both ends included.
    pub kiai_note_count: usize,
    /// Objects within kiai sections over all objects.
    pub kiai_note_ratio: f64,
    /// Mean distance between one object in kiai and the next one in kiai.
    pub kiai_mean_dist: f64,
    /// Mean gap, ms.
    pub mean_interval_ms: f64,
    /// Population variance of gaps around the rounded mean, ms².
    pub interval_variance: f64,
    /// `ln(1 + interval_variance)`.
    pub interval_variance_log: f64,
    /// Share of gaps up to 1.1 times a quarter of a beat at `base_bpm`.
    pub stream_density: f64,
    /// Share of gaps shorter than 1.1 times a quarter of a beat at `base_bpm` that are
    /// followed by one over twice that long.
    pub burst_density: f64,
    /// `base_bpm * stream_density`.
    pub speed_index: f64,
    /// Of neighbouring gaps, the later above 0, the share of pairs whose first
    /// is 1.8 to 2.2 times the second.
    pub alt_ratio: f64,
    /// `mean_distance / mean_interval_ms`.
    pub mean_velocity: f64,
    /// All objects over the seconds from first to last.
    pub notes_per_second: f64,
    /// Distinct gaps, to a millisecond, over gaps.
    pub rhythm_complexity: f64,
    /// Mean time from a slider to the object after it, ms.
    pub mean_sliders_length: f64,
    /// Approach rate over overall difficulty, not rounded; 0 where the latter is.
    pub ar_od_ratio: f64,
}

impl ObjectFigures {
    /// - `ar`, `od`: in effect, `[0, 10]`
    pub(super) fn compute(
        objects: &[HitObjectLine],
        timing_points: &[TimingLine],
        ar: f64,
        od: f64,
    ) -> Self {
        let total_notes = objects.len();
        let count = |is: fn(HitObjectLine) -> bool| objects.iter().filter(|o| is(**o)).count();
        let sliders = count(HitObjectLine::is_slider);
        let base_bpm = base_bpm(timing_points);

        let distances = distances(objects);
        let mean_distance = two_decimals(mean(&distances));

        let kiai = KiaiSections::of(timing_points);
        let in_kiai: Vec<_> =
            objects.iter().copied().filter(|object| kiai.contains(object.time_ms)).collect();

        let gaps: Vec<f64> = objects.windows(2).map(gap_ms).collect();
        let mean_interval_ms = two_decimals(mean(&gaps));
        let interval_variance = two_decimals(variance(&gaps, mean_interval_ms));
        let stream_density = base_bpm.map_or(0.0, |bpm| stream_density(&gaps, bpm));

        Self {
            circles: count(HitObjectLine::is_circle),
            sliders,
            spinners: count(HitObjectLine::is_spinner),
            total_notes,
            slider_ratio: two_decimals(share(sliders as f64, total_notes)),
            base_bpm,
            mean_distance,
            std_distance: two_decimals(variance(&distances, mean_distance).sqrt()),
            kiai_note_count: in_kiai.len(),
            kiai_note_ratio: two_decimals(share(in_kiai.len() as f64, total_notes)),
            kiai_mean_dist: two_decimals(mean(&self::distances(&in_kiai))),
            mean_interval_ms,
            interval_variance,
            interval_variance_log: two_decimals(libm::log1p(interval_variance)),
            stream_density,
            burst_density: base_bpm.map_or(0.0, |bpm| burst_density(&gaps, bpm)),
            speed_index: speed_index(base_bpm, stream_density),
            alt_ratio: alt_ratio(&gaps),
            mean_velocity: two_decimals(quotient(mean_distance, mean_interval_ms)),
            notes_per_second: notes_per_second(objects),
            rhythm_complexity: rhythm_complexity(&gaps),
            mean_sliders_length: mean_sliders_length(objects),
            ar_od_ratio: quotient(ar, od),
        }
    }
}

/// `base_bpm * stream_density`, two decimals.
pub(super) fn speed_index(base_bpm: Option<f64>, stream_density: f64) -> f64 {
    two_decimals(base_bpm.unwrap_or(0.0) * stream_density)
}

/// `a / b`, 0 where `b` is.
pub(super) fn quotient(a: f64, b: f64) -> f64 {
    if b == 0.0 { 0.0 } else { a / b }
}

/// A tempo of 0, from a beat that never ends, is none.
fn base_bpm(timing_points: &[TimingLine]) -> Option<f64> {
    let sets_tempo = |point: &&TimingLine| point.is_uninherited && point.beat_length_ms > 0.0;
    let first = timing_points.iter().find(sets_tempo)?;
    Some(two_decimals(60_000.0 / first.beat_length_ms)).filter(|&bpm| bpm > 0.0)
}

fn distances(objects: &[HitObjectLine]) -> Vec<f64> {
    objects.windows(2).map(|pair| pair[0].distance_to(pair[1])).collect()
}

fn gap_ms(pair: &[HitObjectLine]) -> f64 {
    pair[1].time_ms - pair[0].time_ms
}

/// The longest gap of a stream, ms.
fn stream_threshold_ms(base_bpm: f64) -> f64 {
    60_000.0 / (base_bpm * 4.0) * STREAM_TOLERANCE
}

fn stream_density(gaps_ms: &[f64], base_bpm: f64) -> f64 {
    let threshold_ms = stream_threshold_ms(base_bpm);
    let n_stream = gaps_ms.iter().filter(|&&gap| gap <= threshold_ms).count();
    two_decimals(share(n_stream as f64, gaps_ms.len()))
}

fn burst_density(gaps_ms: &[f64], base_bpm: f64) -> f64 {
    let threshold_ms = stream_threshold_ms(base_bpm);
    let ends_burst = |pair: &&[f64]| pair[0] < threshold_ms && pair[1] > 2.0 * threshold_ms;
    let n_bursts = gaps_ms.windows(2).filter(ends_burst).count();
    two_decimals(share(n_bursts as f64, gaps_ms.len()))
}

fn alt_ratio(gaps_ms: &[f64]) -> f64 {
    let (mut n_pairs, mut n_halved) = (0, 0_usize);
    for pair in gaps_ms.windows(2).filter(|pair| pair[1] > 0.0) {
        n_pairs += 1;
        n_halved += usize::from((1.8..=2.2).contains(&(pair[0] / pair[1])));
    }
    two_decimals(share(n_halved as f64, n_pairs))
}

/// May be below 0 where objects are out of order, as published.
fn notes_per_second(objects: &[HitObjectLine]) -> f64 {
    let (Some(first), Some(last)) = (objects.first(), objects.last()) else { return 0.0 };
    let length_s = (last.time_ms - first.time_ms) / 1000.0;
    two_decimals(quotient(objects.len() as f64, length_s))
}

fn rhythm_complexity(gaps_ms: &[f64]) -> f64 {
    let mut distinct: Vec<f64> = gaps_ms.iter().map(|gap| gap.round_ties_even()).collect();
    distinct.sort_by(f64::total_cmp);
    // Not by bits: -0 and 0 are one gap.
    distinct.dedup_by(|a, b| a == b);
    two_decimals(share(distinct.len() as f64, gaps_ms.len()))
}

fn mean_sliders_length(objects: &[HitObjectLine]) -> f64 {
    let followed = objects.windows(2).filter(|pair| pair[0].is_slider());
    two_decimals(mean(&followed.map(gap_ms).collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(x: f64, y: f64, time_ms: f64, kind_bits: i64) -> HitObjectLine {
        HitObjectLine { x, y, time_ms, kind_bits }
    }

    fn circles_at(times_ms: &[f64]) -> Vec<HitObjectLine> {
        times_ms.iter().map(|&time_ms| object(0.0, 0.0, time_ms, 1)).collect()
    }

    fn beat(beat_length_ms: f64, is_uninherited: bool) -> TimingLine {
        TimingLine { time_ms: 0.0, beat_length_ms, is_uninherited, is_kiai: false }
    }

    fn figures(objects: &[HitObjectLine], timing_points: &[TimingLine]) -> ObjectFigures {
        ObjectFigures::compute(objects, timing_points, 9.0, 8.0)
    }

    #[test]
    fn objects_are_counted_by_their_bits() {
        let kinds = [1, 5, 2, 6, 12, 3, 9, 128];
        let objects: Vec<_> = kinds.iter().map(|&kind| object(0.0, 0.0, 0.0, kind)).collect();
        let figures = figures(&objects, &[]);
        assert_eq!((figures.circles, figures.sliders, figures.spinners), (2, 3, 2));
        assert_eq!((figures.total_notes, figures.slider_ratio), (8, 0.38));
        assert_eq!(figures.ar_od_ratio, 1.125);
    }

    #[test]
    fn the_first_tempo_is_the_base() {
        let base = |points: &[TimingLine]| figures(&[], points).base_bpm;
        assert_eq!(
            base(&[beat(-50.0, false), beat(352.941, true), beat(500.0, true)]),
            Some(170.0)
        );
        assert_eq!(base(&[beat(-1.0, true), beat(500.0, false)]), None);
        assert_eq!(base(&[beat(f64::NAN, true)]), None);
        assert_eq!(base(&[beat(f64::INFINITY, true), beat(500.0, true)]), None);
    }

    #[test]
    fn distances_run_from_head_to_head() {
        let objects =
            [object(0.0, 0.0, 0.0, 1), object(3.0, 4.0, 100.0, 1), object(3.0, 19.0, 400.0, 1)];
        let figures = figures(&objects, &[]);
        assert_eq!((figures.mean_distance, figures.std_distance), (10.0, 5.0));
        assert_eq!(figures.mean_interval_ms, 200.0);
        assert_eq!(figures.interval_variance, 10_000.0);
        assert_eq!(figures.interval_variance_log, 9.21);
        assert_eq!(figures.mean_velocity, 0.05);
        assert_eq!(figures.notes_per_second, 7.5);
        assert_eq!(figures.rhythm_complexity, 1.0);
    }

    #[test]
    fn the_variance_is_around_the_rounded_mean() {
        // Gaps 1, 1, 2: the mean is 1.333…, rounded 1.33.
        let figures = figures(&circles_at(&[0.0, 1.0, 2.0, 4.0]), &[]);
        assert_eq!(figures.mean_interval_ms, 1.33);
        assert_eq!(figures.interval_variance, 0.22);
        assert_eq!(figures.rhythm_complexity, 0.67);
    }

    #[test]
    fn quarters_are_a_stream_and_a_pause_ends_a_burst() {
        // At 120 beats a minute the threshold is 125 ms * 1.1 = 137.5 ms.
        let objects = circles_at(&[0.0, 125.0, 250.0, 388.0, 500.0, 776.0]);
        let figures = figures(&objects, &[beat(500.0, true)]);
        // Gaps 125, 125, 138, 112, 276.
        assert_eq!(figures.stream_density, 0.6);
        assert_eq!(figures.burst_density, 0.2);
        assert_eq!(figures.speed_index, 72.0);
        assert_eq!(figures.base_bpm, Some(120.0));
    }

    #[test]
    fn halved_gaps_are_told_and_gaps_of_zero_left_out() {
        // Gaps 200, 100, 100, 0, 90, 50.
        let objects = circles_at(&[0.0, 200.0, 300.0, 400.0, 400.0, 490.0, 540.0]);
        // Pairs with a second above 0: 2, 1, 0, 1.8.
        assert_eq!(figures(&objects, &[]).alt_ratio, 0.5);
    }

    #[test]
    fn kiai_notes_are_those_between_its_ends() {
        let point = |time_ms, is_kiai| TimingLine { time_ms, is_kiai, ..beat(500.0, true) };
        let objects = [
            object(0.0, 0.0, 90.0, 1),
            object(0.0, 0.0, 100.0, 1),
            object(0.0, 50.0, 150.0, 1),
            object(0.0, 90.0, 250.0, 1),
            object(0.0, 80.0, 300.0, 1),
        ];
        let points = [point(100.0, true), point(200.0, false), point(300.0, true)];
        let figures = figures(&objects, &points);
        assert_eq!((figures.kiai_note_count, figures.kiai_note_ratio), (3, 0.6));
        // 50 and, across the pause, 30.
        assert_eq!(figures.kiai_mean_dist, 40.0);
    }

    #[test]
    fn a_slider_lasts_until_the_next_object() {
        let objects = [
            object(0.0, 0.0, 0.0, 2),
            object(0.0, 0.0, 300.0, 1),
            object(0.0, 0.0, 400.0, 6),
            object(0.0, 0.0, 500.0, 2),
        ];
        assert_eq!(figures(&objects, &[]).mean_sliders_length, 200.0);
        assert_eq!(figures(&objects[3..], &[]).mean_sliders_length, 0.0);
    }

    #[test]
    fn one_object_has_no_gaps() {
        let figures = figures(&circles_at(&[77.0]), &[beat(500.0, true)]);
        assert_eq!(figures.notes_per_second, 0.0);
        assert_eq!((figures.mean_interval_ms, figures.stream_density), (0.0, 0.0));
        assert_eq!((figures.total_notes, figures.rhythm_complexity), (1, 0.0));
    }
}
