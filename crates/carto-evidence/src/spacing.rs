//! SPACING and TURN: how two maps move the cursor between onsets that they share.

use crate::EvidenceMap;
use crate::objects::{MIN_STEPS, MIN_TURNS, Objects};
use crate::statistics::pearson;

/// Onsets of two maps are one up to this distance, ms.
const MATCH_MS: f64 = 12.0;

/// How two maps move at the onsets that they share; of [`carto_types::SpanAgreement`].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Movement {
    pub(crate) matched: u32,
    pub(crate) spacing: Option<f64>,
    pub(crate) spacing_given_gap: Option<f64>,
    pub(crate) turn: Option<f64>,
    pub(crate) turns: u32,
}

impl Movement {
    /// Compares the steps of A from an object to the next that B makes at the same times.
    ///
    /// - `lag_ms`: added to the times of `b`
    pub(crate) fn of(a: &EvidenceMap, b: &EvidenceMap, lag_ms: f64) -> Self {
        let (a, b) = (Objects::of(a, 0.0), Objects::of(b, lag_ms));
        let steps = shared_steps(&a.times_ms, &b.times_ms);
        let matched = steps.len() as u32;
        if steps.len() < MIN_STEPS {
            return Self { matched, ..Self::default() };
        }
        let gaps: Vec<_> =
            steps.iter().map(|&(i, _)| libm::log(a.times_ms[i + 1] - a.times_ms[i])).collect();
        let distances = |objects: &Objects, idxs: &mut dyn Iterator<Item = usize>| -> Vec<f64> {
            idxs.map(|idx| libm::log1p(objects.leg(idx).length())).collect()
        };
        let spacing_a = distances(&a, &mut steps.iter().map(|step| step.0));
        let spacing_b = distances(&b, &mut steps.iter().map(|step| step.1));
        let turns = steps.iter().filter_map(|&(i, j)| Some((a.cosine_at(i)?, b.cosine_at(j)?)));
        let (turns_a, turns_b): (Vec<_>, Vec<_>) = turns.unzip();
        Self {
            matched,
            spacing: pearson(&spacing_a, &spacing_b),
            spacing_given_gap: pearson(
                &without_gap(&spacing_a, &gaps),
                &without_gap(&spacing_b, &gaps),
            ),
            turn: if turns_a.len() >= MIN_TURNS { pearson(&turns_a, &turns_b) } else { None },
            turns: turns_a.len() as u32,
        }
    }
}

/// Objects of A and of B from which both maps go on to their next objects at the same
/// two times; `times_b_ms` on the time line of A.
fn shared_steps(times_a_ms: &[f64], times_b_ms: &[f64]) -> Vec<(usize, usize)> {
    let partner = |time_ms: f64| {
        let idx = times_b_ms.partition_point(|&other_ms| other_ms < time_ms - MATCH_MS);
        let is_match = |other_ms: &f64| (other_ms - time_ms).abs() <= MATCH_MS;
        times_b_ms.get(idx).is_some_and(is_match).then_some(idx)
    };
    let partners: Vec<_> = times_a_ms.iter().map(|&time_ms| partner(time_ms)).collect();
    let step = |(i, pair): (usize, &[Option<usize>])| {
        let (j, next) = (pair[0]?, pair[1]?);
        (next == j + 1 && times_a_ms[i + 1] > times_a_ms[i]).then_some((i, j))
    };
    partners.windows(2).enumerate().filter_map(step).collect()
}

/// What the least-squares line on `gaps` does not explain.
fn without_gap(values: &[f64], gaps: &[f64]) -> Vec<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let mean_gap = gaps.iter().sum::<f64>() / n;
    let squares: f64 = gaps.iter().map(|gap| (gap - mean_gap) * (gap - mean_gap)).sum();
    let product: f64 = gaps.iter().zip(values).map(|(gap, value)| (gap - mean_gap) * value).sum();
    // No line where all gaps are equal.
    let slope = if squares > 1e-9 { product / squares } else { 0.0 };
    values.iter().zip(gaps).map(|(value, gap)| value - mean - slope * (gap - mean_gap)).collect()
}
