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
mod error;
mod marks;
mod number;
mod sheet;
mod svg;
mod theme;

pub use agreement::{AgreementFigure, AgreementRow, agreement_size, agreement_svg, draw_agreement};
pub use error::FigureError;
pub use theme::Theme;
