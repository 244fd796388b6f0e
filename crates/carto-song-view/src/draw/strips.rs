//! Rows of two maps as mirrored strips: A above the line, B below it.

use carto_charts::number::clock;
use carto_types::SongBar;

use super::context::{DrawTarget, DrawingContext};
use super::palette::Palette;
use super::strip_data::StripData;
use super::ticks::step_ms;
use crate::visible::Stretch;

/// Room above the strips for the numbers of bars, and below them for times, px.
const HEAD: f64 = 20.0;
const FOOT: f64 = 22.0;

/// Bars are numbered where so many pixels lie between numbers.
const NUMBER_PX: f64 = 44.0;

/// Bars and beats are drawn where so many pixels lie between them.
const BAR_PX: f64 = 5.0;
const BEAT_PX: f64 = 7.0;

/// How opaque what is between the least and the greatest value of a pixel is, of A and of B, and
/// what all values of it reach.
const RANGE_ALPHA: [f64; 2] = [0.5, 0.16];
const FULL_ALPHA: [f64; 2] = [1.0, 0.3];

/// Where the strips stand on their canvas, px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct StripRows {
    /// From the begin of a row to its strip.
    pub(crate) top: f64,
    /// Of both halves of a strip together.
    pub(crate) height: f64,
    /// From one row to the next.
    pub(crate) pitch: f64,
}

/// Which rows are in sight, a bit for each: others are not drawn. Rows beyond the bits always are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RowsInSight(u64);

impl Default for RowsInSight {
    /// All.
    fn default() -> Self {
        Self(u64::MAX)
    }
}

impl RowsInSight {
    /// Whether a row is.
    fn has(self, row: usize) -> bool {
        row >= u64::BITS as usize || self.0 & (1 << row) != 0
    }

    /// With a row that has come into sight, or gone out of it.
    pub(crate) fn with(self, row: usize, is_in_sight: bool) -> Self {
        if row >= u64::BITS as usize {
            return self;
        }
        let bit = 1 << row;
        Self(if is_in_sight { self.0 | bit } else { self.0 & !bit })
    }
}

impl StripRows {
    /// Where the line between A and B lies.
    pub(crate) fn middle(self, row: usize) -> f64 {
        HEAD + row as f64 * self.pitch + self.top + self.height / 2.0
    }
}

/// What drawing strips needs besides the data, kept from one frame to the next so that nothing is
/// allocated.
#[derive(Debug, Default)]
pub(crate) struct StripPen {
    /// Heights of the outer and of the inner edge, in `[0, 1]`.
    outer: Vec<f64>,
    inner: Vec<f64>,
    /// Where they stand, px.
    x: Vec<f64>,
}

/// Draws the strips of a stretch that are in sight.
pub(crate) fn draw_strips(
    surface: &dyn DrawTarget,
    (data, bars): (&dyn StripData, &[SongBar]),
    visible: Stretch,
    (rows, in_sight): (StripRows, RowsInSight),
    palette: &Palette,
    pen: &mut StripPen,
) {
    let Some(context) = surface.begin() else { return };
    let (width, height) = surface.size();
    let area = Area { width, height, visible };
    draw_grid(context, &area, bars, palette);
    for row in (0..data.n_rows()).filter(|row| in_sight.has(*row)) {
        let middle = rows.middle(row);
        for map_idx in [1, 0] {
            pen.measure(data, map_idx, row, &area);
            let reach = if map_idx == 0 { -1.0 } else { 1.0 } * rows.height / 2.0;
            let colour = data.colour(row, palette);
            pen.fill(context, middle, reach, (map_idx, colour), palette.is_forced);
        }
        context.set_fill_style_str(&palette.rule2);
        context.fill_rect(0.0, middle - 0.5, width, 1.0);
    }
    draw_times(context, &area, palette);
}

struct Area {
    width: f64,
    height: f64,
    visible: Stretch,
}

impl Area {
    fn x(&self, time_ms: f64) -> f64 {
        self.visible.fraction(time_ms) * self.width
    }

    fn px_per_ms(&self) -> f64 {
        self.width / self.visible.length_ms()
    }
}

impl StripPen {
    /// Finds the edges of one row of a map: one place for each step where those lie further apart
    /// than pixels, else for each pixel.
    fn measure(&mut self, data: &dyn StripData, map_idx: usize, row: usize, area: &Area) {
        self.outer.clear();
        self.inner.clear();
        self.x.clear();
        let first = data.step_at(area.visible.from_ms);
        let steps_per_px = (data.step_at(area.visible.to_ms) - first) / area.width;
        if steps_per_px < 1.0 {
            let values = data.values(map_idx, row);
            let from = (first.floor() - 1.0).max(0.0) as usize;
            let to = (first + steps_per_px * area.width).ceil().max(0.0) as usize + 2;
            let seen = values.get(from..to.min(values.len())).unwrap_or_default();
            for (place, value) in seen.iter().enumerate() {
                let step = (from + place) as f64;
                let heights = [data.height(row, *value); 2];
                self.push((step - first) / steps_per_px, heights);
                if data.is_stepped() {
                    self.push((step + 1.0 - first) / steps_per_px, heights);
                }
            }
            return;
        }
        for column in 0..area.width as usize {
            let at = first + column as f64 * steps_per_px;
            let (from, to) = (at.max(0.0) as u32, (at + steps_per_px).max(0.0) as u32);
            let Some(extent) = data.extent(map_idx, row, from..to.max(from + 1)) else {
                continue;
            };
            self.push(column as f64 + 0.5, extent.map(|value| data.height(row, value)));
        }
    }

    /// - `heights`: of the least and of the greatest value, in any order
    fn push(&mut self, x: f64, [one, other]: [f64; 2]) {
        self.x.push(x);
        self.outer.push(one.max(other));
        self.inner.push(one.min(other));
    }

    /// - `reach`: height of a full value, px; below 0 it stands above the line
    /// - `of`: which map, and the colour of the channel
    fn fill(
        &self,
        context: &dyn DrawingContext,
        middle: f64,
        reach: f64,
        of: (usize, &str),
        is_forced: bool,
    ) {
        let (map_idx, colour) = of;
        let (Some(first), Some(last)) = (self.x.first(), self.x.last()) else { return };
        let trace = |edge: &[f64]| {
            context.begin_path();
            for (x, height) in self.x.iter().zip(edge) {
                context.line_to(*x, middle + height * reach);
            }
        };
        let close = || {
            context.line_to(*last, middle);
            context.line_to(*first, middle);
            context.close_path();
        };
        context.set_fill_style_str(colour);
        // With the system's few colours B is its outline alone.
        if !(is_forced && map_idx == 1) {
            let alphas = [(&self.outer, RANGE_ALPHA), (&self.inner, FULL_ALPHA)];
            for (edge, alpha) in alphas {
                context.set_global_alpha(alpha.get(map_idx).copied().unwrap_or(1.0));
                trace(edge);
                close();
                context.fill();
            }
            context.set_global_alpha(1.0);
        }
        if map_idx == 1 {
            context.set_stroke_style_str(colour);
            context.set_line_width(1.0);
            trace(&self.outer);
            context.stroke();
        }
    }
}

/// Bars with their numbers, and beats where there is room for them.
fn draw_grid(context: &dyn DrawingContext, area: &Area, bars: &[SongBar], palette: &Palette) {
    let from = bars.partition_point(|bar| bar.end_ms <= area.visible.from_ms);
    let seen = bars.get(from..).unwrap_or_default();
    let seen = seen.iter().take_while(|bar| bar.start_ms < area.visible.to_ms);
    let line = |time_ms: f64| {
        let x = area.x(time_ms).round() + 0.5;
        context.move_to(x, HEAD);
        context.line_to(x, area.height - FOOT);
    };
    let has_room = |length_ms: f64, px: f64| length_ms * area.px_per_ms() >= px;
    context.set_line_width(1.0);
    context.begin_path();
    for bar in seen.clone().filter(|bar| has_room(bar.beat_ms, BEAT_PX)) {
        (1..bar.n_beats).for_each(|beat| line(bar.start_ms + f64::from(beat) * bar.beat_ms));
    }
    context.set_stroke_style_str(&palette.rule);
    context.stroke();
    context.begin_path();
    seen.clone().filter(|bar| has_room(bar.end_ms - bar.start_ms, BAR_PX)).for_each(|bar| {
        line(bar.start_ms);
    });
    context.set_stroke_style_str(&palette.rule2);
    context.stroke();
    context.set_font(&palette.small_font());
    context.set_text_baseline("alphabetic");
    context.set_text_align("left");
    context.set_fill_style_str(&palette.ink2);
    let mut free_from = 0.0;
    for bar in seen {
        let x = area.x(bar.start_ms);
        if x >= free_from && x < area.width - 24.0 {
            let word = if free_from > 0.0 { "" } else { "bar " };
            context.fill_text(&format!("{word}{}", bar.number), x + 2.0, HEAD - 6.0);
            free_from = x + NUMBER_PX;
        }
    }
}

/// Times along the lower edge.
fn draw_times(context: &dyn DrawingContext, area: &Area, palette: &Palette) {
    let step_ms = step_ms(area.px_per_ms(), 64.0);
    context.set_font(&palette.small_font());
    context.set_fill_style_str(&palette.ink2);
    context.set_text_align("left");
    let mut time_ms = (area.visible.from_ms / step_ms).ceil() * step_ms;
    while area.x(time_ms) < area.width - 44.0 {
        context.fill_text(&clock(time_ms), area.x(time_ms), area.height - 6.0);
        time_ms += step_ms;
    }
}

#[cfg(test)]
mod tests {
    use carto_types::{MapStrips, SignalChannel, Strips};

    use super::*;

    const AREA: Area = Area {
        width: 3.0,
        height: 60.0,
        visible: Stretch { from_ms: 0.0, to_ms: 4.0 * 98_000.0 / 16_384.0 },
    };

    fn strips() -> Strips {
        let mut values = vec![-1.0; 9 * 4];
        values[3 * 4..4 * 4].copy_from_slice(&[0.5, f32::NAN, 1.0, -1.0]);
        let map = MapStrips { values, levels: Vec::new() };
        Strips { first_frame: 0, n_frames: 4, maps: [map.clone(), map] }
    }

    #[test]
    fn an_event_stands_as_a_peak_and_a_held_note_as_a_block() {
        let mut pen = StripPen::default();
        pen.measure(&strips(), 0, SignalChannel::Onset as usize, &AREA);
        assert_eq!(pen.outer, [1.0; 3]);
        pen.measure(&strips(), 1, SignalChannel::Sustain as usize, &AREA);
        assert_eq!((&*pen.outer, &*pen.inner), (&[0.75, 1.0][..], &[0.75, 0.0][..]));
        assert_eq!(pen.x, [0.5, 2.5], "nothing stands where there is no number");
    }

    #[test]
    fn rows_out_of_sight_are_known_by_their_bits() {
        let rows = RowsInSight::default().with(3, false).with(99, false);
        assert!(rows.has(2) && !rows.has(3) && rows.has(99));
        assert!(rows.with(3, true).has(3));
    }

    #[test]
    fn rows_follow_each_other() {
        let rows = StripRows { top: 0.0, height: 60.0, pitch: 68.0 };
        assert_eq!([0, 1, 8].map(|row| rows.middle(row)), [50.0, 118.0, 594.0]);
    }
}
