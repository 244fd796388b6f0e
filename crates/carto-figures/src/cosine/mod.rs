//! How alike the latents of two maps point, pair by pair.

mod bins;
mod draw;
mod words;

use self::bins::Bins;
pub use self::draw::draw_cosine_histogram;
use crate::encoder::FigureEncoder;
use crate::error::FigureError;
use crate::svg;
use crate::theme::Theme;

/// The full cosines of one run: what the figure shows.
///
/// Cosine also rewards what stays constant, so it never stands without the
/// correlation of the same latents.
#[derive(Debug, Clone, PartialEq)]
pub struct CosineFigure {
    /// The full cosine of each pair, in [-1, 1]; anything else is left out and
    /// the figure says how many.
    pub cosines: Vec<f64>,
    /// Mean over pairs, as in the tables.
    pub cosine_mean: f64,
    /// Population standard deviation over pairs, as in the tables.
    pub cosine_std: f64,
    /// Mean over latents of their mean Pearson r.
    pub mean_r: f64,
    /// Songs behind the pairs.
    pub n_songs: u32,
    /// What made the latents.
    pub encoder: FigureEncoder,
}

/// Natural width and height in pixels.
#[must_use]
pub fn cosine_size(_figure: &CosineFigure) -> (u32, u32) {
    draw::SIZE_PX
}

/// `cosine_histogram.svg`: pairs by their full cosine, with the mean and the
/// mean correlation on the same axis, on white.
///
/// # Errors
///
/// None but those of the surface; numbers may be anything.
pub fn cosine_histogram_svg(figure: &CosineFigure) -> Result<String, FigureError> {
    let bins = Bins::of(&figure.cosines);
    let (title, description) = (words::title(figure, &bins), words::description(figure, &bins));
    svg::file(cosine_size(figure), &title, &description, |area| {
        draw_cosine_histogram(area, figure, &Theme::print())
    })
}
