//! An axis drawn as a scale bar, lying or upright.

use carto_charts::{AxisPart, TenthsAxis};
use plotters::backend::DrawingBackend;

use crate::sheet::{Drawn, Lettering, Point, Sheet};
use crate::theme::Theme;

const BAR_PX: f64 = 6.0;
/// From the top of a lying bar to the line that its labels stand on.
const LABELS_BELOW_PX: f64 = 23.0;
/// From there to the line of the title.
const TITLE_BELOW_LABELS_PX: f64 = 19.0;
/// From an upright bar to its labels.
const LABELS_BESIDE_PX: f64 = 6.0;
/// From the middle of a text to the line that it stands on.
pub(crate) const BASELINE_PX: f64 = 4.6;

/// An axis from one end of a span to the other, in natural pixels: from the left to the right,
/// or upright from the bottom to the top.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DrawnAxis {
    pub(crate) axis: TenthsAxis,
    /// Where the lower and the upper end stand.
    pub(crate) span_px: (f64, f64),
}

impl DrawnAxis {
    fn is_upright(&self) -> bool {
        self.span_px.0 > self.span_px.1
    }

    /// Where a share of the axis stands: an x, or a y of an upright axis.
    pub(crate) fn at(&self, share: f64) -> f64 {
        self.span_px.0 + share * (self.span_px.1 - self.span_px.0)
    }

    /// Where a value stands.
    pub(crate) fn at_value(&self, value: f64) -> f64 {
        self.at(self.axis.share(value))
    }

    /// A point `along` the axis and `across` it.
    pub(crate) fn point(&self, along: f64, across: f64) -> Point {
        if self.is_upright() { (across, along) } else { (along, across) }
    }

    /// The bar with its filled and hollow segments and its labels.
    ///
    /// - `edge_px`: the edge towards the plot: the top of a lying bar, the right of an upright one
    pub(crate) fn draw<DB: DrawingBackend>(
        &self,
        sheet: &Sheet<DB>,
        edge_px: f64,
        theme: &Theme,
    ) -> Drawn<DB> {
        let (from, to) = self.corners(self.span_px, edge_px);
        sheet.block(from, to, theme.ground)?;
        let label = Lettering::new(theme.sans, 13.0, theme.ink);
        for part in self.axis.parts() {
            match part {
                AxisPart::Label { at, text } if self.is_upright() => {
                    let left = edge_px - BAR_PX - LABELS_BESIDE_PX;
                    sheet.text(&text, (left, self.at(at) + BASELINE_PX), label.flush_right())?;
                }
                AxisPart::Label { at, text } => {
                    let below = (self.at(at), edge_px + LABELS_BELOW_PX);
                    sheet.text(&text, below, label.centred())?;
                }
                AxisPart::Segment { from, to } => {
                    let (from, to) = self.corners((self.at(from), self.at(to)), edge_px);
                    sheet.block(from, to, theme.ink)?;
                }
            }
        }
        sheet.frame(from, to, 1.0, theme.ink)
    }

    /// Upper left and lower right corner of a part of the bar.
    fn corners(&self, (from, to): (f64, f64), edge_px: f64) -> (Point, Point) {
        match self.is_upright() {
            true => ((edge_px - BAR_PX, to), (edge_px, from)),
            false => ((from, edge_px), (to, edge_px + BAR_PX)),
        }
    }

    /// What a lying axis measures, below its labels.
    pub(crate) fn draw_title<DB: DrawingBackend>(
        &self,
        sheet: &Sheet<DB>,
        top_px: f64,
        title: &str,
        theme: &Theme,
    ) -> Drawn<DB> {
        let middle = (self.span_px.0 + self.span_px.1) / 2.0;
        let below = (middle, top_px + LABELS_BELOW_PX + TITLE_BELOW_LABELS_PX);
        sheet.text(title, below, Lettering::new(theme.sans, 12.0, theme.ink2).centred())
    }

    /// The line of zero across a plot, where there is no agreement.
    pub(crate) fn draw_zero<DB: DrawingBackend>(
        &self,
        sheet: &Sheet<DB>,
        (from_px, to_px): (f64, f64),
        theme: &Theme,
    ) -> Drawn<DB> {
        let zero = self.at_value(0.0);
        sheet.line(&[self.point(zero, from_px), self.point(zero, to_px)], 1.0, theme.ink2)
    }
}
