use carto_types::AgreementClass;

use super::{AgreementFigure, AgreementRow};
use crate::number::{ROUNDING, correlation};

/// What of a row can be drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Value {
    /// In [-1, 1].
    pub(crate) mean: f64,
    pub(crate) spread: Spread,
    pub(crate) class: AgreementClass,
}

/// The spread over pairs, where there can be one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Spread {
    /// In [0, 1].
    Std(f64),
    /// A single pair does not spread.
    OnlyOnePair,
    /// Not a standard deviation of correlations.
    NoValue,
}

impl Value {
    /// `None` for a mean that is no correlation.
    pub(crate) fn of(row: &AgreementRow, figure: &AgreementFigure) -> Option<Self> {
        let mean = correlation(row.mean)?;
        let spread = match row.spread {
            _ if figure.n_pairs == 1 => Spread::OnlyOnePair,
            std if (0.0..=1.0 + ROUNDING).contains(&std) => Spread::Std(std),
            _ => Spread::NoValue,
        };
        Some(Self { mean, spread, class: figure.thresholds().class_of(mean) })
    }

    /// Both ends of the whisker, in r.
    pub(crate) fn whisker(&self) -> Option<(f64, f64)> {
        match self.spread {
            Spread::Std(std) => Some((self.mean - std, self.mean + std)),
            Spread::OnlyOnePair | Spread::NoValue => None,
        }
    }
}
