use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

use crate::svg;

/// Where a figure of any kind may reach, in pixels of the area: keeps sums of
/// coordinates within plotters' `i32`, whatever is asked.
const FARTHEST: f64 = 1e6;

/// plotters takes a text size as 1.24 times the size of the font, on every backend.
const PLOTTERS_TEXT_SCALE: f64 = 1.24;

/// plotters' vector backend puts the baseline this many font sizes below the
/// top of a text. The one anchor that does not depend on metrics.
const BASELINE_BELOW_TOP: f64 = 0.76;

/// What drawing on a sheet gives: nothing, or the backend's error.
pub type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// A point in natural pixels, from the upper left.
pub(crate) type Point = (f64, f64);

/// A drawing area in the natural pixels of a figure.
pub struct Sheet<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    /// Pixels of the area per natural pixel.
    scale: f64,
}

/// How a text looks and which of its ends stands at the point.
#[derive(Clone, Copy)]
pub(crate) struct Lettering {
    pub(crate) family: &'static str,
    pub(crate) size_px: f64,
    pub(crate) style: FontStyle,
    pub(crate) colour: RGBColor,
    pub(crate) anchor: HPos,
}

impl Lettering {
    pub(crate) fn new(family: &'static str, size_px: f64, colour: RGBColor) -> Self {
        Self { family, size_px, style: FontStyle::Normal, colour, anchor: HPos::Left }
    }

    pub(crate) fn bold(self) -> Self {
        Self { style: FontStyle::Bold, ..self }
    }

    pub(crate) fn italic(self) -> Self {
        Self { style: FontStyle::Italic, ..self }
    }

    pub(crate) fn centred(self) -> Self {
        Self { anchor: HPos::Center, ..self }
    }

    pub(crate) fn flush_right(self) -> Self {
        Self { anchor: HPos::Right, ..self }
    }
}

impl<'a, DB: DrawingBackend> Sheet<'a, DB> {
    /// `size_px`: the natural size, which is fitted into the area.
    pub(crate) fn fitted(area: &'a DrawingArea<DB, Shift>, size_px: (u32, u32)) -> Self {
        let (width, height) = area.dim_in_pixel();
        let fit = |available: u32, natural: u32| f64::from(available) / f64::from(natural.max(1));
        Self { area, scale: fit(width, size_px.0).min(fit(height, size_px.1)) }
    }

    pub(crate) fn ground(&self, colour: RGBColor) -> Drawn<DB> {
        self.area.fill(&colour)
    }

    /// A filled rectangle.
    pub(crate) fn block(&self, from: Point, to: Point, colour: RGBColor) -> Drawn<DB> {
        self.area.draw(&Rectangle::new([self.at(from), self.at(to)], colour.filled()))
    }

    pub(crate) fn line(&self, points: &[Point], width_px: f64, colour: RGBColor) -> Drawn<DB> {
        let style = self.stroke(width_px, colour);
        self.area.draw(&PathElement::new(self.all_at(points), style))
    }

    /// A closed line with all its corners mitred.
    pub(crate) fn outline(&self, corners: &[Point], width_px: f64, colour: RGBColor) -> Drawn<DB> {
        // Going over the first side twice joins it at the last corner too.
        let closed: Vec<_> = corners.iter().chain(corners.iter().take(2)).copied().collect();
        self.line(&closed, width_px, colour)
    }

    /// The outline of a rectangle.
    pub(crate) fn frame(
        &self,
        (left, top): Point,
        (right, bottom): Point,
        width_px: f64,
        colour: RGBColor,
    ) -> Drawn<DB> {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        self.outline(&corners, width_px, colour)
    }

    pub(crate) fn shape(&self, corners: &[Point], colour: RGBColor) -> Drawn<DB> {
        self.area.draw(&Polygon::new(self.all_at(corners), colour))
    }

    pub(crate) fn ring(
        &self,
        centre: Point,
        radius_px: f64,
        width_px: f64,
        colour: RGBColor,
    ) -> Drawn<DB> {
        let style = self.stroke(width_px, colour);
        self.area.draw(&Circle::new(self.at(centre), self.whole(radius_px), style))
    }

    /// A filled circle.
    pub(crate) fn disc(&self, centre: Point, radius_px: f64, colour: RGBColor) -> Drawn<DB> {
        let circle = Circle::new(self.at(centre), self.whole(radius_px), colour.filled());
        self.area.draw(&circle)
    }

    /// `baseline`: the left end, middle or right end of the text, as its anchor says.
    pub(crate) fn text(&self, text: &str, baseline: Point, lettering: Lettering) -> Drawn<DB> {
        let Lettering { family, size_px, style, colour, anchor } = lettering;
        let size = plotters_size(f64::from(self.whole(size_px)));
        let font = FontDesc::new(FontFamily::Name(family), size, style);
        let pos = Pos::new(anchor, VPos::Top);
        let style = TextStyle { font, color: colour.to_backend_color(), pos };
        let top = (baseline.0, baseline.1 - BASELINE_BELOW_TOP * size_px);
        self.area.draw(&Text::new(svg::legal(text), self.at(top), style))
    }

    fn stroke(&self, width_px: f64, colour: RGBColor) -> ShapeStyle {
        colour.stroke_width(self.whole(width_px).max(1))
    }

    fn all_at(&self, points: &[Point]) -> Vec<(i32, i32)> {
        points.iter().map(|&point| self.at(point)).collect()
    }

    fn at(&self, (x_px, y_px): Point) -> (i32, i32) {
        let whole = |px: f64| (px * self.scale).round().clamp(-FARTHEST, FARTHEST) as i32;
        (whole(x_px), whole(y_px))
    }

    fn whole(&self, length_px: f64) -> u32 {
        (length_px * self.scale).round().clamp(0.0, FARTHEST) as u32
    }
}

/// The size to ask of plotters for a font of `size`, so that it gets back to
/// exactly that, where it can, when it divides again.
fn plotters_size(size: f64) -> f64 {
    let near = size * PLOTTERS_TEXT_SCALE;
    let candidates = [near, near.next_down(), near.next_up()];
    let is_exact = |candidate: &f64| candidate / PLOTTERS_TEXT_SCALE == size;
    candidates.into_iter().find(is_exact).unwrap_or(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plotters_gets_back_to_the_sizes_in_use() {
        for size in [12.0, 13.0, 14.0, 22.0].map(|px| px * f64::from(svg::UNITS_PER_PX)) {
            assert_eq!(plotters_size(size) / PLOTTERS_TEXT_SCALE, size);
        }
    }
}
