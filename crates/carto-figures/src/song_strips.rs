//! Series of two maps over time, one above its line, the other mirrored below it.

use carto_charts::SongChart;
use carto_charts::number::fixed;
use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use crate::axis::BASELINE_PX;
use crate::figure::MARGIN_PX;
use crate::sheet::{Drawn, Lettering, Point, Sheet};
use crate::song_profile::{LEFT_PX, RIGHT_PX, at};
use crate::theme::Theme;

const STRIP_PX: f64 = 60.0;
const GAP_PX: f64 = 8.0;
/// Columns of a strip: one a pixel.
pub(crate) const N_COLUMNS: u32 = (RIGHT_PX - LEFT_PX) as u32;
/// How much of its series' colour the fill of B has.
const TINT: f64 = 0.35;
/// Right ends of the two columns of r.
const R_END_PX: [f64; 2] = [892.0, 926.0];

/// One series of both maps.
#[derive(Debug, Clone)]
pub(crate) struct Strip {
    pub(crate) name: String,
    pub(crate) colour: RGBColor,
    /// Of A and of B, lower and upper edge in `[0, 1]` of each of [`N_COLUMNS`].
    pub(crate) edges: [Vec<[f64; 2]>; 2],
    /// r on the visible stretch and over the song.
    pub(crate) r: [Option<f64>; 2],
}

/// All strips and the gaps between them.
pub(crate) const fn height_px(n_strips: usize) -> f64 {
    n_strips as f64 * (STRIP_PX + GAP_PX) - GAP_PX
}

/// - `chart`: has the visible stretch, its bars and its times
/// - `top_px`: of the first strip
pub(crate) fn draw<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    chart: &SongChart<'_>,
    strips: &[Strip],
    top_px: f64,
    theme: &Theme,
) -> Drawn<DB> {
    draw_bars(sheet, chart, (top_px, top_px + height_px(strips.len())), theme)?;
    draw_heads(sheet, chart, top_px, theme)?;
    for (row, strip) in strips.iter().enumerate() {
        let top = top_px + row as f64 * (STRIP_PX + GAP_PX);
        let middle = top + STRIP_PX / 2.0;
        for (map_idx, edges) in strip.edges.iter().enumerate() {
            draw_side(sheet, map_idx, edges, middle, strip.colour)?;
        }
        sheet.line(&[(LEFT_PX, middle), (RIGHT_PX, middle)], 1.5, theme.ground)?;
        let swatch_end = (MARGIN_PX + 4.0, middle + 6.0);
        sheet.block((MARGIN_PX, middle - 8.0), swatch_end, strip.colour)?;
        let name = Lettering::new(theme.sans, 13.0, theme.ink).bold();
        sheet.text(&strip.name, (MARGIN_PX + 12.0, middle + BASELINE_PX), name)?;
        draw_r(sheet, chart, strip.r, middle, theme)?;
    }
    Ok(())
}

/// Bar lines behind all strips, and times below them.
fn draw_bars<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    chart: &SongChart<'_>,
    (top_px, bottom): (f64, f64),
    theme: &Theme,
) -> Drawn<DB> {
    let label = Lettering::new(theme.sans, 12.0, theme.ink2);
    for bar in chart.bars() {
        let x = at(bar.at);
        let width = if bar.text.is_some() { 1.0 } else { 0.5 };
        sheet.line(&[(x, top_px - 6.0), (x, bottom)], width, theme.rule2)?;
        if let Some(number) = bar.text {
            sheet.text(&number, (x + 3.0, top_px - 8.0), label)?;
        }
    }
    for time in SongChart::times(chart.visible_ms()) {
        if let Some(text) = time.text {
            sheet.text(&text, (at(time.at), bottom + 16.0), label.centred())?;
        }
    }
    Ok(())
}

fn draw_heads<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    chart: &SongChart<'_>,
    top_px: f64,
    theme: &Theme,
) -> Drawn<DB> {
    let head = Lettering::new(theme.sans, 12.0, theme.ink2);
    sheet.text("bar", (MARGIN_PX + 12.0, top_px - 8.0), head)?;
    let [here, song] = R_END_PX;
    if chart.is_zoomed() {
        sheet.text("r here", (here, top_px - 8.0), head.flush_right())?;
        return sheet.text("song", (song, top_px - 8.0), head.flush_right());
    }
    sheet.text("r", (song, top_px - 8.0), head.flush_right())
}

fn draw_r<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    chart: &SongChart<'_>,
    r: [Option<f64>; 2],
    middle: f64,
    theme: &Theme,
) -> Drawn<DB> {
    let [here, song] = r.map(|r| fixed(r.unwrap_or(f64::NAN), 2));
    let [here_end, song_end] = R_END_PX;
    let y = middle + BASELINE_PX;
    let bold = Lettering::new(theme.sans, 13.0, theme.ink).bold().flush_right();
    if !chart.is_zoomed() {
        return sheet.text(&song, (song_end, y), bold);
    }
    sheet.text(&here, (here_end, y), bold)?;
    sheet.text(&song, (song_end, y), Lettering::new(theme.sans, 12.0, theme.ink2).flush_right())
}

/// One series of one map: A solid above the line, B as a tint with an outline below it.
fn draw_side<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    map_idx: usize,
    edges: &[[f64; 2]],
    middle: f64,
    colour: RGBColor,
) -> Drawn<DB> {
    let reach = if map_idx == 0 { -STRIP_PX / 2.0 } else { STRIP_PX / 2.0 };
    // From the upper edge of a column to its lower one: what changes within a column stays visible.
    let outline: Vec<Point> = (0_u32..)
        .zip(edges)
        .flat_map(|(column, [low, high])| {
            let x = LEFT_PX + f64::from(column);
            [(x, middle + reach * high), (x + 0.5, middle + reach * low)]
        })
        .collect();
    let (Some(first), Some(last)) = (outline.first().copied(), outline.last().copied()) else {
        return Ok(());
    };
    let mut area = Vec::with_capacity(outline.len() + 2);
    area.push((first.0, middle));
    area.extend_from_slice(&outline);
    area.push((last.0, middle));
    if map_idx == 0 {
        return sheet.shape(&area, colour);
    }
    sheet.shape(&area, tint(colour))?;
    sheet.line(&outline, 0.6, colour)
}

/// A colour on white, as light as the fill of B.
fn tint(RGBColor(red, green, blue): RGBColor) -> RGBColor {
    let lighter = |part: u8| (255.0 - TINT * (255.0 - f64::from(part))).round() as u8;
    RGBColor(lighter(red), lighter(green), lighter(blue))
}
