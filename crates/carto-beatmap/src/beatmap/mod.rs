//! What a reader understood of one `.osu` file.

mod objects;
mod path;
mod position;

pub use objects::{
    Beatmap, HitObject, HitObjectKind, HitSound, Slider, TimingPoint, UninheritedPoint,
};
pub use path::{ArcPath, BezierPath, Circumcircle, CurvePath, LinePath, SliderPath};
pub(crate) use path::{Quadratures, cross};
pub use position::Position;
