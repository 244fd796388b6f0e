use crate::agreement::{Latents, Moments, agreement};

/// One latent of a run and its counterpart in another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LatentMatch {
    /// In the one run.
    pub a: usize,
    /// In the other.
    pub b: usize,
    /// Pearson's r of the two over all maps; its sign means nothing, since a latent
    /// may be turned round.
    pub pearson: f64,
}

/// Matches the latents of two runs one to one, so that the sum of `|r|` is as
/// large as it can be: numbers of latents cannot be compared across runs.
///
/// - `a`, `b`: latents of the same maps in the same order, each map's of one length
/// - returns: by `a`; as many as the smaller of the two has latents
#[must_use]
pub fn match_latents(a: &[Latents<'_>], b: &[Latents<'_>]) -> Vec<LatentMatch> {
    let (a, b) = (joined(a), joined(b));
    let measured = |dims: &[Vec<f32>]| dims.iter().map(|dim| Moments::of(dim)).collect::<Vec<_>>();
    let (moments_a, moments_b) = (measured(&a), measured(&b));
    let r = |a_idx: usize, b_idx: usize| {
        let of_a = (a[a_idx].as_slice(), moments_a[a_idx]);
        agreement(of_a, (b[b_idx].as_slice(), moments_b[b_idx])).pearson
    };
    let rs: Vec<Vec<f64>> =
        (0..a.len()).map(|a_idx| (0..b.len()).map(|b_idx| r(a_idx, b_idx)).collect()).collect();
    let costs: Vec<Vec<f64>> =
        rs.iter().map(|row| row.iter().map(|r| -r.abs()).collect()).collect();
    let places = assignment(&costs);
    let matched = places.into_iter().enumerate();
    matched.filter_map(|(a, b)| b.map(|b| LatentMatch { a, b, pearson: rs[a][b] })).collect()
}

/// The dimensions of all maps, one behind the other.
fn joined(maps: &[Latents<'_>]) -> Vec<Vec<f32>> {
    let n_dims = maps.first().map_or(0, |map| map.dims().len());
    let mut dims = vec![Vec::new(); n_dims];
    for map in maps {
        for (dim, values) in dims.iter_mut().zip(map.dims()) {
            dim.extend_from_slice(values);
        }
    }
    dims
}

/// For each row a column of its own, so that the sum of costs is the least; `None`
/// for rows that are left over where there are fewer columns.
///
/// # Source
///
/// The shortest augmenting paths of R. Jonker and A. Volgenant, "A shortest
/// augmenting path algorithm for dense and sparse linear assignment problems",
/// Computing 38, 1987: O(n³).
fn assignment(costs: &[Vec<f64>]) -> Vec<Option<usize>> {
    let n_rows = costs.len();
    let n_columns = costs.first().map_or(0, Vec::len);
    let n = n_rows.max(n_columns);
    let cost = |row: usize, column: usize| {
        costs.get(row).and_then(|row| row.get(column)).copied().unwrap_or(0.0)
    };
    // Columns are counted from 1; column 0 is where a search starts.
    let (mut of_row, mut of_column) = (vec![0.0; n], vec![0.0; n + 1]);
    let mut row_of: Vec<Option<usize>> = vec![None; n + 1];
    for row in 0..n {
        row_of[0] = Some(row);
        let (mut column, mut least) = (0, vec![f64::INFINITY; n + 1]);
        let (mut from, mut is_seen) = (vec![0; n + 1], vec![false; n + 1]);
        while let Some(here) = row_of[column] {
            is_seen[column] = true;
            let (mut step, mut next) = (f64::INFINITY, 0);
            for to in 1..=n {
                if is_seen[to] {
                    continue;
                }
                let reduced = cost(here, to - 1) - of_row[here] - of_column[to];
                if reduced < least[to] {
                    least[to] = reduced;
                    from[to] = column;
                }
                if least[to] < step {
                    step = least[to];
                    next = to;
                }
            }
            for to in 0..=n {
                if is_seen[to] {
                    if let Some(row) = row_of[to] {
                        of_row[row] += step;
                    }
                    of_column[to] -= step;
                } else {
                    least[to] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[from[column]];
            column = from[column];
        }
    }
    let mut places = vec![None; n_rows];
    for column in 1..=n_columns {
        if let Some(place) = row_of[column].and_then(|row| places.get_mut(row)) {
            *place = Some(column - 1);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The least sum over all assignments.
    fn least_sum(costs: &[Vec<f64>], row: usize, taken: &mut Vec<bool>) -> f64 {
        if row == costs.len() {
            return 0.0;
        }
        let mut least = f64::INFINITY;
        for column in 0..taken.len() {
            if !taken[column] {
                taken[column] = true;
                least = least.min(costs[row][column] + least_sum(costs, row + 1, taken));
                taken[column] = false;
            }
        }
        least
    }

    proptest! {
        #[test]
        fn no_other_assignment_costs_less(
            values in prop::collection::vec(-1.0..1.0_f64, 36), n_rows in 1..=5_usize,
        ) {
            let costs: Vec<Vec<f64>> = values.chunks(6).take(n_rows).map(<[f64]>::to_vec).collect();
            let places = assignment(&costs);
            let mut taken = vec![false; 6];
            let mut sum = 0.0;
            for (row, place) in places.iter().enumerate() {
                let column = place.unwrap();
                prop_assert!(!taken[column]);
                taken[column] = true;
                sum += costs[row][column];
            }
            let least = least_sum(&costs, 0, &mut vec![false; 6]);
            prop_assert!((sum - least).abs() < 1e-9, "{} instead of {}", sum, least);
        }
    }

    #[test]
    fn latents_in_another_order_and_turned_round_find_themselves() {
        let wave = |n: usize| (0..90).map(move |time| ((time * (n + 2)) as f32 / 9.0).sin());
        let a: Vec<f32> = (0..4).flat_map(wave).collect();
        let order = [2, 0, 3, 1];
        let b: Vec<f32> = order.iter().flat_map(|&n| wave(n).map(|value| -2.0 * value)).collect();
        let (a, b) = (Latents::new(&a, 4).unwrap(), Latents::new(&b, 4).unwrap());
        for found in match_latents(&[a, a], &[b, b]) {
            assert_eq!(order[found.b], found.a);
            assert!((found.pearson + 1.0).abs() < 1e-9, "{found:?}");
        }
        assert_eq!(match_latents(&[a], &[b]).len(), 4);
    }
}
