//! `mapper.svg` and `head_to_head.svg`: in what a mapper differs, dimension by dimension.

use carto_charts::{ChartText, MapperChart, MapperRow};
use plotters::backend::DrawingBackend;

use crate::axis::{BASELINE_PX, DrawnAxis};
use crate::channel_rows::{PLOT_SPAN_PX, draw_name};
use crate::figure::{Figure, FigureError, MARGIN_PX, check_rows, more_caption_px};
use crate::marks;
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

/// Channels, movement, features and 32 latents are 87.
const MAX_ROWS: usize = 96;

const WIDTH_PX: u32 = 920;
const PLOT_TOP_PX: f64 = 58.0;
const FIRST_GROUP_PX: f64 = 84.0;
const GROUP_PX: f64 = 25.0;
const GROUP_GAP_PX: f64 = 7.0;
const ROW_PX: f64 = 23.0;
/// What stands below the plot: the axis and three lines of caption.
const FOOT_PX: f64 = 130.0;
/// Lines of caption that the foot has room for.
const CAPTION_LINES: usize = 3;
/// From the top of the plot to the line of the columns' heads.
const HEADS_BELOW_PX: f64 = 18.0;
/// Right end of the numbers, and left end of the verdicts.
const VALUE_END_PX: f64 = 716.0;
const VERDICT_PX: f64 = 734.0;
/// From the left of the plot to a word in it.
const INSET_PX: f64 = 9.0;

/// Where the rows stand, in natural pixels.
struct Layout {
    /// Each group's heading and the line that it stands on.
    headings: Vec<(&'static str, f64)>,
    /// The middle of each row.
    row_ys: Vec<f64>,
    bottom_px: f64,
}

impl Layout {
    fn of(chart: &MapperChart) -> Self {
        let (mut headings, mut row_ys) = (Vec::new(), Vec::new());
        let mut y = FIRST_GROUP_PX;
        for (heading, rows) in chart.groups() {
            headings.push((heading, y + GROUP_PX * 0.68));
            y += GROUP_PX;
            row_ys.extend((0..rows.len()).map(|idx| y + (idx as f64 + 0.5) * ROW_PX));
            y += rows.len() as f64 * ROW_PX + GROUP_GAP_PX;
        }
        Self { headings, row_ys, bottom_px: y }
    }
}

impl Figure for MapperChart {
    fn size(&self) -> (u32, u32) {
        let height = (Layout::of(self).bottom_px + FOOT_PX) as u32;
        (WIDTH_PX, height + more_caption_px(&self.text(), CAPTION_LINES))
    }

    fn text(&self) -> ChartText {
        MapperChart::text(self)
    }

    fn check(&self) -> Result<(), FigureError> {
        check_rows(self.rows.len(), MAX_ROWS)
    }

    fn draw<DB: DrawingBackend>(&self, sheet: &Sheet<DB>, theme: &Theme) -> Drawn<DB> {
        let layout = Layout::of(self);
        let ((left, right), bottom) = (PLOT_SPAN_PX, layout.bottom_px);
        let axis = DrawnAxis { axis: self.axis, span_px: PLOT_SPAN_PX };
        sheet.frame((left, PLOT_TOP_PX), (right, bottom), 0.7, theme.rule2)?;
        axis.draw_zero(sheet, (PLOT_TOP_PX, bottom), theme)?;
        axis.draw(sheet, bottom, theme)?;
        axis.draw_title(sheet, bottom, Self::AXIS_TITLE, theme)?;
        let head = Lettering::new(theme.sans, 12.0, theme.ink2);
        let heads_y = PLOT_TOP_PX + HEADS_BELOW_PX;
        sheet.text("mean", (VALUE_END_PX, heads_y), head.flush_right())?;
        sheet.text("which way, or why not known", (VERDICT_PX, heads_y), head)?;
        let heading = Lettering::new(theme.serif, 14.0, theme.ink2).italic();
        for &(name, y) in &layout.headings {
            sheet.text(name, (MARGIN_PX, y), heading)?;
        }
        for (row, &y) in self.rows.iter().zip(&layout.row_ys) {
            draw_row(sheet, &axis, row, y, theme)?;
        }
        Ok(())
    }
}

fn draw_row<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    axis: &DrawnAxis,
    row: &MapperRow,
    y: f64,
    theme: &Theme,
) -> Drawn<DB> {
    let baseline = y + BASELINE_PX;
    draw_name(sheet, row.name(), y, theme)?;
    let plain = Lettering::new(theme.sans, 13.0, theme.ink2);
    let Some(share) = row.share(axis.axis) else {
        return sheet.text("no value", (PLOT_SPAN_PX.0 + INSET_PX, baseline), plain);
    };
    if let Some(ends) = row.interval(axis.axis) {
        marks::interval_band(sheet, axis, ends, y, theme)?;
    }
    let at = axis.point(axis.at(share), y);
    match row.is_determined() {
        true => marks::diamond(sheet, at, theme)?,
        false => marks::hollow_diamond(sheet, at, theme)?,
    }
    let number = Lettering::new(theme.sans, 13.0, theme.yours).bold().flush_right();
    sheet.text(&row.value_text(), (VALUE_END_PX, baseline), number)?;
    let word = match row.is_determined() {
        true => Lettering::new(theme.sans, 13.0, theme.ink).bold(),
        false => plain,
    };
    sheet.text(row.verdict_word(), (VERDICT_PX, baseline), word)
}
