//! The figures: every plot once, generic over plotters' `DrawingBackend`.
//!
//! A figure is drawn in natural pixels (920 wide) and scaled to the area that
//! it is given, so the same code serves a canvas, an image and a vector file.
//! No text is ever measured: metrics differ between a page, a worker and the
//! command, and a figure must not. Every text stands at an anchor of its own.
//!
//! Same numbers, same bytes: nothing here depends on the target, the fonts
//! that are installed, or the time.

mod agreement;
mod axis;
mod channel;
mod cosine;
mod coupling;
mod curves;
mod encoder;
mod error;
mod grid;
mod heatmap;
mod latent;
mod marks;
mod measure;
mod number;
mod reliability;
mod relief;
mod sheet;
mod songs;
mod svg;
mod theme;

pub use agreement::{AgreementFigure, AgreementRow, agreement_size, agreement_svg, draw_agreement};
pub use cosine::{CosineFigure, cosine_histogram_svg, cosine_size, draw_cosine_histogram};
pub use coupling::{CouplingFigure, coupling_size, coupling_svg, draw_coupling};
pub use curves::{Curve, CurvesFigure, curves_size, curves_svg, draw_curves};
pub use encoder::FigureEncoder;
pub use error::FigureError;
pub use heatmap::{HeatmapFigure, draw_heatmap, heatmap_size, heatmap_svg};
pub use latent::{
    LatentAgreementFigure, LatentAgreementRow, draw_latent_agreement, latent_agreement_size,
    latent_agreement_svg,
};
pub use measure::{Measure, MeasureFigure, MeasureRow, draw_measure, measure_size, measure_svg};
pub use reliability::{
    ReliabilityFigure, ReliabilityPoint, draw_reliability, reliability_size, reliability_svg,
};
pub use songs::{SongFigureRow, SongsFigure, draw_songs, songs_size, songs_svg};
pub use theme::Theme;
