//! What osu! draws of a map, and what of it is visible at a moment.
//!
//! Behind `maps`, `drawn_map` makes a [`carto_types::DrawnMap`] of a map as osu! reads it: stacks,
//! combos, slider ends, ticks, follow lines. A [`FrameIndex`] fills a [`Frame`] with what of that is
//! visible at a time, for the page, which reads no maps itself. All of it is arithmetic on its arguments, without
//! transcendental functions, so that page and command give the same bytes.

mod ball;
#[cfg(feature = "maps")]
mod combos;
#[cfg(feature = "maps")]
mod difficulty;
#[cfg(feature = "maps")]
mod drawn_map;
mod frame;
#[cfg(feature = "maps")]
mod paths;
#[cfg(feature = "maps")]
mod stacking;
#[cfg(feature = "maps")]
mod ticks;

#[cfg(feature = "maps")]
pub use drawn_map::drawn_map;
pub use frame::{
    Frame, FrameIndex, VisibleApproach, VisibleFollowPoint, VisibleObject, VisibleSlider,
    tick_alpha,
};
