use crate::agreement::AgreementFigure;
use crate::agreement::row::Value;
use crate::axis::RAxis;

const LEAST_WIDTH_PX: f64 = 920.0;
/// Left end of the plot: the axis and its labels stand before it.
const LEFT_PX: f64 = 76.0;
const RIGHT_MARGIN_PX: f64 = 24.0;
/// A column has room for `.45`, and is no wider where there are few.
const COLUMN_PX: (f64, f64) = (25.5, 64.0);
const TOP_PX: f64 = 58.0;
const PLOT_HEIGHT_PX: f64 = 252.0;
/// What stands below the plot: four lines under each column, and the caption.
const FOOT_PX: f64 = 168.0;

/// What the axis shows at least, in tenths of r.
const LEAST_TENTHS: (i32, i32) = (-1, 6);

/// Where things stand, in natural pixels.
pub(super) struct Layout {
    /// Width and height.
    pub(super) size_px: (u32, u32),
    /// Left and right end of the plot.
    pub(super) span: (f64, f64),
    /// The middle of each column.
    pub(super) columns: Vec<f64>,
    /// Bottom of the plot.
    pub(super) bottom_px: f64,
    /// Upright: `x_of` gives a y.
    pub(super) axis: RAxis,
}

impl Layout {
    pub(super) fn of(figure: &AgreementFigure) -> Self {
        let n_columns = figure.rows.len().max(1) as f64;
        let margins = LEFT_PX + RIGHT_MARGIN_PX;
        let width = LEAST_WIDTH_PX.max((n_columns * COLUMN_PX.0 + margins).ceil());
        let right = width - RIGHT_MARGIN_PX;
        let column = ((right - LEFT_PX) / n_columns).min(COLUMN_PX.1);
        let middle = |idx: usize| LEFT_PX + (idx as f64 + 0.5) * column;
        let bottom_px = TOP_PX + PLOT_HEIGHT_PX;
        let values = figure.rows.iter().filter_map(|row| Value::of(row, figure));
        let reach = values.flat_map(|value| {
            let (low, high) = value.whisker().unwrap_or((value.mean, value.mean));
            [low, high]
        });
        let bounds = [figure.stylistic_below, figure.perceptual_above];
        Self {
            size_px: (width as u32, (bottom_px + FOOT_PX) as u32),
            span: (LEFT_PX, right),
            columns: (0..figure.rows.len()).map(middle).collect(),
            bottom_px,
            axis: RAxis::covering_at_least(LEAST_TENTHS, reach.chain(bounds), (bottom_px, TOP_PX)),
        }
    }
}
