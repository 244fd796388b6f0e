use carto_types::{
    ChannelCorrelations, ChannelMatrix, SignRow, SignalChannel, Synthesis, binomial_tail,
};

/// What a run shows of its correlations: the matrices, means of `|r|`, and the signs of
/// all pairs and triples of channels.
///
/// - `mean`: over `n_maps` maps; the upsampled matrix and the one between channels may
///   be without rows where they are not known
#[must_use]
pub fn synthesis(mean: ChannelCorrelations, n_maps: u32) -> Synthesis {
    let ChannelCorrelations { downsampled, upsampled, between_channels } = mean;
    let sign_threshold = Synthesis::SIGN_THRESHOLD;
    let signs = |n_members, threshold| sign_agreement(&downsampled, n_members, threshold);
    let by_p = |mut rows: Vec<SignRow>| {
        rows.sort_by(|a, b| a.p_value.total_cmp(&b.p_value));
        rows
    };
    Synthesis {
        n_latent_dims: downsampled.n_rows() as u32,
        n_maps,
        mean_abs_downsampled: downsampled.mean_abs(),
        mean_abs_upsampled: upsampled.mean_abs(),
        pairs: signs(2, 0.0),
        pairs_thresholded: signs(2, sign_threshold),
        triples: by_p(signs(3, 0.0)),
        triples_thresholded: by_p(signs(3, sign_threshold)),
        sign_threshold,
        downsampled,
        upsampled,
        between_channels,
    }
}

/// Signs of all sets of `n_members` channels, in the order of channels.
///
/// - `matrix`: `[n_dims, 9]`
/// - `threshold`: rows in which a member has `|r|` below it do not count. A
///   cell of exactly 0, as of a channel that is constant in every map, has no
///   sign under any threshold.
///
/// # Source
///
/// The sign statistics of the published synthesis page's data
/// (`polarity` and `fix3_sign_threshold`), osu-dreamer-cartography @ `7ec522b`.
#[must_use]
pub fn sign_agreement(matrix: &ChannelMatrix, n_members: usize, threshold: f64) -> Vec<SignRow> {
    let chance = (1..n_members).fold(1.0, |chance, _| chance / 2.0);
    let count = |channels: Vec<u32>| {
        let (mut same_count, mut valid_rows) = (0, 0);
        for row in matrix.rows() {
            let cells = || channels.iter().map(|&channel| row[channel as usize]);
            if cells().any(|r| r == 0.0 || r.abs() < threshold) {
                continue;
            }
            valid_rows += 1;
            if cells().all(|r| r > 0.0) || cells().all(|r| r < 0.0) {
                same_count += 1;
            }
        }
        let p_value = binomial_tail(same_count, valid_rows, chance);
        SignRow { channels, same_count, valid_rows, p_value }
    };
    subsets(n_members).into_iter().map(count).collect()
}

/// All ascending sets of `n_members` channels, in lexical order.
fn subsets(n_members: usize) -> Vec<Vec<u32>> {
    let mut subsets = vec![Vec::new()];
    for _ in 0..n_members {
        let longer = |subset: Vec<u32>| {
            let next = subset.last().map_or(0, |last| last + 1);
            (next..SignalChannel::COUNT as u32).map(move |channel| {
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
        let matrix = ChannelMatrix::from(matrix);
        let first = |threshold| sign_agreement(&matrix, 2, threshold).swap_remove(0);
        let (all, strong) = (first(0.0), first(0.05));
        assert_eq!((all.same_count, all.valid_rows), (2, 3), "a zero has no sign");
        assert_eq!((strong.same_count, strong.valid_rows), (2, 2));
        assert_eq!((all.p_value, strong.p_value), (0.5, 0.25));
        assert_eq!(sign_agreement(&matrix, 3, 0.05)[0].p_value, 1.0 / 16.0);
    }
}
