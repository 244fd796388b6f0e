//! T6: another song's map with some of A's bars in it, and how many songs find that.

use carto_random::SplitMix64;
use carto_types::SignalChannel;

use super::events::Events;
use super::scenes::Scene;
use super::sets::{Share, SimulationRules, seed_of, shares_of_sets};
use crate::SlotRows;
use crate::phi::phi_r_on;
use crate::shifts::SECTION_BARS;
use crate::song_values::mean;

/// Shares of bars that are A's.
const SHARES: [f64; 7] = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5];
/// Songs in the sets that are judged.
const N_SONGS: [u32; 7] = [10, 15, 20, 30, 40, 60, 100];
/// Draws of each pair and share.
const N_DRAWS: u64 = 2;

/// Agreement of a known size.
///
/// A pair of different songs (T1) has its bars in which both have an event. Each of them is
/// replaced in the second map by A's, with a chance that is the planted share q. Two maps of
/// equal density then have phi = q + (1 - q) phi of T1 on average. Where one is sparser it is
/// less, so the expected phi is computed of each pair: covariance and variance in a slot and
/// section are means over all choices of bars.
#[derive(Debug, Clone, PartialEq)]
pub struct PlantedAgreement {
    /// The share of bars that are A's.
    pub share: f64,
    /// Pairs with a value.
    pub n_pairs: u32,
    /// Mean phi.
    pub mean: f64,
    /// Mean of the phi that is expected of each pair.
    pub expected: f64,
    /// Sets that are said to agree, by their songs.
    pub power: Vec<Power>,
}

/// How often sets of some songs are said to agree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Power {
    /// Songs of a set.
    pub n_songs: u32,
    /// Sets with that verdict.
    pub agree: Share,
}

/// Plants agreement of several sizes into pairs of different songs.
pub(super) fn planted(
    scenes: &[Scene<'_>],
    channel: SignalChannel,
    rules: SimulationRules,
) -> Vec<PlantedAgreement> {
    let pairs: Vec<[SlotRows; 2]> =
        scenes.iter().flat_map(|scene| slots_of_others(scene, channel)).collect();
    let plant = |(place, share): (usize, f64)| {
        let (mut found, mut expected) = (Vec::new(), Vec::new());
        for (idx, [u, v]) in pairs.iter().enumerate() {
            for draw in 0..N_DRAWS {
                let numbers = [channel as u64, place as u64, idx as u64, draw];
                let planted = with_rows_of(u, v, share, seed_of(rules.seed, &numbers));
                let all: Vec<usize> = (0..u.n_rows()).collect();
                let both = phi_r_on(u, &planted, &all).zip(expected_phi(u, v, share));
                if let Some((phi, of_pair)) = both {
                    found.push(phi);
                    expected.push(of_pair);
                }
            }
        }
        let power = |n_songs| {
            let seed = seed_of(rules.seed, &[channel as u64, place as u64, u64::from(n_songs)]);
            let agree = shares_of_sets(&found, seed, n_songs, rules.n_sets)?.agree;
            Some(Power { n_songs, agree })
        };
        (!found.is_empty()).then(|| PlantedAgreement {
            share,
            n_pairs: found.len() as u32,
            mean: mean(&found),
            expected: mean(&expected),
            power: N_SONGS.into_iter().filter_map(power).collect(),
        })
    };
    SHARES.into_iter().enumerate().filter_map(plant).collect()
}

/// Slots of A and of other songs' maps, on the bars in which both have an event.
fn slots_of_others(scene: &Scene<'_>, channel: SignalChannel) -> Vec<[SlotRows; 2]> {
    let bars = &scene.bars;
    let a = Events::of(scene.pair.a, channel, 0.0, bars);
    let slots = |other| {
        let b = Events::of(other, channel, 0.0, bars);
        let grid = bars.grid([&a.onsets_ms, &b.onsets_ms]);
        let [u, v] = [&a, &b].map(|map| bars.occupied(map.events_ms.iter().copied(), grid));
        let rows = u.rows_with_both(&v);
        [u.take(&rows), v.take(&rows)]
    };
    scene.others.iter().map(slots).collect()
}

/// The rows of `v`, each replaced by that of `u` with a chance.
fn with_rows_of(u: &SlotRows, v: &SlotRows, chance: f64, seed: u64) -> SlotRows {
    let (mut random, n_slots) = (SplitMix64::new(seed), u.n_slots());
    let (cells_u, cells_v) = (u.cells(), v.cells());
    let mut rows = SlotRows::empty(u.n_rows(), n_slots);
    for row_idx in 0..u.n_rows() {
        let cells = if random.unit() < chance { &cells_u } else { &cells_v };
        let occupied = (0..n_slots).filter(|slot| cells[row_idx * n_slots + slot] > 0.0);
        occupied.for_each(|slot| rows.occupy(row_idx, slot));
    }
    rows
}

/// Phi of `u` with rows of `v` that are replaced by those of `u` with a chance: the mean of the
/// covariance over all choices, by the root of the mean of the variance.
fn expected_phi(u: &SlotRows, v: &SlotRows, chance: f64) -> Option<f64> {
    let (n_rows, n_slots) = (u.n_rows(), u.n_slots());
    let (u, v) = (u.cells(), v.cells());
    let (mut covariance, mut variance_u, mut variance_w) = (0.0, 0.0, 0.0);
    for first in (0..n_rows).step_by(SECTION_BARS) {
        let rows = first..(first + SECTION_BARS).min(n_rows);
        let n = rows.len() as f64;
        for slot in 0..n_slots {
            let (mut sum_u, mut sum_w, mut squares_w, mut product, mut choice) =
                (0.0, 0.0, 0.0, 0.0, 0.0);
            for row in rows.clone() {
                let (u, v) = (u[row * n_slots + slot], v[row * n_slots + slot]);
                // The mean of the replaced cell, which is 0 or 1, as is its square.
                let w = chance * u + (1.0 - chance) * v;
                sum_u += u;
                sum_w += w;
                squares_w += w;
                product += u * w;
                choice += chance * (1.0 - chance) * (u - v) * (u - v);
            }
            covariance += product - sum_u * sum_w / n;
            variance_u += sum_u - sum_u * sum_u / n;
            variance_w += squares_w - (sum_w * sum_w + choice) / n;
        }
    }
    let norm = (variance_u * variance_w).sqrt();
    (norm > 1e-9).then(|| covariance / norm)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows that are drawn, each slot with its own chance.
    fn rows(n_rows: usize, seed: u64) -> SlotRows {
        let mut random = SplitMix64::new(seed);
        let mut rows = SlotRows::empty(n_rows, 16);
        for row_idx in 0..n_rows {
            for slot in 0..16 {
                if random.unit() < 0.2 + 0.04 * slot as f64 {
                    rows.occupy(row_idx, slot);
                }
            }
        }
        rows
    }

    fn phi(u: &SlotRows, v: &SlotRows) -> f64 {
        phi_r_on(u, v, &(0..u.n_rows()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn all_bars_or_none_are_the_ends() {
        let (u, v) = (rows(40, 1), rows(40, 2));
        assert_eq!(with_rows_of(&u, &v, 0.0, 1), v);
        assert_eq!(with_rows_of(&u, &v, 1.0, 1), u);
        assert!((expected_phi(&u, &v, 0.0).unwrap() - phi(&u, &v)).abs() < 1e-12);
        assert!((expected_phi(&u, &v, 1.0).unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_expected_phi_is_the_mean_over_many_choices() {
        let (u, v) = (rows(40, 1), rows(40, 2));
        for chance in [0.1, 0.3, 0.5] {
            let n = 2000;
            let found =
                (0..n).map(|seed| phi(&u, &with_rows_of(&u, &v, chance, seed))).sum::<f64>()
                    / n as f64;
            let expected = expected_phi(&u, &v, chance).unwrap();
            // A phi of 40 bars has a standard error of 0.06 over choices.
            assert!((found - expected).abs() < 0.01, "{chance}: {found}, {expected}");
            assert!((expected - chance).abs() < 0.1, "equal densities: about the share");
        }
    }

    #[test]
    fn a_sparser_map_is_expected_to_agree_less() {
        let (u, mut sparse) = (rows(40, 1), SlotRows::empty(40, 16));
        for row_idx in 0..40 {
            sparse.occupy(row_idx, row_idx % 2);
        }
        let expected = expected_phi(&u, &sparse, 0.3).unwrap();
        assert!(expected < expected_phi(&u, &rows(40, 2), 0.3).unwrap() + 0.2, "{expected}");
        assert!(expected.is_finite());
    }
}
