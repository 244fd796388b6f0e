//! Tables of rows by name, as the published layouts have them.

use std::collections::BTreeMap;

use carto_types::published::Rows;

use crate::ResultError;

/// Rows by number, `0` to `n - 1`.
pub(super) fn by_number<R, T>(
    rows: &Rows<R>,
    of_row: impl Fn(u32, &R) -> T,
) -> Result<Vec<T>, ResultError> {
    let by_name: BTreeMap<&str, &R> = rows.0.iter().map(|(name, row)| (&**name, row)).collect();
    let row = |dim: u32| {
        let key = dim.to_string();
        let row = by_name.get(&*key).ok_or_else(|| no_row(rows, &key, "dim_summary"))?;
        Ok(of_row(dim, row))
    };
    (0..rows.0.len() as u32).map(row).collect()
}

/// - `at`: what to call the table
pub(super) fn row<'a, R>(rows: &'a Rows<R>, key: &str, at: &str) -> Result<&'a R, ResultError> {
    rows.get(key).ok_or_else(|| no_row(rows, key, at))
}

fn no_row<R>(rows: &Rows<R>, key: &str, at: &str) -> ResultError {
    ResultError::Unexpected {
        at: format!("a name in {at}"),
        found: rows.0.first().map_or_else(String::new, |(name, _)| name.clone()),
        expected: key.to_owned(),
    }
}
