use super::arc::ArcPath;
use super::bezier::BezierPath;
use super::curve::CurvePath;
use super::line::LinePath;
use crate::beatmap::position::Position;

/// The shape of one slider, from its head on.
#[derive(Debug, Clone, PartialEq)]
pub enum SliderPath {
    /// A straight line.
    Line(LinePath),
    /// Part of a circle.
    Arc(ArcPath),
    /// One or more Bezier curves.
    Bezier(BezierPath),
    /// The path as osu! draws it.
    Curve(CurvePath),
}

impl SliderPath {
    /// The position at a fraction of one slide.
    ///
    /// `progress`: 0 at the head, 1 at the tail; callers fold repeats into it.
    ///
    /// `None`, whatever the progress, of an arc whose length is not positive: the
    /// published code never sets its end.
    #[must_use]
    pub fn position_at(&self, progress: f64) -> Option<Position> {
        match self {
            Self::Line(line) => Some(line.start.lerp(line.end, progress)),
            Self::Arc(arc) => arc.position_at(progress),
            Self::Bezier(bezier) => Some(bezier.position_at(progress)),
            Self::Curve(curve) => Some(curve.position_at(progress)),
        }
    }
}
