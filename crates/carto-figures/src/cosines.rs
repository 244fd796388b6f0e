//! `cosine_histogram.svg`: how alike the latents of two maps point, pair by pair.

use carto_charts::{ChartText, CosineChart};
use plotters::backend::DrawingBackend;

use crate::axis::DrawnAxis;
use crate::figure::Figure;
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

const SIZE_PX: (u32, u32) = (920, 398);
const SPAN_PX: (f64, f64) = (40.0, 880.0);
const PLOT_PX: (f64, f64) = (92.0, 264.0);
/// Between two bars.
const GAP_PX: f64 = 1.0;
/// How far the lines of the means rise above the fullest bin and its label.
const MEAN_RISE_PX: f64 = 36.0;

impl Figure for CosineChart {
    fn size(&self) -> (u32, u32) {
        SIZE_PX
    }

    fn text(&self) -> ChartText {
        CosineChart::text(self)
    }

    fn caption_above_bottom_px(&self) -> f64 {
        24.0
    }

    fn draw<DB: DrawingBackend>(&self, sheet: &Sheet<DB>, theme: &Theme) -> Drawn<DB> {
        let axis = DrawnAxis { axis: self.axis, span_px: SPAN_PX };
        match self.scale() {
            Some(scale) => {
                draw_bars(sheet, self, scale, &axis, theme)?;
                draw_means(sheet, self, &axis, theme)?;
            }
            None => {
                let note = Lettering::new(theme.sans, 13.0, theme.ink2);
                sheet.text("nothing to compare", (SPAN_PX.0 + 9.0, PLOT_PX.1 - 30.0), note)?;
            }
        }
        axis.draw(sheet, PLOT_PX.1, theme)?;
        axis.draw_title(sheet, PLOT_PX.1, "cosine, and Pearson r on the same scale", theme)
    }
}

/// - `scale`: where the fullest bin begins, and its pairs in words
fn draw_bars<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    chart: &CosineChart,
    (fullest, pairs): (f64, String),
    axis: &DrawnAxis,
    theme: &Theme,
) -> Drawn<DB> {
    let (top, bottom) = PLOT_PX;
    for bar in chart.bars() {
        let corner = (axis.at(bar.from) + GAP_PX, bottom - bar.height(bottom - top));
        sheet.block(corner, (axis.at(bar.to), bottom), theme.yours)?;
    }
    sheet.line(&[(SPAN_PX.0, top), (axis.at(fullest), top)], 0.7, theme.rule2)?;
    let label = Lettering::new(theme.sans, 12.0, theme.ink2);
    sheet.text(&pairs, (SPAN_PX.0, top - 6.0), label)
}

/// Both means as upright lines with their names.
fn draw_means<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    chart: &CosineChart,
    axis: &DrawnAxis,
    theme: &Theme,
) -> Drawn<DB> {
    let (top, bottom) = (PLOT_PX.0 - MEAN_RISE_PX, PLOT_PX.1);
    for mark in chart.means() {
        let x = axis.at(mark.at);
        sheet.line(&[(x, top), (x, bottom)], 1.5, theme.ink)?;
        let name = Lettering::new(theme.sans, 13.0, theme.ink).bold();
        // On the side where there is room.
        let is_right = x > (SPAN_PX.0 + SPAN_PX.1) / 2.0;
        let (x, name) = if is_right { (x - 8.0, name.flush_right()) } else { (x + 8.0, name) };
        let spread = mark.std.map_or_else(String::new, |std| format!(" ± {std}"));
        sheet.text(&format!("{} {}{spread}", mark.name, mark.value), (x, top + 10.0), name)?;
    }
    Ok(())
}
