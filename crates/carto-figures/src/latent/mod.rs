//! How far mappers of one song agree, latent by latent.

mod draw;
mod layout;
mod words;

pub use self::draw::draw_latent_agreement;
use self::layout::Layout;
use crate::agreement::{AgreementFigure, AgreementRow};
use crate::encoder::FigureEncoder;
use crate::error::FigureError;
use crate::svg;
use crate::theme::Theme;

/// One latent over all pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LatentAgreementRow {
    /// Its number, from 0.
    pub dim: u32,
    /// Mean Pearson r, in [-1, 1]; anything else is shown as "none".
    pub mean: f64,
    /// Population standard deviation over pairs, in [0, 1].
    pub spread: f64,
}

/// The agreement of one run's latents: what the figure shows.
#[derive(Debug, Clone, PartialEq)]
pub struct LatentAgreementFigure {
    /// In the order to draw, from the left: by mean r, highest first.
    pub rows: Vec<LatentAgreementRow>,
    /// A mean r below this is stylistic; 0.05 in the published study.
    pub stylistic_below: f64,
    /// A mean r above this is perceptual; 0.3 in the published study.
    pub perceptual_above: f64,
    /// Pairs of maps behind each mean.
    pub n_pairs: u32,
    /// Songs behind those pairs.
    pub n_songs: u32,
    /// What made the latents.
    pub encoder: FigureEncoder,
    /// Whether the encoder was trained without these songs: then the figure says so.
    pub is_held_out: bool,
}

impl LatentAgreementFigure {
    /// The same rows and bounds as the figure of channels reads them.
    fn agreement(&self) -> AgreementFigure {
        let row = |row: &LatentAgreementRow| AgreementRow {
            name: row.dim.to_string(),
            mean: row.mean,
            spread: row.spread,
        };
        AgreementFigure {
            rows: self.rows.iter().map(row).collect(),
            stylistic_below: self.stylistic_below,
            perceptual_above: self.perceptual_above,
            n_pairs: self.n_pairs,
            n_songs: self.n_songs,
            mode: String::new(),
        }
    }
}

/// Natural width and height in pixels; 920 wide up to 32 latents.
#[must_use]
pub fn latent_agreement_size(figure: &LatentAgreementFigure) -> (u32, u32) {
    Layout::of(&figure.agreement()).size_px
}

/// `latent_agreement.svg`: latents from left to right on the ground of their
/// classes, on white, as a file of its own.
///
/// Text stays text, the file names its numbers in `<desc>`, and it is the same
/// byte for byte wherever it is written.
///
/// # Errors
///
/// [`FigureError::TooManyRows`] above 64 latents and
/// [`FigureError::BadThresholds`]; numbers in rows may be anything.
pub fn latent_agreement_svg(figure: &LatentAgreementFigure) -> Result<String, FigureError> {
    let agreement = figure.agreement();
    agreement.check()?;
    let (title, description) = words::title_and_description(&agreement, figure);
    svg::file(latent_agreement_size(figure), &title, &description, |area| {
        draw_latent_agreement(area, figure, &Theme::print())
    })
}
