//! Features that are computed from the columns of a table.
//!
//! Derived features hold what the columns hold, but in units in which maps of different
//! tempo and difficulty are alike: intervals in beats, distances in diameters.

/// One number computed from others of the same map.
pub(super) struct Derived {
    pub(super) name: &'static str,
    /// Columns that the feature needs.
    pub(super) inputs: &'static [&'static str],
    /// Numbers of `inputs` in their order; NaN, where one is missing, gives NaN.
    pub(super) of: fn(&[f64]) -> f64,
}

/// All derived features. A model names those that it uses: one may be added, none
/// may change its meaning.
pub(super) const DERIVED: [Derived; 26] = [
    derived("interval_beats", &["mean_interval_ms", "base_bpm"], |v| v[0] * v[1] / MS_PER_MINUTE),
    derived("distance_spread", &["std_distance", "mean_distance"], |v| v[0] / (v[1] + 1.0)),
    derived("kiai_distance_share", &["kiai_mean_dist", "mean_distance", "kiai_note_count"], |v| {
        if v[2] > 0.0 { v[0] / (v[1] + 1.0) } else { f64::NAN }
    }),
    derived("interval_spread", &["interval_variance", "mean_interval_ms"], |v| {
        v[0].max(0.0).sqrt() / (v[1] + 1.0)
    }),
    derived("folded_bpm", &["base_bpm"], |v| folded_bpm(v[0])),
    derived("bpm_ratio", &["base_bpm", "bpm"], |v| v[0] / v[1].max(1.0)),
    derived("slider_beats", &["mean_sliders_length", "base_bpm"], |v| v[0] * v[1] / MS_PER_MINUTE),
    derived("stars_per_note", &["star_rating", "notes_per_second"], |v| v[0] / (v[1] + 0.5)),
    derived("ar_less_stars", &["ar", "star_rating"], |v| v[0] - v[1]),
    derived("ar_less_od", &["ar", "od"], |v| v[0] - v[1]),
    derived("break_share", &["hit_length", "total_length"], |v| 1.0 - v[0] / v[1].max(1.0)),
    derived("played_share", &["mean_interval_ms", "total_notes", "total_length"], |v| {
        v[0] * (v[1] - 1.0) / 1000.0 / v[2].max(1.0)
    }),
    derived("circles_per_second", &["circles", "hit_length"], |v| v[0] / (v[1] + 1.0)),
    derived("sliders_per_second", &["sliders", "hit_length"], |v| v[0] / (v[1] + 1.0)),
    derived("spinners_per_minute", &["spinners", "hit_length"], |v| 60.0 * v[0] / (v[1] + 1.0)),
    derived("notes_per_hit_second", &["total_notes", "hit_length"], |v| v[0] / (v[1] + 1.0)),
    derived("stream_notes_per_second", &["stream_density", "notes_per_second"], |v| v[0] * v[1]),
    derived("stream_notes", &["stream_density", "total_notes"], |v| v[0] * v[1]),
    derived("burst_share", &["burst_density", "stream_density"], |v| v[0] / (v[1] + 0.02)),
    derived("distance_per_star", &["mean_distance", "star_rating"], |v| v[0] / (v[1] + 1.0)),
    derived("velocity_per_star", &["mean_velocity", "star_rating"], |v| v[0] / (v[1] + 0.5)),
    derived("distinct_intervals", &["rhythm_complexity", "total_notes"], |v| v[0] * v[1]),
    derived("quarter_ms", &["base_bpm"], |v| 15_000.0 / v[0].max(1.0)),
    derived("distance_radii", &["mean_distance", "cs"], |v| v[0] / (54.4 - 4.48 * v[1])),
    derived("notes_in_view", &["ar", "notes_per_second"], |v| preempt_ms(v[0]) * v[1] / 1000.0),
    derived("kiai_notes_per_second", &["kiai_note_count", "hit_length"], |v| v[0] / (v[1] + 1.0)),
];

const MS_PER_MINUTE: f64 = 60_000.0;

const fn derived(
    name: &'static str,
    inputs: &'static [&'static str],
    of: fn(&[f64]) -> f64,
) -> Derived {
    Derived { name, inputs, of }
}

/// The tempo between 120 and 240 that differs from `bpm` by octaves: mappers write
/// one song as 90 and as 180 BPM. NaN for no tempo.
fn folded_bpm(bpm: f64) -> f64 {
    if !(bpm.is_finite() && bpm > 0.0) {
        return f64::NAN;
    }
    let octave = libm::floor(libm::log2(bpm / 120.0));
    bpm / libm::exp2(octave)
}

/// How long before its time an object is seen, ms.
///
/// # Source
///
/// The osu! wiki, "Approach rate".
fn preempt_ms(ar: f64) -> f64 {
    if ar < 5.0 { 1800.0 - 120.0 * ar } else { 1200.0 - 150.0 * (ar - 5.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tempo_is_folded_into_one_octave() {
        for (bpm, expected) in [(90.0, 180.0), (180.0, 180.0), (240.0, 120.0), (119.0, 238.0)] {
            assert!((folded_bpm(bpm) - expected).abs() < 1e-9, "{bpm}");
        }
        assert!(folded_bpm(0.0).is_nan() && folded_bpm(f64::NAN).is_nan());
    }

    #[test]
    fn names_are_distinct_and_a_missing_number_stays_missing() {
        for (idx, derived) in DERIVED.iter().enumerate() {
            assert!(DERIVED[..idx].iter().all(|other| other.name != derived.name));
            let missing = vec![f64::NAN; derived.inputs.len()];
            // `max` takes the other number where one is NaN.
            let is_guarded = matches!(derived.name, "quarter_ms" | "interval_spread");
            assert!(is_guarded || (derived.of)(&missing).is_nan(), "{}", derived.name);
        }
    }
}
