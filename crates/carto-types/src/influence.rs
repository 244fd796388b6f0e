use serde::{Deserialize, Serialize};

/// What one feature does to the probability of a map's first label.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Influence {
    /// Name of the feature's column.
    pub column: String,
    /// What the map has; `None` where it has no number.
    pub value: Option<f64>,
    /// The median of the maps that the classifier was trained on.
    pub median: f64,
    /// How much more probable the label is than it would be with the median in place of
    /// the map's own number, in `[-1, 1]`.
    pub change: f64,
}
