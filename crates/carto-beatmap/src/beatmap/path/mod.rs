//! Where a slider leads.

mod arc;
mod bezier;
mod curve;
mod line;
mod quadrature;
mod slider_path;

pub(crate) use arc::cross;
pub use arc::{ArcPath, Circumcircle};
pub use bezier::BezierPath;
pub use curve::CurvePath;
pub use line::LinePath;
pub(crate) use quadrature::Quadratures;
pub use slider_path::SliderPath;
