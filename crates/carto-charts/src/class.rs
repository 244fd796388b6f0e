//! The classes of agreement: bounds, bands on an axis, and words.

use carto_types::{AgreementClass, ClassBounds};

use crate::axis::TenthsAxis;
use crate::number::fixed;

/// What a class covers of an axis, in shares of the axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Which class.
    pub class: AgreementClass,
    /// Lower end.
    pub from: f64,
    /// Upper end.
    pub to: f64,
}

/// The bands of the classes on an axis of r, from its lower end.
#[must_use]
pub fn bands(bounds: ClassBounds, axis: TenthsAxis) -> [Band; 3] {
    let (low, high) = (axis.share(bounds.stylistic_below), axis.share(bounds.perceptual_above));
    [
        Band { class: AgreementClass::Stylistic, from: 0.0, to: low },
        Band { class: AgreementClass::Mixed, from: low, to: high },
        Band { class: AgreementClass::Perceptual, from: high, to: 1.0 },
    ]
}

/// What the bands behind a chart are, as a sentence.
#[must_use]
pub fn background(bounds: ClassBounds) -> String {
    let (low, high) = (fixed(bounds.stylistic_below, 2), fixed(bounds.perceptual_above, 2));
    format!(
        "Background: stylistic below r = {low}, mixed from {low} to {high}, perceptual above \
         {high} (the study’s thresholds)."
    )
}

/// The name of a band with its bound: `perceptual, above 0.30`.
#[must_use]
pub fn band_name(bounds: ClassBounds, class: AgreementClass) -> String {
    let bound = match class {
        AgreementClass::Perceptual => format!(", above {}", fixed(bounds.perceptual_above, 2)),
        AgreementClass::Mixed => String::new(),
        AgreementClass::Stylistic => format!(", below {}", fixed(bounds.stylistic_below, 2)),
    };
    format!("{}{bound}", class.name())
}

/// Without so many songs there is no interval worth its name: one song has none, and that of two
/// is twelve times as wide as their distance.
pub(crate) const MIN_SONGS: u32 = 3;

/// From so many songs on the study's bounds are applied to the mean itself, as the study does.
/// Below, a mean is of a class where its whole 95% interval is.
pub(crate) const MANY_SONGS: u32 = 30;

/// The word for a class, or for there being too few songs to speak of one.
#[must_use]
pub fn class_word(class: Option<AgreementClass>) -> &'static str {
    class.map_or("too few songs", AgreementClass::name)
}

/// The symbol of a class: a triangle for perceptual, a half disc for mixed, a triangle on its
/// point for stylistic, a broken ring for no class.
///
/// Two paths of SVG on a square of 16 by 16: what is filled, and what is a line.
#[must_use]
pub fn class_symbol(class: Option<AgreementClass>) -> (&'static str, &'static str) {
    match class {
        Some(AgreementClass::Perceptual) => ("M8 2.4 14.6 13.8H1.4Z", ""),
        Some(AgreementClass::Mixed) => {
            ("M8 2.2v11.6A5.8 5.8 0 0 0 8 2.2Z", "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2Z")
        }
        Some(AgreementClass::Stylistic) => ("", "M2.2 3h11.6L8 13Z"),
        None => (
            "",
            "M5.8 2.6a5.8 5.8 0 0 1 4.4 0M12.4 4.2a5.8 5.8 0 0 1 1.3 3.4M13.1 10.6a5.8 5.8 0 0 1-2.5 2.6M7.4 13.8a5.8 5.8 0 0 1-3.6-1.8M2.3 9.2a5.8 5.8 0 0 1 .5-3.9",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_meet_at_the_bounds() {
        let axis = TenthsAxis::covering((-1, 9), (-10, 10), &[]);
        let ends = bands(ClassBounds::CHANNELS, axis).map(|band| (band.from, band.to));
        assert_eq!(ends, [(0.0, 0.2), (0.2, 0.4), (0.4, 1.0)]);
        let name = band_name(ClassBounds::LATENTS, AgreementClass::Stylistic);
        assert_eq!(name, "stylistic, below 0.05");
    }
}
