//! Bars held against other bars: every shift by whole bars, and bars in any order inside
//! sections of eight.

use carto_agreement::sums;
use carto_types::BarPearson;

use crate::statistics::NullSummary;

/// Fewer bars than this say nothing.
pub(crate) const MIN_BARS: usize = 12;

/// Bars of a section.
pub(crate) const SECTION_BARS: usize = 8;

/// A norm up to this has nothing but rounding in it.
pub(crate) const NO_NORM: f64 = 1e-9;

/// Multiplications that all shifts of one channel may take: a tenth of a second. Half an
/// hour of music takes as many; of longer maps the shifts are missing.
const MAX_PRODUCTS: usize = 1 << 28;

/// Pearson's r of two maps on the same bars, with both nulls, both exact.
///
/// # Shapes and units
///
/// - `x`, `y`: `[n_bars * n_samples]`, bar by bar, the same number of bars
/// - returns: `None` below 12 bars, where a side is constant or not finite, and beyond
///   half an hour of bars
#[must_use]
pub fn bar_pearson(x: &[f64], y: &[f64], n_samples: usize) -> Option<BarPearson> {
    bar_pearson_with_shifts(x, y, n_samples).map(|(found, _)| found)
}

/// The same, with r of A's bars with B's shifted by 1, 2, .. bars, `[n_bars - 1]`.
pub(crate) fn bar_pearson_with_shifts(
    x: &[f64],
    y: &[f64],
    n_samples: usize,
) -> Option<(BarPearson, Vec<f64>)> {
    let Centred { x, y, norm } = Centred::of(x, y, n_samples)?;
    let r: Vec<f64> = shifted_products(&x, &y, n_samples)?.iter().map(|it| it / norm).collect();
    let (&r, shifted) = r.split_first()?;
    let within8_mean = section_product(&x, &y, n_samples) / norm;
    let null = NullSummary::of(r, shifted)?;
    let found = BarPearson {
        r,
        null_mean: null.mean,
        null_sd: null.sd,
        excess: r - null.mean,
        p: null.p,
        within8_mean,
        within8_excess: r - within8_mean,
    };
    found.r.is_finite().then(|| (found, shifted.to_vec()))
}

/// The r of [`bar_pearson`] alone.
#[must_use]
pub(crate) fn bar_r(x: &[f64], y: &[f64], n_samples: usize) -> Option<f64> {
    let Centred { x, y, norm } = Centred::of(x, y, n_samples)?;
    Some(dot(&x, &y) / norm)
}

/// r of A's bars with B's shifted by 1, 2, .. bars, cyclic: what the p of
/// [`bar_pearson`] counts, for a picture of it. `[n_bars - 1]`, empty where it is missing.
#[must_use]
pub fn bar_shifts(x: &[f64], y: &[f64], n_samples: usize) -> Vec<f64> {
    let Some(Centred { x, y, norm }) = Centred::of(x, y, n_samples) else { return Vec::new() };
    let products = shifted_products(&x, &y, n_samples).unwrap_or_default();
    products.iter().skip(1).map(|product| product / norm).collect()
}

/// Two sets of bars without their means, and the product of their norms.
struct Centred {
    x: Vec<f64>,
    y: Vec<f64>,
    norm: f64,
}

impl Centred {
    fn of(x: &[f64], y: &[f64], n_samples: usize) -> Option<Self> {
        if x.len() != y.len() || x.len() < MIN_BARS * n_samples {
            return None;
        }
        let centred = |values: &[f64]| -> Vec<f64> {
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            values.iter().map(|value| value - mean).collect()
        };
        let (x, y) = (centred(x), centred(y));
        let norm = (dot(&x, &x) * dot(&y, &y)).sqrt();
        (norm.is_finite() && norm > NO_NORM).then_some(Self { x, y, norm })
    }
}

/// The sum over blocks of eight bars of the products of column sums, by bars of the
/// block: the mean of the product over all orders of bars inside the blocks.
fn section_product(x: &[f64], y: &[f64], n_samples: usize) -> f64 {
    let of_section = |(x, y): (&[f64], &[f64])| {
        let column_sums = |values: &[f64]| {
            let mut sums = vec![0.0; n_samples];
            for row in values.chunks_exact(n_samples) {
                sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
            }
            sums
        };
        dot(&column_sums(x), &column_sums(y)) / (x.len() / n_samples) as f64
    };
    let section = SECTION_BARS * n_samples;
    x.chunks(section).zip(y.chunks(section)).map(of_section).sum()
}

/// The scalar product.
#[must_use]
pub(crate) fn dot(x: &[f64], y: &[f64]) -> f64 {
    let [product] = sums(x, y, |x, y| [x * y]);
    product
}

/// Rows of `x` that meet all rows of `y` at once.
const TILE: usize = 4;

/// Sums of products of the rows of `x` with those of `y` shifted by `k` rows, cyclic, for
/// all `k`: row `i` of `x` meets row `(i - k) mod n` of `y`.
///
/// # Shapes and units
///
/// - `x`, `y`: `[n * width]`, row by row
/// - returns: `[n]`; `None` where it would take too long
#[must_use]
pub(crate) fn shifted_products(x: &[f64], y: &[f64], width: usize) -> Option<Vec<f64>> {
    let n_rows = x.len().checked_div(width)?;
    if n_rows.saturating_mul(x.len()) > MAX_PRODUCTS {
        return None;
    }
    let mut sums = vec![0.0; n_rows];
    // Column by column, so that the shifts lie beside each other: `backwards[t]` is row
    // `-t mod n` of `y`, and a row `i` of `x` meets those from `n - i` on.
    let mut column = vec![0.0; n_rows.next_multiple_of(TILE)];
    let mut backwards = vec![0.0; 2 * n_rows];
    for column_idx in 0..width {
        let of = |values: &[f64], row_idx: usize| values[row_idx * width + column_idx];
        for row_idx in 0..n_rows {
            column[row_idx] = of(x, row_idx);
            let value = of(y, (n_rows - row_idx) % n_rows);
            (backwards[row_idx], backwards[n_rows + row_idx]) = (value, value);
        }
        for (tile_idx, tile) in column.as_chunks::<TILE>().0.iter().enumerate() {
            // Rows beyond the last are 0, and meet any.
            let met = |idx: usize| &backwards[n_rows.saturating_sub(tile_idx * TILE + idx)..];
            add_products(&mut sums, *tile, [met(0), met(1), met(2), met(3)]);
        }
    }
    Some(sums)
}

/// Adds four rows, each times its factor.
fn add_products(sums: &mut [f64], factors: [f64; TILE], rows: [&[f64]; TILE]) {
    let rows = rows.map(|row| &row[..sums.len()]);
    let ([a, b, c, d], [row_a, row_b, row_c, row_d]) = (factors, rows);
    for (idx, sum) in sums.iter_mut().enumerate() {
        *sum += a * row_a[idx] + b * row_b[idx] + c * row_c[idx] + d * row_d[idx];
    }
}
