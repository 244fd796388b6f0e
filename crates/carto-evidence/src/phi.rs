//! Agreement given metrical slot and section: do two maps use a slot in the same bars of
//! a section, beyond how often each uses it there?

use carto_types::PhiAgreement;

use crate::shifts::{MIN_BARS, NO_NORM, SECTION_BARS, dot, shifted_products};
use crate::slots::SlotRows;
use crate::statistics::NullSummary;

/// Occupied slots that a map needs, in all bars.
const MIN_OCCUPIED: usize = 10;

/// Phi on the bars in which both maps have an event; `None` below 12 of them, below 10
/// occupied slots in a map, and where a map has each slot always or never in a section.
///
/// - `u`, `v`: slots of the same bars
#[must_use]
pub fn phi(u: &SlotRows, v: &SlotRows) -> Option<PhiAgreement> {
    phi_on(u, v, &u.rows_with_both(v))
}

/// Phi on some of the bars, by their numbers; missing as [`phi`].
#[must_use]
pub fn phi_on(u: &SlotRows, v: &SlotRows, bar_idxs: &[usize]) -> Option<PhiAgreement> {
    phi_with_shifts(u, v, bar_idxs).map(|(phi, _)| phi)
}

/// The same, with phi at the shifts by whole bars that have a value.
pub(crate) fn phi_with_shifts(
    u: &SlotRows,
    v: &SlotRows,
    bar_idxs: &[usize],
) -> Option<(PhiAgreement, Vec<f64>)> {
    if !is_enough(u, v, bar_idxs) {
        return None;
    }
    let shifts = phi_of_shifts(&u.take(bar_idxs), &v.take(bar_idxs))?;
    let (&r, shifted) = shifts.split_first()?;
    let (r, shifted) = (r?, shifted.iter().copied().flatten().collect::<Vec<_>>());
    let null = NullSummary::of(r, &shifted);
    let phi = PhiAgreement {
        r,
        null_mean: null.map(|null| null.mean),
        null_sd: null.map(|null| null.sd),
        excess: null.map(|null| r - null.mean),
        p: null.map(|null| null.p),
        bars: bar_idxs.len() as u32,
    };
    Some((phi, shifted))
}

/// The r of [`phi_on`] alone.
#[must_use]
pub(crate) fn phi_r_on(u: &SlotRows, v: &SlotRows, bar_idxs: &[usize]) -> Option<f64> {
    if !is_enough(u, v, bar_idxs) {
        return None;
    }
    let centred =
        |rows: &SlotRows| without_section_means(&rows.take(bar_idxs).cells(), rows.n_slots());
    let (u, v) = (centred(u), centred(v));
    let norm = (dot(&u, &u) * dot(&v, &v)).sqrt();
    (norm > NO_NORM).then(|| dot(&u, &v) / norm)
}

fn is_enough(u: &SlotRows, v: &SlotRows, bar_idxs: &[usize]) -> bool {
    bar_idxs.len() >= MIN_BARS && u.n_occupied().min(v.n_occupied()) >= MIN_OCCUPIED
}

/// Phi of `u` with `v` shifted by `k` rows, cyclic, for all `k`: from each side the mean
/// of every slot over its section of eight rows is taken away, then
/// `sum(uv) / sqrt(sum(u^2) sum(v^2))`.
///
/// - returns: `[n_rows]`, each missing where a side is 0 everywhere; `None` where it
///   would take too long
#[must_use]
pub fn phi_of_shifts(u: &SlotRows, v: &SlotRows) -> Option<Vec<Option<f64>>> {
    let (n_rows, n_slots) = (u.n_rows(), u.n_slots());
    let (u, v) = (without_section_means(&u.cells(), n_slots), v.cells());
    let squares_u: f64 = u.iter().map(|value| value * value).sum();
    // 0 or 1, so their sum is that of their squares.
    let squares_v: f64 = v.iter().sum();
    // With the means of sections taken from one side, those of the other cancel.
    let products = shifted_products(&u, &v, n_slots)?;
    let sums = Sums::of(&v, n_slots);
    let of_shift = |(shift, product): (usize, f64)| {
        let norm = (squares_u * (squares_v - sums.squared_means(n_rows - shift))).max(0.0).sqrt();
        (norm > NO_NORM).then(|| product / norm)
    };
    Some(products.into_iter().enumerate().map(of_shift).collect())
}

fn without_section_means(cells: &[f64], n_slots: usize) -> Vec<f64> {
    let mut centred = cells.to_vec();
    for section in centred.chunks_mut(SECTION_BARS * n_slots) {
        let n_rows = section.len() / n_slots;
        for slot in 0..n_slots {
            let cells = || (slot..n_rows * n_slots).step_by(n_slots);
            let mean = cells().map(|idx| section[idx]).sum::<f64>() / n_rows as f64;
            cells().for_each(|idx| section[idx] -= mean);
        }
    }
    centred
}

/// Sums of rows from the first on, over the rows twice, so that every cyclic section is a
/// difference of two.
struct Sums {
    /// `[2 n_rows + 1, n_slots]`
    until: Vec<f64>,
    n_rows: usize,
    n_slots: usize,
}

impl Sums {
    fn of(cells: &[f64], n_slots: usize) -> Self {
        let n_rows = cells.len() / n_slots.max(1);
        let mut until = vec![0.0; n_slots];
        for idx in 0..2 * n_rows {
            let row = &cells[idx % n_rows * n_slots..][..n_slots];
            for (slot, value) in row.iter().enumerate() {
                until.push(until[idx * n_slots + slot] + value);
            }
        }
        Self { until, n_rows, n_slots }
    }

    /// The squares of the means over sections, summed over rows and slots, where the
    /// sections begin at `first`.
    fn squared_means(&self, first: usize) -> f64 {
        let row = |idx: usize| &self.until[idx * self.n_slots..][..self.n_slots];
        let starts = (0..self.n_rows).step_by(SECTION_BARS);
        let of_section = |start: usize| {
            let n_rows = SECTION_BARS.min(self.n_rows - start);
            let begin = (start + first) % self.n_rows;
            let columns = row(begin + n_rows).iter().zip(row(begin));
            columns.map(|(to, from)| (to - from) * (to - from)).sum::<f64>() / n_rows as f64
        };
        starts.map(of_section).sum()
    }
}
