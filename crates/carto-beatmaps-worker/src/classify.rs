//! What a classifier says of maps.

use carto_classifier::Classifier;
use carto_types::Influence;

use crate::rows;

/// Influences in a reply: what follows moves next to nothing.
const N_INFLUENCES: usize = 8;

/// Probabilities of the labels of maps.
///
/// - `rows`: `[n_maps][n_columns]`
/// - returns: `[n_maps][n_labels]`
///
/// # Errors
///
/// Words for the page.
pub(crate) fn probabilities(
    classifier: &Classifier,
    rows: &[Vec<Option<f64>>],
) -> Result<Vec<Vec<f64>>, String> {
    let table = rows::table(rows.iter().map(Vec::as_slice))?;
    let found = classifier.classify(&table).map_err(|error| error.to_string())?;
    Ok(found.rows().map(<[f64]>::to_vec).collect())
}

/// The features that changed the probability of a map's first label most, the largest
/// change first.
///
/// - `row`: `[n_columns]`
///
/// # Errors
///
/// Words for the page.
pub(crate) fn influences(
    classifier: &Classifier,
    row: &[Option<f64>],
) -> Result<Vec<Influence>, String> {
    let table = rows::table([row])?;
    let found = classifier.explain(&table).map_err(|error| error.to_string())?;
    let mut influences = found.into_iter().next().map(|found| found.influences).unwrap_or_default();
    influences.truncate(N_INFLUENCES);
    Ok(influences)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::tests::{maps, trained};

    #[test]
    fn maps_are_told_apart_by_what_they_differ_in() {
        let Ok(classifier) = Classifier::from_bytes(&trained().bytes) else {
            unreachable!("a classifier is read")
        };
        let maps = maps(40);
        let rows: Vec<_> = maps.iter().map(|map| map.row.clone()).collect();
        let Ok(found) = probabilities(&classifier, &rows) else {
            unreachable!("it has all columns")
        };
        let labels = classifier.labels();
        let is_right = |(row, map): (&Vec<f64>, &carto_types::LabelledMap)| {
            let place = labels.iter().position(|label| *label == map.labels[0]);
            place.is_some_and(|place| row[place] > 0.5)
        };
        assert!(found.iter().all(|row| (row.iter().sum::<f64>() - 1.0).abs() < 1e-9));
        assert!(found.iter().zip(&maps).filter(|&it| is_right(it)).count() > 36);

        let Ok(why) = influences(&classifier, &rows[0]) else { unreachable!("it has all columns") };
        assert_eq!(why[0].column, "stream_density");
        assert!(why.len() <= N_INFLUENCES && why[0].change > 0.0, "{why:?}");
    }
}
