//! How a correlation looks in a cell.

use crate::format::{cell, plain};

/// Which cells have their value written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Values {
    /// None.
    Off,
    /// Those of 0.5 and more, whatever the sign.
    Strong,
    /// All.
    All,
}

impl Values {
    /// In the order of the buttons.
    pub(crate) const ALL: [Self; 3] = [Self::Off, Self::Strong, Self::All];

    /// On its button.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Off => "Off",
            Self::Strong => "Strong",
            Self::All => "All",
        }
    }

    fn shows(self, r: f64) -> bool {
        match self {
            Self::Off => false,
            Self::Strong => r.abs() >= 0.5,
            Self::All => true,
        }
    }
}

/// What the stylesheet and the reader need of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Face {
    /// Class: how strong the ground is, so that the text stands out, or faded.
    pub(crate) class: &'static str,
    /// The ground, as a mixture of two steps of the relief.
    pub(crate) fill: String,
    /// The value, where it is written.
    pub(crate) text: String,
}

impl Face {
    /// - `r`: `None` where nothing is surveyed
    /// - `fade_below`: smaller `|r|` go to the sheet, with a dot
    pub(crate) fn new(r: Option<f64>, fade_below: f64, values: Values) -> Self {
        let faded = |class| Self { class, fill: String::new(), text: String::new() };
        match r {
            None => faded("heat__cell heat__cell--unknown"),
            Some(r) if r.abs() < fade_below => faded("heat__cell heat__cell--faded"),
            Some(r) => Self {
                class: tone(r),
                fill: fill(r),
                text: if values.shows(r) { cell(r) } else { String::new() },
            },
        }
    }
}

/// Steps of the relief are a tenth apart; a colour between two of them is mixed
/// in OKLab.
fn fill(r: f64) -> String {
    let place = (r.clamp(-1.0, 1.0) + 1.0) * 10.0;
    let (below, share) = (place.floor(), place - place.floor());
    let (step, percent) = (below as u32, plain(share * 100.0, 0));
    if percent == "0" || step == 20 {
        return format!("var(--r{step})");
    }
    format!("color-mix(in oklab, var(--r{}) {percent}%, var(--r{step}))", step + 1)
}

/// The ends of the relief, what lies next to them, and the middle each have
/// their own colour of text; see the tokens.
fn tone(r: f64) -> &'static str {
    match (r.clamp(-1.0, 1.0) * 10.0).round().abs() as u32 {
        8.. => "heat__cell heat__cell--end",
        6..8 => "heat__cell heat__cell--slope",
        _ => "heat__cell",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_is_a_step_and_between_is_a_mixture() {
        assert_eq!(fill(0.0), "var(--r10)");
        assert_eq!(fill(-1.0), "var(--r0)");
        assert_eq!(fill(1.3), "var(--r20)");
        assert_eq!(fill(0.75), "color-mix(in oklab, var(--r18) 50%, var(--r17))");
        assert_eq!(fill(-0.99), "color-mix(in oklab, var(--r1) 10%, var(--r0))");
    }

    #[test]
    fn text_changes_colour_where_the_ground_is_strong() {
        assert_eq!(tone(0.5), "heat__cell");
        assert_eq!(tone(-0.62), "heat__cell heat__cell--slope");
        assert_eq!(tone(0.81), "heat__cell heat__cell--end");
    }

    #[test]
    fn hidden_zero_and_unknown_differ() {
        let face = |r, fade| Face::new(r, fade, Values::All);
        assert_eq!(face(Some(0.04), 0.05).class, "heat__cell heat__cell--faded");
        assert_eq!(face(Some(-0.05), 0.05).text, "−.05");
        assert_eq!(face(Some(0.0), 0.0).fill, "var(--r10)");
        assert_eq!(face(None, 0.0).class, "heat__cell heat__cell--unknown");
    }

    #[test]
    fn values_are_written_where_they_are_asked_for() {
        let text = |r, values| Face::new(Some(r), 0.05, values).text;
        assert_eq!(text(-0.5, Values::Strong), "−.50");
        assert_eq!(text(0.49, Values::Strong), "");
        assert_eq!(text(0.49, Values::All), ".49");
        assert_eq!(text(0.9, Values::Off), "");
    }
}
