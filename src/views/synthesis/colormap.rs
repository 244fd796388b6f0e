//! How a correlation looks in a cell.

use carto_charts::colormap_place;
use carto_charts::number::{cell, plain};

use crate::view_state::Values;

/// How a cell looks: what the stylesheet and the reader need of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CellStyle {
    /// Class: how strong the colour is, so that the text stands out, or faded.
    pub(crate) class: &'static str,
    /// The colour, as a mixture of two steps of the colormap.
    pub(crate) fill: String,
    /// The value, where it is written.
    pub(crate) text: String,
}

impl CellStyle {
    /// - `r`: `None` where there is no data
    /// - `fade_below`: smaller `|r|` have no colour but a dot
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

/// A step of the colormap, or a mixture of two next to each other in OKLab.
fn fill(r: f64) -> String {
    let (below, share) = colormap_place(r);
    match plain(share * 100.0, 0).as_str() {
        "0" => format!("var(--r{below})"),
        "100" => format!("var(--r{})", below + 1),
        percent => {
            format!("color-mix(in oklab, var(--r{}) {percent}%, var(--r{below}))", below + 1)
        }
    }
}

/// The ends of the colormap, what lies next to them, and the middle each have
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
    fn faded_zero_and_unknown_differ() {
        let style = |r, fade| CellStyle::new(r, fade, Values::All);
        assert_eq!(style(Some(0.04), 0.05).class, "heat__cell heat__cell--faded");
        assert_eq!(style(Some(-0.05), 0.05).text, "−.05");
        assert_eq!(style(Some(0.0), 0.0).fill, "var(--r10)");
        assert_eq!(style(None, 0.0).class, "heat__cell heat__cell--unknown");
    }

    #[test]
    fn values_are_written_where_they_are_asked_for() {
        let text = |r, values| CellStyle::new(Some(r), 0.05, values).text;
        assert_eq!(text(-0.5, Values::Strong), "−.50");
        assert_eq!(text(0.49, Values::Strong), "");
        assert_eq!(text(0.49, Values::All), ".49");
        assert_eq!(text(0.9, Values::Off), "");
    }
}
