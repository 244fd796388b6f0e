use plotters::backend::DrawingBackend;

use crate::number::r_text;
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

/// What the axis shows at least, in tenths of r.
const LEAST_TENTHS: (i32, i32) = (-1, 9);

/// Beyond this there is no correlation, in tenths of r.
const MOST_TENTHS: (i32, i32) = (-10, 10);

const BAR_HEIGHT_PX: f64 = 6.0;

/// From the top of the bar to the line that its labels stand on.
const LABELS_BELOW_PX: f64 = 23.0;

/// From an upright bar to its labels.
const LABELS_BESIDE_PX: f64 = 6.0;

/// From the middle of a label to the line that it stands on.
const LABEL_BASELINE_PX: f64 = 4.6;

/// The axis of a correlation, drawn as a scale bar.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RAxis {
    from_tenth: i32,
    to_tenth: i32,
    left_px: f64,
    right_px: f64,
}

impl RAxis {
    /// From -0.1 to 0.9, or as far as the values need, in whole tenths and
    /// within [-1, 1].
    pub(crate) fn covering(values: impl IntoIterator<Item = f64>, span_px: (f64, f64)) -> Self {
        Self::covering_at_least(LEAST_TENTHS, values, span_px)
    }

    /// The same with other least ends, in tenths of r. Where the span runs from
    /// the bottom to the top, the axis stands upright and [`Self::x_of`] gives a y.
    pub(crate) fn covering_at_least(
        least_tenths: (i32, i32),
        values: impl IntoIterator<Item = f64>,
        span_px: (f64, f64),
    ) -> Self {
        Self::covering_within(least_tenths, MOST_TENTHS, values, span_px)
    }

    /// The same for a figure whose values end elsewhere, in tenths.
    pub(crate) fn covering_within(
        least_tenths: (i32, i32),
        most_tenths: (i32, i32),
        values: impl IntoIterator<Item = f64>,
        span_px: (f64, f64),
    ) -> Self {
        // A hair above a tenth is that tenth: sums of decimals are rarely exact.
        const HAIR: f64 = 1e-9;
        let (mut from_tenth, mut to_tenth) = least_tenths;
        for value in values.into_iter().filter(|value| value.is_finite()) {
            from_tenth = from_tenth.min((value * 10.0 + HAIR).floor() as i32);
            to_tenth = to_tenth.max((value * 10.0 - HAIR).ceil() as i32);
        }
        Self {
            from_tenth: from_tenth.max(most_tenths.0),
            to_tenth: to_tenth.min(most_tenths.1),
            left_px: span_px.0,
            right_px: span_px.1,
        }
    }

    /// Where `r` stands, in natural pixels; beyond the ends if it lies there.
    pub(crate) fn x_of(&self, r: f64) -> f64 {
        let n_tenths = f64::from(self.to_tenth - self.from_tenth);
        let share = (r * 10.0 - f64::from(self.from_tenth)) / n_tenths;
        self.left_px + share * (self.right_px - self.left_px)
    }

    /// The least and the greatest r.
    pub(crate) fn ends(&self) -> (f64, f64) {
        (r_of(self.from_tenth), r_of(self.to_tenth))
    }

    /// Filled and hollow segments of 0.1 with their labels, and the title below.
    pub(crate) fn draw<DB: DrawingBackend>(
        &self,
        sheet: &Sheet<DB>,
        top_px: f64,
        title: &str,
        theme: &Theme,
    ) -> Drawn<DB> {
        let bottom_px = top_px + BAR_HEIGHT_PX;
        let frame = [
            (self.left_px, top_px),
            (self.right_px, top_px),
            (self.right_px, bottom_px),
            (self.left_px, bottom_px),
        ];
        sheet.block((self.left_px, top_px), (self.right_px, bottom_px), theme.ground)?;
        let label = Lettering::new(theme.sans, 13.0, theme.ink).centred();
        for tenth in self.from_tenth..=self.to_tenth {
            let x = self.x_of(r_of(tenth));
            if tenth % 2 == 0 {
                sheet.text(&one_decimal(tenth), (x, top_px + LABELS_BELOW_PX), label)?;
            } else if tenth < self.to_tenth {
                let next_x = self.x_of(r_of(tenth + 1));
                sheet.block((x, top_px), (next_x, bottom_px), theme.ink)?;
            }
        }
        sheet.outline(&frame, 1.0, theme.ink)?;
        let middle = (self.left_px + self.right_px) / 2.0;
        let below = (middle, top_px + LABELS_BELOW_PX + 19.0);
        sheet.text(title, below, Lettering::new(theme.sans, 12.0, theme.ink2).centred())
    }

    /// The bar of an upright axis, its labels to the left; `right_px` is the
    /// right edge of the bar.
    pub(crate) fn draw_upright<DB: DrawingBackend>(
        &self,
        sheet: &Sheet<DB>,
        right_px: f64,
        theme: &Theme,
    ) -> Drawn<DB> {
        let left_px = right_px - BAR_HEIGHT_PX;
        let (bottom, top) = (self.left_px, self.right_px);
        let frame = [(left_px, top), (right_px, top), (right_px, bottom), (left_px, bottom)];
        sheet.block((left_px, top), (right_px, bottom), theme.ground)?;
        let label = Lettering::new(theme.sans, 13.0, theme.ink).flush_right();
        for tenth in self.from_tenth..=self.to_tenth {
            let y = self.x_of(r_of(tenth));
            if tenth % 2 == 0 {
                let at = (left_px - LABELS_BESIDE_PX, y + LABEL_BASELINE_PX);
                sheet.text(&one_decimal(tenth), at, label)?;
            } else if tenth < self.to_tenth {
                let next_y = self.x_of(r_of(tenth + 1));
                sheet.block((left_px, next_y), (right_px, y), theme.ink)?;
            }
        }
        sheet.outline(&frame, 1.0, theme.ink)
    }

    /// The line of r = 0, where there is no agreement.
    pub(crate) fn draw_zero<DB: DrawingBackend>(
        &self,
        sheet: &Sheet<DB>,
        (top_px, bottom_px): (f64, f64),
        theme: &Theme,
    ) -> Drawn<DB> {
        let x = self.x_of(0.0);
        sheet.line(&[(x, top_px), (x, bottom_px)], 1.0, theme.ink2)
    }
}

fn r_of(tenth: i32) -> f64 {
    f64::from(tenth) / 10.0
}

fn one_decimal(tenth: i32) -> String {
    let text = r_text(r_of(tenth));
    text.strip_suffix('0').map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(values: &[f64]) -> (f64, f64) {
        RAxis::covering(values.iter().copied(), (0.0, 100.0)).ends()
    }

    #[test]
    fn an_axis_shows_at_least_what_is_usual() {
        assert_eq!(ends(&[]), (-0.1, 0.9));
        assert_eq!(ends(&[-0.1, 0.1 + 0.2, 0.9]), (-0.1, 0.9));
    }

    #[test]
    fn an_axis_grows_in_tenths_and_ends_where_correlation_does() {
        assert_eq!(ends(&[-0.101]), (-0.2, 0.9));
        assert_eq!(ends(&[0.901, -0.55]), (-0.6, 1.0));
        assert_eq!(ends(&[1.3, -4.0, f64::NAN, f64::INFINITY]), (-1.0, 1.0));
    }

    #[test]
    fn labels_have_one_decimal() {
        assert_eq!(one_decimal(0), "0.0");
        assert_eq!(one_decimal(-2), "\u{2212}0.2");
        assert_eq!(one_decimal(10), "1.0");
    }
}
