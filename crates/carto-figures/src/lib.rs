//! Charts as pictures: the models of `carto-charts` on plotters' `DrawingBackend`.
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
mod channel_rows;
mod colormap;
mod cosines;
mod coupling;
mod curve_scale;
mod curves;
mod figure;
mod grid;
mod heatmap;
mod latents;
mod mapper;
mod marks;
mod reliability;
mod sheet;
mod song;
mod song_latents;
mod song_profile;
mod song_strips;
mod songs;
mod svg;
mod theme;

pub use curves::{Curve, CurvesFigure};
pub use figure::{Figure, FigureError, draw, svg};
pub use reliability::{ReliabilityFigure, ReliabilityPoint};
pub use sheet::{Drawn, Sheet};
pub use theme::Theme;
