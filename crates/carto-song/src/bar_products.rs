//! Products of all rows of one matrix with all rows of another.

/// Rows of the second matrix that meet a row of the first at once.
const TILE: usize = 4;

/// Partial sums of a product, so that additions do not wait for each other.
const LANES: usize = 4;

/// Scalar products of the rows of two matrices, `[n_rows, n_rows]`.
pub(crate) struct RowProducts {
    n_rows: usize,
    /// Products of a row, those with rows beyond the last among them.
    stride: usize,
    products: Vec<f64>,
    /// The second matrix, with rows of zeros behind it.
    padded: Vec<f64>,
}

impl RowProducts {
    /// Room for matrices of so many rows.
    pub(crate) fn new(n_rows: usize) -> Self {
        let stride = n_rows.next_multiple_of(TILE);
        Self { n_rows, stride, products: vec![0.0; n_rows * stride], padded: Vec::new() }
    }

    /// Multiplies the rows of two matrices, in one order of summation.
    ///
    /// - `a`, `b`: `[n_rows, width]`
    pub(crate) fn multiply(&mut self, a: &[f64], b: &[f64], width: usize) {
        self.padded.clear();
        self.padded.extend_from_slice(b);
        self.padded.resize(self.stride * width, 0.0);
        let rows = a.chunks_exact(width).zip(self.products.chunks_exact_mut(self.stride));
        for (row, products) in rows {
            let tiles = self.padded.chunks_exact(TILE * width);
            for (tile, products) in tiles.zip(products.as_chunks_mut::<TILE>().0) {
                *products = of_tile(row, tile, width);
            }
        }
    }

    /// The products of a row of the first matrix, `[n_rows]`.
    pub(crate) fn row(&self, row_idx: usize) -> &[f64] {
        &self.products[row_idx * self.stride..][..self.n_rows]
    }
}

/// The products of a row with the rows of a tile.
fn of_tile(row: &[f64], tile: &[f64], width: usize) -> [f64; TILE] {
    let (blocks, rest) = row[..width].as_chunks::<LANES>();
    let others: [&[f64]; TILE] = std::array::from_fn(|idx| &tile[idx * width..][..width]);
    let of_others: [&[[f64; LANES]]; TILE] =
        others.map(|other| &other.as_chunks::<LANES>().0[..blocks.len()]);
    let mut sums = [[0.0; LANES]; TILE];
    for (block_idx, block) in blocks.iter().enumerate() {
        for (sums, other) in sums.iter_mut().zip(of_others) {
            for (lane, sum) in sums.iter_mut().enumerate() {
                *sum += block[lane] * other[block_idx][lane];
            }
        }
    }
    let first_rest = width - rest.len();
    std::array::from_fn(|idx| {
        let tail = rest.iter().zip(&others[idx][first_rest..]);
        let of_tail: f64 = tail.map(|(a, b)| a * b).sum();
        sums[idx].iter().sum::<f64>() + of_tail
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_their_rows() {
        let (n_rows, width) = (6, 11);
        let value = |idx: usize, factor: usize| (idx * factor % 101) as f64 - 50.0;
        let of =
            |factor| -> Vec<f64> { (0..n_rows * width).map(|idx| value(idx, factor)).collect() };
        let (a, b) = (of(7), of(13));
        let mut products = RowProducts::new(n_rows);
        // Twice, to see that nothing is left of the first time.
        products.multiply(&b, &b, width);
        products.multiply(&a, &b, width);
        for row_idx in 0..n_rows {
            let expected = b.chunks(width).map(|other| {
                let row = a[row_idx * width..].iter().take(width);
                row.zip(other).map(|(a, b)| a * b).sum::<f64>()
            });
            assert_eq!(products.row(row_idx), expected.collect::<Vec<_>>());
        }
    }
}
