//! What every figure has in common: a size, texts around it, and the way onto a surface.

use carto_charts::ChartText;
use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};

use crate::sheet::{Drawn, Lettering, Sheet};
use crate::svg::{UNITS_PER_PX, document};
use crate::theme::Theme;

/// Left end of headings, captions and names.
pub(crate) const MARGIN_PX: f64 = 24.0;
/// The line that the heading stands on.
const HEADING_PX: f64 = 37.0;
/// From one line of the caption to the next.
const CAPTION_LINE_PX: f64 = 18.0;

/// A chart that can be drawn as a picture; [`draw`] and [`svg`] do so.
pub trait Figure {
    /// Natural width and height in pixels: what a surface should offer for text of 12 px and
    /// more, or a multiple of it for a sharper picture.
    fn size(&self) -> (u32, u32);

    /// What is written around it.
    fn text(&self) -> ChartText;

    /// Whether it can be drawn; numbers may be anything.
    ///
    /// # Errors
    ///
    /// [`FigureError`] for more rows than a picture has room for, and for a matrix of another
    /// shape than its rows and columns.
    fn check(&self) -> Result<(), FigureError> {
        Ok(())
    }

    /// From the bottom of the picture to the last line of its caption, in pixels.
    fn caption_above_bottom_px(&self) -> f64 {
        20.0
    }

    /// Draws what stands between heading and caption.
    ///
    /// # Errors
    ///
    /// Where the backend fails.
    fn draw<DB: DrawingBackend>(&self, sheet: &Sheet<DB>, theme: &Theme) -> Drawn<DB>;
}

/// Why a figure could not be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FigureError {
    /// More rows than anyone could read, or than a picture can be high.
    #[error("the figure has {n_rows} rows, limit is {limit}")]
    TooManyRows {
        /// Rows asked for.
        n_rows: usize,
        /// Most that are drawn.
        limit: usize,
    },
    /// The matrix does not have a value for each latent and channel, or the
    /// order does not name each latent once.
    #[error("{n_values} values for {n_latents} latents of {n_channels} channels")]
    BadMatrix {
        /// Values given.
        n_values: usize,
        /// Latents in the order to draw.
        n_latents: usize,
        /// Channels of a beatmap.
        n_channels: usize,
    },
    /// The coupling does not have a value for each two channels.
    #[error("{n_values} values for the coupling of 9 channels, 81 are needed")]
    BadCoupling {
        /// Values given.
        n_values: usize,
    },
    /// The backend failed: out of space, or in use by another drawing.
    #[error("the drawing surface failed: {0}")]
    Surface(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Refuses a figure of more rows than it has room for.
pub(crate) fn check_rows(n_rows: usize, limit: usize) -> Result<(), FigureError> {
    if n_rows > limit {
        return Err(FigureError::TooManyRows { n_rows, limit });
    }
    Ok(())
}

/// The height of the lines of a caption beyond those that a figure has room for.
pub(crate) fn more_caption_px(text: &ChartText, n_lines: usize) -> u32 {
    let n_more = text.caption.len().saturating_sub(n_lines) as u32;
    n_more * CAPTION_LINE_PX as u32
}

/// Draws a figure into an area, as large as fits; the caller presents the backend.
///
/// # Errors
///
/// Those of [`Figure::check`], and [`FigureError::Surface`] where the backend fails.
pub fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    figure: &impl Figure,
    theme: &Theme,
) -> Result<(), FigureError>
where
    DB::ErrorType: 'static,
{
    figure.check()?;
    let sheet = Sheet::fitted(area, figure.size());
    draw_all(&sheet, figure, &figure.text(), theme)
        .map_err(|error| FigureError::Surface(Box::new(error)))
}

fn draw_all<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    figure: &impl Figure,
    text: &ChartText,
    theme: &Theme,
) -> Drawn<DB> {
    sheet.ground(theme.ground)?;
    let heading = Lettering::new(theme.serif, 22.0, theme.ink);
    sheet.text(&text.heading, (MARGIN_PX, HEADING_PX), heading)?;
    figure.draw(sheet, theme)?;
    let line = Lettering::new(theme.sans, 12.0, theme.ink2);
    let last = f64::from(figure.size().1) - figure.caption_above_bottom_px();
    let n_lines = text.caption.len();
    for (idx, words) in text.caption.iter().enumerate() {
        let above_last = CAPTION_LINE_PX * (n_lines - 1 - idx) as f64;
        sheet.text(words, (MARGIN_PX, last - above_last), line)?;
    }
    Ok(())
}

/// A figure on white as a file of its own.
///
/// Text stays text, the file names the figure and its numbers for those who cannot see it
/// (`<title>`, `<desc>`), and it is the same byte for byte wherever it is written.
///
/// # Errors
///
/// Those of [`draw`].
pub fn svg(figure: &impl Figure) -> Result<String, FigureError> {
    figure.check()?;
    let (width, height) = figure.size();
    let mut drawn = String::new();
    {
        let size_units = (width * UNITS_PER_PX, height * UNITS_PER_PX);
        let area = SVGBackend::with_string(&mut drawn, size_units).into_drawing_area();
        draw(&area, figure, &Theme::print())?;
        area.present().map_err(|error| FigureError::Surface(Box::new(error)))?;
    }
    let ChartText { title, description, .. } = figure.text();
    Ok(document(&drawn, (width, height), &title, &description))
}
