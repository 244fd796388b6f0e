//! Cells that several tables have.

use carto_types::csv::Cell;
use carto_types::{Estimate, Interval};

/// Standard error and both bounds.
pub(super) fn interval_cells(interval: Option<Interval>) -> [Cell<'static>; 3] {
    let of = |value: fn(Interval) -> f64| Cell::from(interval.map(value));
    [of(|it| it.se), of(|it| it.low), of(|it| it.high)]
}

/// The value and both bounds.
pub(super) fn estimate_cells(estimate: Option<Estimate>) -> [Cell<'static>; 3] {
    let [_, low, high] = interval_cells(estimate.and_then(|estimate| estimate.interval));
    [Cell::from(estimate.map(|estimate| estimate.value)), low, high]
}
