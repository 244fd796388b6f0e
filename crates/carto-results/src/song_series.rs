//! Series of two maps over time as a table.

use carto_types::csv::{Cell, Csv};

/// One row a moment: its time on the clock of A, and all series of A and then of B; empty where a
/// value is NaN or missing.
///
/// - `names`: of the series of a map; columns end with `_a` and `_b`
/// - `times_ms`: one for each value of a series
/// - `a`, `b`: the series of either map
pub(crate) fn series_csv(
    names: &[&str],
    times_ms: impl Iterator<Item = f64>,
    [a, b]: [Vec<&[f32]>; 2],
) -> String {
    let of_map = |side: &str| names.iter().map(|name| format!("{name}_{side}")).collect::<Vec<_>>();
    let heads = [vec!["time_ms".to_owned()], of_map("a"), of_map("b")].concat();
    let mut csv = Csv::new(heads.iter().map(String::as_str));
    let series: Vec<&[f32]> = a.into_iter().chain(b).collect();
    for (place, time_ms) in times_ms.enumerate() {
        // As few digits as tell single precision apart.
        let value = |row: &&[f32]| row.get(place).filter(|it| !it.is_nan()).map(f32::to_string);
        let values: Vec<Option<String>> = series.iter().map(value).collect();
        let cells = values.iter().map(|value| value.as_deref().map_or(Cell::Empty, Cell::Written));
        csv.row(std::iter::once(Cell::Number(time_ms)).chain(cells));
    }
    csv.into_text()
}
