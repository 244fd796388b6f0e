//! How far mappers of one song agree, channel by channel.

mod draw;
pub(crate) mod layout;
pub(crate) mod names;
pub(crate) mod row;
pub(crate) mod words;

use carto_types::ClassBounds;

pub use self::draw::draw_agreement;
use self::layout::Layout;
use crate::error::FigureError;
use crate::svg;
use crate::theme::Theme;

/// Most rows of one figure; a beatmap has nine channels, a latent 32.
pub(crate) const MAX_ROWS: usize = 64;

/// One channel over all pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementRow {
    /// As in result files: `ONSET`, `COMBO`, ... Another name is drawn too,
    /// without swatch and family.
    pub name: String,
    /// Mean Pearson r, in [-1, 1]; anything else is shown as "no value".
    pub mean: f64,
    /// Population standard deviation over pairs, in [0, 1].
    pub spread: f64,
}

/// The agreement of one run: what the figure shows.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementFigure {
    /// In the order to draw; neighbours of one family share a heading.
    pub rows: Vec<AgreementRow>,
    /// A mean r below this is stylistic.
    pub stylistic_below: f64,
    /// A mean r above this is perceptual.
    pub perceptual_above: f64,
    /// Pairs of maps behind each mean.
    pub n_pairs: u32,
    /// Songs behind those pairs.
    pub n_songs: u32,
    /// The rules of reading: `published` or `tolerant`.
    pub mode: String,
}

impl AgreementFigure {
    fn thresholds(&self) -> ClassBounds {
        ClassBounds {
            stylistic_below: self.stylistic_below,
            perceptual_above: self.perceptual_above,
        }
    }

    pub(crate) fn check(&self) -> Result<(), FigureError> {
        let n_rows = self.rows.len();
        if n_rows > MAX_ROWS {
            return Err(FigureError::TooManyRows { n_rows, limit: MAX_ROWS });
        }
        let (stylistic_below, perceptual_above) = (self.stylistic_below, self.perceptual_above);
        // Written so that NaN fails, too.
        let is_ascending = -1.0 <= stylistic_below
            && stylistic_below <= perceptual_above
            && perceptual_above <= 1.0;
        if !is_ascending {
            return Err(FigureError::BadThresholds { stylistic_below, perceptual_above });
        }
        Ok(())
    }
}

/// Natural width and height in pixels: what a backend should offer, or a
/// multiple of it for a sharper picture.
#[must_use]
pub fn agreement_size(figure: &AgreementFigure) -> (u32, u32) {
    Layout::of(figure).size_px
}

/// `cross_mapper_agreement.svg`: the figure on white, as a file of its own.
///
/// Text stays text. The file names the figure and its numbers for those who
/// cannot see it (`<title>`, `<desc>`), and is the same byte for byte wherever
/// it is written.
///
/// # Errors
///
/// [`FigureError::TooManyRows`] and [`FigureError::BadThresholds`]; numbers in
/// rows may be anything.
pub fn agreement_svg(figure: &AgreementFigure) -> Result<String, FigureError> {
    figure.check()?;
    let (title, description) = (words::finding(figure), words::description(figure));
    svg::file(agreement_size(figure), &title, &description, |area| {
        draw_agreement(area, figure, &Theme::print())
    })
}
