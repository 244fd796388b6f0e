use super::binomial::binomial_tail;
use carto_types::SignalChannel;

const N_CHANNELS: usize = SignalChannel::COUNT;

/// What counts as a sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SynthesisConfig {
    /// A cell with `|r|` below this has no sign where signs are thresholded
    /// (the published synthesis, `fix3_sign_threshold`).
    pub sign_threshold: f64,
}

impl Default for SynthesisConfig {
    fn default() -> Self {
        Self { sign_threshold: 0.05 }
    }
}

/// How often some channels have one sign over the rows of the matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct SignAgreement {
    /// Numbers of the channels, ascending.
    pub channels: Vec<usize>,
    /// Rows with one sign for all.
    pub same_count: u32,
    /// Rows in which all have a sign.
    pub valid_rows: u32,
    /// Chance of at least as many, if signs were coins: 1/2 a row for a pair,
    /// 1/4 for a triple.
    pub p_value: f64,
}

/// Signs of all sets of `n_members` channels, in the order of channels.
///
/// - `matrix`: `[n_dims][9]`
/// - `threshold`: rows in which a member has `|r|` below it do not count. A
///   cell of exactly 0, as of a channel that is constant in every map, has no
///   sign under any threshold.
///
/// # Source
///
/// The sign statistics of the published synthesis page's data
/// (`polarity` and `fix3_sign_threshold`), osu-dreamer-cartography @ `7ec522b`.
#[must_use]
pub fn sign_agreement(
    matrix: &[[f64; N_CHANNELS]],
    n_members: usize,
    threshold: f64,
) -> Vec<SignAgreement> {
    let chance = (1..n_members).fold(1.0, |chance, _| chance / 2.0);
    let agreement = |channels: Vec<usize>| {
        let (mut same_count, mut valid_rows) = (0, 0);
        for row in matrix {
            let cells = || channels.iter().map(|&channel| row[channel]);
            if cells().any(|r| r == 0.0 || r.abs() < threshold) {
                continue;
            }
            valid_rows += 1;
            if cells().all(|r| r > 0.0) || cells().all(|r| r < 0.0) {
                same_count += 1;
            }
        }
        let p_value = binomial_tail(same_count, valid_rows, chance);
        SignAgreement { channels, same_count, valid_rows, p_value }
    };
    subsets(n_members).into_iter().map(agreement).collect()
}

/// Smallest p first; of equal ones in the order of channels.
#[must_use]
pub fn by_p_value(mut agreements: Vec<SignAgreement>) -> Vec<SignAgreement> {
    agreements.sort_by(|a, b| a.p_value.total_cmp(&b.p_value));
    agreements
}

/// All ascending sets of `n_members` channels, in lexical order.
fn subsets(n_members: usize) -> Vec<Vec<usize>> {
    let mut subsets = vec![Vec::new()];
    for _ in 0..n_members {
        let longer = |subset: Vec<usize>| {
            let next = subset.last().map_or(0, |last| last + 1);
            (next..N_CHANNELS).map(move |channel| {
                let mut subset = subset.clone();
                subset.push(channel);
                subset
            })
        };
        subsets = subsets.into_iter().flat_map(longer).collect();
    }
    subsets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_36_pairs_and_84_triples_in_order() {
        let (pairs, triples) = (subsets(2), subsets(3));
        assert_eq!((pairs.len(), triples.len()), (36, 84));
        assert_eq!((&pairs[0], &pairs[35]), (&vec![0, 1], &vec![7, 8]));
        assert_eq!((&triples[1], &triples[83]), (&vec![0, 1, 3], &vec![6, 7, 8]));
    }

    #[test]
    fn signs_are_counted_where_there_are_any() {
        let mut matrix = vec![[0.5; 9]; 4];
        matrix[1] = [-0.5; 9];
        matrix[2][1] = -0.04;
        matrix[3][1] = 0.0;
        let first = |threshold| sign_agreement(&matrix, 2, threshold).swap_remove(0);
        let (all, strong) = (first(0.0), first(0.05));
        assert_eq!((all.same_count, all.valid_rows), (2, 3), "a zero has no sign");
        assert_eq!((strong.same_count, strong.valid_rows), (2, 2));
        assert_eq!((all.p_value, strong.p_value), (0.5, 0.25));
        assert_eq!(sign_agreement(&matrix, 3, 0.05)[0].p_value, 1.0 / 16.0);
    }
}
