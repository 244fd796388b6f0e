use super::ClassifierError;
#[cfg(any(test, feature = "train"))]
use super::FeatureTable;
#[cfg(any(test, feature = "train"))]
use super::calibration::decimals;
use super::derived::{DERIVED, Derived};
use super::scale::RankScale;

/// How the columns of a table become what the network sees; fitted on the maps that
/// are learnt from, and a part of the model.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Preparation {
    /// Columns of the table, in the network's order.
    pub(super) columns: Vec<String>,
    /// Medians of the columns among the maps that were learnt from, with six decimals;
    /// 0 for a column without numbers.
    pub(super) medians: Vec<f64>,
    pub(super) derived: Vec<DerivedInput>,
    /// `[n_inputs]`: of the columns, then of the derived features.
    pub(super) scales: Vec<RankScale>,
}

/// A derived feature, with the places of what it needs.
#[derive(Clone)]
pub(super) struct DerivedInput {
    pub(super) derived: &'static Derived,
    places: Vec<usize>,
}

impl Preparation {
    /// Fits scales and medians.
    ///
    /// - `table`: the maps to learn from; all its columns are used
    /// - `is_derived`: whether features are derived where their columns are there
    #[cfg(any(test, feature = "train"))]
    pub(super) fn fit(table: &FeatureTable, is_derived: bool) -> Self {
        let columns = table.columns().to_vec();
        let derived: Vec<DerivedInput> = DERIVED
            .iter()
            .filter(|_| is_derived)
            .filter_map(|derived| DerivedInput::find(derived, &columns))
            .collect();
        let n_inputs = columns.len() + derived.len();
        let raw: Vec<Vec<f64>> = table.rows().map(|row| raw_inputs(row, &derived)).collect();
        let column = |idx: usize| raw.iter().map(move |row| row[idx]);
        Self {
            medians: (0..columns.len()).map(|idx| decimals(median(column(idx)), 6)).collect(),
            scales: (0..n_inputs).map(|idx| RankScale::fit(column(idx))).collect(),
            columns,
            derived,
        }
    }

    /// Finds derived features by their names.
    ///
    /// # Errors
    ///
    /// [`ClassifierError::Header`] for a derived feature that is not known or whose
    /// columns are not there.
    pub(super) fn derived_by_name(
        names: &[String],
        columns: &[String],
    ) -> Result<Vec<DerivedInput>, ClassifierError> {
        let find = |name: &String| {
            let derived = DERIVED.iter().find(|derived| derived.name == name);
            derived.and_then(|derived| DerivedInput::find(derived, columns)).ok_or_else(|| {
                ClassifierError::Header { reason: format!("`{name}` cannot be derived") }
            })
        };
        names.iter().map(find).collect()
    }

    pub(super) fn n_inputs(&self) -> usize {
        self.scales.len()
    }

    /// What the network sees of one map.
    ///
    /// - `row`: `[n_columns]`, in the order of `columns`
    /// - returns: `[n_inputs]`, about standard normal
    pub(super) fn prepare(&self, row: &[f64]) -> Vec<f32> {
        let raw = raw_inputs(row, &self.derived);
        self.scales.iter().zip(raw).map(|(scale, value)| scale.scale(value)).collect()
    }
}

fn raw_inputs(row: &[f64], derived: &[DerivedInput]) -> Vec<f64> {
    row.iter().copied().chain(derived.iter().map(|input| input.of(row))).collect()
}

/// The middle number, or the lower of the two; 0 where none is finite.
#[cfg(any(test, feature = "train"))]
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or(0.0)
}

impl DerivedInput {
    /// `None` where a column that it needs is not there.
    fn find(derived: &'static Derived, columns: &[String]) -> Option<Self> {
        let place = |name: &&str| columns.iter().position(|column| column == name);
        let places = derived.inputs.iter().map(place).collect::<Option<_>>()?;
        Some(Self { derived, places })
    }

    fn of(&self, row: &[f64]) -> f64 {
        let inputs: Vec<f64> = self.places.iter().map(|&place| row[place]).collect();
        // `max` would make a number of a missing one.
        if inputs.iter().any(|value| value.is_nan()) {
            return f64::NAN;
        }
        let value = (self.derived.of)(&inputs);
        if value.is_finite() { value } else { f64::NAN }
    }
}

impl std::fmt::Debug for DerivedInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.derived.name)
    }
}

impl PartialEq for DerivedInput {
    fn eq(&self, other: &Self) -> bool {
        self.derived.name == other.derived.name && self.places == other.places
    }
}
