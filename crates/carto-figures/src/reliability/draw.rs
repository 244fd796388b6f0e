use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;

use super::{MAX_BINS, ReliabilityFigure};
use crate::error::FigureError;
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

pub(super) const SIZE_PX: (u32, u32) = (920, 470);
const MARGIN_PX: f64 = 24.0;
/// Left and right end of both plots.
const SPAN_PX: (f64, f64) = (84.0, 560.0);
/// Bottom and top of the diagram.
const RISE_PX: (f64, f64) = (330.0, 60.0);
/// Bottom and top of the counts.
const COUNTS_PX: (f64, f64) = (414.0, 372.0);
/// Between two bars.
const GAP_PX: f64 = 1.0;
const RING_PX: f64 = 5.0;
/// From the middle of a text to the line that it stands on.
const BASELINE_PX: f64 = 4.6;
/// Where words on the right begin.
const WORDS_PX: f64 = 596.0;

/// Draws the figure into an area, as large as fits.
///
/// # Errors
///
/// Those of [`super::reliability_svg`], and [`FigureError::Surface`] where the backend
/// fails.
pub fn draw_reliability<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    figure: &ReliabilityFigure,
    theme: &Theme,
) -> Result<(), FigureError>
where
    DB::ErrorType: 'static,
{
    let n_rows = figure.bins.len();
    if n_rows > MAX_BINS {
        return Err(FigureError::TooManyRows { n_rows, limit: MAX_BINS });
    }
    let plot = Plot { sheet: Sheet::fitted(area, SIZE_PX), figure, theme };
    plot.draw().map_err(|error| FigureError::Surface(Box::new(error)))
}

struct Plot<'a, DB: DrawingBackend> {
    sheet: Sheet<'a, DB>,
    figure: &'a ReliabilityFigure,
    theme: &'a Theme,
}

fn x_of(share: f64) -> f64 {
    SPAN_PX.0 + share * (SPAN_PX.1 - SPAN_PX.0)
}

fn y_of(share: f64) -> f64 {
    RISE_PX.0 + share * (RISE_PX.1 - RISE_PX.0)
}

impl<DB: DrawingBackend> Plot<'_, DB> {
    fn draw(&self) -> Drawn<DB> {
        self.sheet.ground(self.theme.ground)?;
        let heading = Lettering::new(self.theme.serif, 22.0, self.theme.ink);
        self.sheet.text(&self.figure.title, (MARGIN_PX, 37.0), heading)?;
        self.axes()?;
        self.counts()?;
        self.points()?;
        self.words()
    }

    fn axes(&self) -> Drawn<DB> {
        let label = Lettering::new(self.theme.sans, 13.0, self.theme.ink);
        for fifth in 0..=5 {
            let share = f64::from(fifth) / 5.0;
            let text = format!("{} %", 20 * fifth);
            let y = y_of(share);
            self.sheet.line(&[(SPAN_PX.0, y), (SPAN_PX.1, y)], 0.7, self.theme.rule2)?;
            let at = (SPAN_PX.0 - 8.0, y + BASELINE_PX);
            self.sheet.text(&text, at, label.flush_right())?;
            self.sheet.text(&text, (x_of(share), COUNTS_PX.0 + 20.0), label.centred())?;
        }
        let title = Lettering::new(self.theme.sans, 12.0, self.theme.ink2).centred();
        let middle = (x_of(0.5), COUNTS_PX.0 + 40.0);
        self.sheet.text("how sure the first answer is", middle, title)?;
        let diagonal = [(x_of(0.0), y_of(0.0)), (x_of(1.0), y_of(1.0))];
        self.sheet.line(&diagonal, 1.0, self.theme.ink2)
    }

    /// Bars of counts, the fullest as high as there is room.
    fn counts(&self) -> Drawn<DB> {
        let (bottom, top) = COUNTS_PX;
        let most = self.figure.bins.iter().map(|bin| bin.n_maps).max().unwrap_or(0).max(1);
        let n_bins = self.figure.bins.len() as f64;
        for (idx, bin) in self.figure.filled() {
            let height = (bottom - top) * f64::from(bin.n_maps) / f64::from(most);
            let (left, right) = (x_of(idx as f64 / n_bins), x_of((idx + 1) as f64 / n_bins));
            let corner = (left + GAP_PX, bottom - height);
            self.sheet.block(corner, (right, bottom), self.theme.rule2)?;
        }
        self.sheet.line(&[(SPAN_PX.0, bottom), (SPAN_PX.1, bottom)], 1.0, self.theme.ink)
    }

    /// A ring for each bin, and how far it is from the diagonal.
    fn points(&self) -> Drawn<DB> {
        for (_, bin) in self.figure.filled() {
            let x = x_of(bin.confidence);
            let ends = [(x, y_of(bin.confidence)), (x, y_of(bin.accuracy))];
            self.sheet.line(&ends, 1.5, self.theme.yours)?;
            self.sheet.ring(ends[1], RING_PX, 2.0, self.theme.yours)?;
        }
        Ok(())
    }

    fn words(&self) -> Drawn<DB> {
        let line = Lettering::new(self.theme.sans, 13.0, self.theme.ink2);
        let error = format!("{:.3}", self.figure.calibration_error);
        let maps = format!("{} maps, in bars by how sure", self.figure.n_maps());
        let words = [
            ("rings: how often it is right", y_of(1.0) + BASELINE_PX),
            ("line: as often as it says", y_of(1.0) + 20.0 + BASELINE_PX),
            ("expected calibration error", y_of(1.0) + 60.0 + BASELINE_PX),
            (&maps, COUNTS_PX.0 - 4.0),
        ];
        for (text, y) in words {
            self.sheet.text(text, (WORDS_PX, y), line)?;
        }
        let number = Lettering::new(self.theme.serif, 22.0, self.theme.ink);
        self.sheet.text(&error, (WORDS_PX, y_of(1.0) + 90.0), number)
    }
}
