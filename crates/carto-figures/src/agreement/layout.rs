use super::AgreementFigure;
use super::row::Value;
use crate::axis::RAxis;
use crate::channel;

/// Width that the figure is drawn for.
const WIDTH_PX: u32 = 920;
const ZONES_TOP_PX: f64 = 58.0;
const FIRST_BLOCK_PX: f64 = 96.0;
const ROW_PX: f64 = 27.0;
const FAMILY_PX: f64 = 25.0;
/// Between two families; also where rows of no family begin.
const FAMILY_GAP_PX: f64 = 7.0;
/// What stands below the top of the scale bar: its labels and the caption.
const FOOT_PX: f64 = 112.0;

/// Left and right end of the plot.
pub(crate) const ZONES_SPAN_PX: (f64, f64) = (272.0, 656.0);

/// Where things stand, in natural pixels.
pub(crate) struct Layout {
    /// Width and height.
    pub(crate) size_px: (u32, u32),
    /// The family names and the lines they stand on.
    pub(crate) families: Vec<(&'static str, f64)>,
    /// The middle of each row.
    pub(crate) row_ys: Vec<f64>,
    /// Top of the zones, and of the scale bar that ends them.
    pub(crate) zones: (f64, f64),
    pub(crate) axis: RAxis,
}

impl Layout {
    pub(crate) fn of(figure: &AgreementFigure) -> Self {
        Self::of_channels(figure.rows.iter().map(|row| row.name.as_str()), axis(figure))
    }

    /// A row for each name, under the heading of its family.
    pub(crate) fn of_channels<'a>(names: impl Iterator<Item = &'a str>, axis: RAxis) -> Self {
        let (mut families, mut row_ys) = (Vec::new(), Vec::new());
        let mut y = FIRST_BLOCK_PX;
        let mut family_above = None;
        for (row_idx, name) in names.enumerate() {
            let family = channel::named(name).map(channel::family);
            if row_idx == 0 || family != family_above {
                y += if row_idx == 0 { 0.0 } else { FAMILY_GAP_PX };
                if let Some(family) = family {
                    families.push((family, y + FAMILY_PX * 0.68));
                    y += FAMILY_PX;
                }
            }
            row_ys.push(y + ROW_PX / 2.0);
            y += ROW_PX;
            family_above = family;
        }
        // An empty figure keeps its zones, with room for the sentence in them.
        y += if row_ys.is_empty() { 2.0 * ROW_PX } else { FAMILY_GAP_PX };
        Self {
            size_px: (WIDTH_PX, (y + FOOT_PX) as u32),
            families,
            row_ys,
            zones: (ZONES_TOP_PX, y),
            axis,
        }
    }
}

/// An axis that shows every mean, whisker and class bound.
fn axis(figure: &AgreementFigure) -> RAxis {
    let values = figure.rows.iter().filter_map(|row| Value::of(row, figure));
    let reach = values.flat_map(|value| {
        let (low, high) = value.whisker().unwrap_or((value.mean, value.mean));
        [low, high]
    });
    let bounds = [figure.stylistic_below, figure.perceptual_above];
    RAxis::covering(reach.chain(bounds), ZONES_SPAN_PX)
}
