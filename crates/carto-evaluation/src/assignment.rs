/// For each row a column of its own, so that the sum of costs is the least;
/// `None` for rows that are left over where there are fewer columns.
///
/// - `costs`: `[n_rows][n_columns]`; what is not finite counts as 0
/// - O(n³), with `n` the larger of both
///
/// # Source
///
/// The shortest augmenting paths of R. Jonker and A. Volgenant, "A shortest
/// augmenting path algorithm for dense and sparse linear assignment problems",
/// Computing 38, 1987.
pub(super) fn assignment(costs: &[Vec<f64>]) -> Vec<Option<usize>> {
    let n_columns = costs.first().map_or(0, Vec::len);
    let n = costs.len().max(n_columns);
    // Rows or columns that one side lacks cost nothing, and are forgotten at the end.
    let cost = |row: usize, column: usize| {
        let cost = costs.get(row).and_then(|row| row.get(column)).copied();
        cost.filter(|cost| cost.is_finite()).unwrap_or(0.0)
    };
    let mut search = Search {
        row_prices: vec![0.0; n],
        column_prices: vec![0.0; n + 1],
        row_of: vec![None; n + 1],
    };
    for row in 0..n {
        search.place(row, cost);
    }
    let mut places = vec![None; costs.len()];
    for (column, row) in search.row_of[1..].iter().take(n_columns).enumerate() {
        if let Some(place) = row.and_then(|row| places.get_mut(row)) {
            *place = Some(column);
        }
    }
    places
}

/// Rows placed so far, at prices that no pair of row and column undercuts.
struct Search {
    row_prices: Vec<f64>,
    /// From 1, as `row_of`: column 0 is where a search starts.
    column_prices: Vec<f64>,
    row_of: Vec<Option<usize>>,
}

impl Search {
    /// Places one more row, which may push others on: along the cheapest path
    /// to a column that nobody has.
    fn place(&mut self, row: usize, cost: impl Fn(usize, usize) -> f64) {
        let n_columns = self.row_of.len();
        let (mut least, mut from) = (vec![f64::INFINITY; n_columns], vec![0; n_columns]);
        let mut is_seen = vec![false; n_columns];
        self.row_of[0] = Some(row);
        let mut column = 0;
        while let Some(here) = self.row_of[column] {
            is_seen[column] = true;
            let (mut step, mut next) = (f64::INFINITY, column);
            for to in (1..n_columns).filter(|&to| !is_seen[to]) {
                let reduced = cost(here, to - 1) - self.row_prices[here] - self.column_prices[to];
                if reduced < least[to] {
                    (least[to], from[to]) = (reduced, column);
                }
                if least[to] < step {
                    (step, next) = (least[to], to);
                }
            }
            self.raise(step, &is_seen, &mut least);
            column = next;
        }
        while column != 0 {
            self.row_of[column] = self.row_of[from[column]];
            column = from[column];
        }
    }

    /// Lets the next column cost the row of the path nothing more.
    fn raise(&mut self, step: f64, is_seen: &[bool], least: &mut [f64]) {
        for (column, &is_seen) in is_seen.iter().enumerate() {
            if !is_seen {
                least[column] -= step;
                continue;
            }
            self.column_prices[column] -= step;
            if let Some(row) = self.row_of[column] {
                self.row_prices[row] += step;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The least sum over all assignments, by trying all.
    fn least_sum(costs: &[Vec<f64>], taken: &mut Vec<bool>) -> f64 {
        let Some((row, rest)) = costs.split_first() else { return 0.0 };
        let mut least = f64::INFINITY;
        for (column, cost) in row.iter().enumerate() {
            if !taken[column] {
                taken[column] = true;
                least = least.min(cost + least_sum(rest, taken));
                taken[column] = false;
            }
        }
        least
    }

    fn matrix() -> impl Strategy<Value = Vec<Vec<f64>>> {
        // Whole numbers make ties.
        let cost = prop_oneof![-1.0..1.0_f64, (-2..3_i8).prop_map(f64::from)];
        (1..=6_usize, 1..=6_usize).prop_flat_map(move |(n_rows, n_columns)| {
            prop::collection::vec(prop::collection::vec(cost.clone(), n_columns), n_rows)
        })
    }

    proptest! {
        #[test]
        fn no_other_assignment_costs_less(costs in matrix()) {
            let (n_rows, n_columns) = (costs.len(), costs[0].len());
            let places = assignment(&costs);
            let mut taken = vec![false; n_columns];
            let mut sum = 0.0;
            for (row, place) in places.iter().enumerate() {
                let Some(column) = *place else { continue };
                prop_assert!(!taken[column]);
                taken[column] = true;
                sum += costs[row][column];
            }
            prop_assert_eq!(places.iter().flatten().count(), n_rows.min(n_columns));
            // The oracle wants a column for every row: of a tall matrix the other way round.
            let wide = if n_rows <= n_columns { costs } else {
                (0..n_columns).map(|column| costs.iter().map(|row| row[column]).collect()).collect()
            };
            let least = least_sum(&wide, &mut vec![false; n_rows.max(n_columns)]);
            prop_assert!((sum - least).abs() < 1e-9, "{} instead of {}", sum, least);
        }
    }

    #[test]
    fn costs_that_are_no_numbers_end_too() {
        let costs = vec![vec![f64::NAN, 1.0], vec![f64::NAN, f64::INFINITY]];
        assert_eq!(assignment(&costs).iter().flatten().count(), 2);
        assert_eq!(assignment(&[]), []);
        assert_eq!(assignment(&[vec![], vec![]]), [None, None]);
    }
}
