//! A playfield at a moment, as osu! shows it.

use std::f64::consts::TAU;

use carto_types::{DrawnKind, DrawnMap, DrawnObject, DrawnSlider};
use web_sys::CanvasRenderingContext2d;

use super::palette::Palette;
use super::playfield_times::{Phase, follow_alpha, phase, seen};

/// The playfield, osu!pixels, and the room around it.
const FIELD: [f64; 2] = [512.0, 384.0];
const MARGIN: f64 = 44.0;

/// How playfields are drawn.
pub(crate) struct PlayfieldLook<'a> {
    /// The colours of the theme.
    pub(crate) palette: &'a Palette,
    /// Whether approach circles keep their size, and an arc tells the time.
    pub(crate) is_calm: bool,
}

/// What drawing playfields keeps from one frame to the next, so that nothing is allocated.
#[derive(Debug, Default)]
pub(crate) struct PlayfieldPen {
    /// Colours of the combos of the map that is drawn.
    colours: Vec<String>,
    /// Which map they are of: its colours, and those of the theme.
    colours_of: Option<(Vec<[u8; 3]>, [String; 4])>,
}

/// A map on its canvas.
struct Pen<'a> {
    context: &'a CanvasRenderingContext2d,
    look: &'a PlayfieldLook<'a>,
    colours: &'a [String],
    scale: f64,
    origin: [f64; 2],
    radius: f64,
    /// Whether it lies below another map: its objects are outlines then.
    is_below: bool,
}

/// A part of a canvas, px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    /// From the left edge of the canvas.
    pub(crate) left: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// Draws maps over each other on a part of a canvas, the last one on top.
///
/// - `maps`: with the moment of each, ms since the start of its own audio
pub(crate) fn draw_playfield(
    context: &CanvasRenderingContext2d,
    area: Area,
    maps: &[(&DrawnMap, f64)],
    look: &PlayfieldLook<'_>,
    pen: &mut PlayfieldPen,
) {
    let Area { left, width, height } = area;
    let [field_width, field_height] = FIELD;
    let scale = (width / (field_width + 2.0 * MARGIN)).min(height / (field_height + 2.0 * MARGIN));
    let origin =
        [left + (width - field_width * scale) / 2.0, (height - field_height * scale) / 2.0];
    for (place, (map, time_ms)) in maps.iter().enumerate() {
        pen.take_colours(map, look.palette);
        let radius = f64::from(map.radius) * scale;
        let is_below = place + 1 < maps.len();
        let colours = &pen.colours;
        let pen = Pen { context, look, colours, scale, origin, radius, is_below };
        pen.draw(map, *time_ms);
    }
    context.set_global_alpha(1.0);
}

impl PlayfieldPen {
    fn take_colours(&mut self, map: &DrawnMap, palette: &Palette) {
        let is_known = self.colours_of.as_ref().is_some_and(|(colours, combos)| {
            *colours == map.combo_colours && *combos == palette.combos
        });
        if is_known {
            return;
        }
        self.colours = match map.combo_colours.is_empty() || palette.is_forced {
            true => palette.combos.to_vec(),
            false => {
                let css = |[red, green, blue]: &[u8; 3]| format!("rgb({red} {green} {blue})");
                map.combo_colours.iter().map(css).collect()
            }
        };
        self.colours_of = Some((map.combo_colours.clone(), palette.combos.clone()));
    }
}

impl Pen<'_> {
    fn draw(&self, map: &DrawnMap, time_ms: f64) {
        self.follow_points(map, time_ms);
        // What is hit first lies on top.
        for object in map.objects.get(seen(map, time_ms)).unwrap_or_default().iter().rev() {
            let Some(phase) = phase(map, object, time_ms) else { continue };
            let colour = self.colour(object);
            match &object.kind {
                DrawnKind::Spinner => self.spinner(&phase),
                DrawnKind::Circle => self.circle(object, colour, &phase),
                DrawnKind::Slider(slider) => {
                    self.slider(object, slider, (colour, time_ms), &phase);
                    if phase.since_hit_ms < 0.0 {
                        self.circle(object, colour, &phase);
                    }
                }
            }
            if !object.is_spinner() && phase.since_hit_ms < 0.0 {
                self.approach(object, colour, &phase);
            }
        }
    }

    /// The colour of an object's combo.
    fn colour(&self, object: &DrawnObject) -> &str {
        let place = (object.colour_index as usize).checked_rem(self.colours.len());
        place.and_then(|place| self.colours.get(place)).map_or("", String::as_str)
    }

    fn at(&self, [x, y]: [f32; 2]) -> [f64; 2] {
        let [left, top] = self.origin;
        [left + f64::from(x) * self.scale, top + f64::from(y) * self.scale]
    }

    fn ring(&self, [x, y]: [f64; 2], radius: f64) {
        self.context.begin_path();
        // It fails for a radius below 0 alone.
        let _ = self.context.arc(x, y, radius.max(0.0), 0.0, TAU);
    }

    fn circle(&self, object: &DrawnObject, colour: &str, phase: &Phase) {
        let context = self.context;
        let [x, y] = self.at(object.stacked());
        let grown = 1.0 + 0.25 * phase.gone;
        context.set_global_alpha(phase.alpha);
        self.ring([x, y], self.radius * grown * 0.96);
        if !self.is_below {
            context.set_fill_style_str(colour);
            context.fill();
        }
        context.set_line_width((self.radius * 0.11).max(1.0));
        let edge = if self.is_below { colour } else { &self.look.palette.sheet };
        context.set_stroke_style_str(edge);
        context.stroke();
        if self.is_below {
            return;
        }
        self.ring([x, y], self.radius * grown);
        context.set_line_width(1.0);
        context.set_stroke_style_str(&self.look.palette.ink);
        context.stroke();
        if phase.gone > 0.0 {
            return;
        }
        let size = (self.radius * 0.95).max(6.0);
        context.set_font(&format!("600 {size:.0}px {}", self.look.palette.face));
        context.set_text_align("center");
        context.set_text_baseline("middle");
        // A number is read on any colour: the theme's ground in the theme's ink.
        context.set_line_width(3.0);
        context.set_stroke_style_str(&self.look.palette.ink);
        context.set_fill_style_str(&self.look.palette.sheet);
        let number = (object.combo_number + 1).to_string();
        let _ = context.stroke_text(&number, x, y);
        let _ = context.fill_text(&number, x, y);
    }

    fn approach(&self, object: &DrawnObject, colour: &str, phase: &Phase) {
        let context = self.context;
        let [x, y] = self.at(object.stacked());
        context.set_global_alpha(phase.approach_alpha);
        context.set_line_width((self.radius * 0.08).max(1.0));
        context.set_stroke_style_str(if self.is_below { colour } else { &self.look.palette.ink });
        if self.look.is_calm {
            // The arc that is left says how soon.
            context.begin_path();
            let end = TAU * phase.left - TAU / 4.0;
            let _ = context.arc(x, y, self.radius * 1.25, -TAU / 4.0, end);
        } else {
            self.ring([x, y], self.radius * phase.approach_scale);
        }
        context.stroke();
    }

    fn slider(
        &self,
        object: &DrawnObject,
        slider: &DrawnSlider,
        (colour, time_ms): (&str, f64),
        phase: &Phase,
    ) {
        let context = self.context;
        context.begin_path();
        for point in &slider.path {
            let [x, y] = self.at(object.moved(*point));
            context.line_to(x, y);
        }
        if let [only] = &slider.path[..] {
            let [x, y] = self.at(object.moved(*only));
            context.line_to(x + 0.1, y);
        }
        context.set_line_cap("round");
        context.set_line_join("round");
        let palette = self.look.palette;
        let layers: &[(f64, &str, f64)] = match self.is_below {
            true => &[(2.0, colour, 0.35)],
            false => &[(2.0, &palette.ink, 0.9), (1.92, &palette.sheet, 1.0), (1.72, colour, 0.55)],
        };
        for (width, colour, alpha) in layers {
            context.set_global_alpha(phase.body_alpha * alpha);
            context.set_line_width(self.radius * width);
            context.set_stroke_style_str(colour);
            context.stroke();
        }
        context.set_line_cap("butt");
        context.set_global_alpha(phase.body_alpha);
        self.ticks(object, slider, time_ms);
        self.reverse_arrow(object, slider, time_ms);
        if let Some(ball) = ball_at(object, slider, time_ms) {
            self.ring(self.at(object.moved(ball)), self.radius * 0.9);
            context.set_line_width((self.radius * 0.16).max(2.0));
            context.set_stroke_style_str(if self.is_below { colour } else { &palette.ink });
            context.stroke();
        }
    }

    /// Those that are still to come.
    fn ticks(&self, object: &DrawnObject, slider: &DrawnSlider, time_ms: f64) {
        self.context.set_fill_style_str(&self.look.palette.ink);
        for tick in slider.ticks.iter().filter(|tick| tick.time_ms >= time_ms) {
            self.ring(self.at(object.moved(tick.position)), (self.radius * 0.12).max(1.5));
            self.context.fill();
        }
    }

    /// At the end where the ball turns next.
    fn reverse_arrow(&self, object: &DrawnObject, slider: &DrawnSlider, time_ms: f64) {
        let mut repeats = slider.repeats_ms(object.start_ms).enumerate();
        let Some((place, _)) = repeats.find(|(_, at_ms)| *at_ms >= time_ms) else {
            return;
        };
        let path = &slider.path[..];
        let ends = match place % 2 {
            0 => path.last().zip(path.len().checked_sub(2).and_then(|idx| path.get(idx))),
            _ => path.first().zip(path.get(1)),
        };
        let Some((tip, inner)) = ends else { return };
        let [x, y] = self.at(object.moved(*tip));
        let [inner_x, inner_y] = self.at(object.moved(*inner));
        let (dx, dy) = (inner_x - x, inner_y - y);
        let length = dx.hypot(dy).max(1e-9);
        let (dx, dy) = (dx / length * self.radius * 0.45, dy / length * self.radius * 0.45);
        self.context.begin_path();
        self.context.move_to(x - dy - dx * 0.6, y + dx - dy * 0.6);
        self.context.line_to(x + dx * 0.8, y + dy * 0.8);
        self.context.line_to(x + dy - dx * 0.6, y - dx - dy * 0.6);
        self.context.set_line_width((self.radius * 0.14).max(2.0));
        self.context.set_stroke_style_str(&self.look.palette.ink);
        self.context.stroke();
    }

    /// A ring that closes until the spinner ends.
    fn spinner(&self, phase: &Phase) {
        let centre = self.at([256.0, 192.0]);
        self.context.set_global_alpha(phase.body_alpha);
        self.context.set_line_width(2.0);
        self.context.set_stroke_style_str(&self.look.palette.ink2);
        self.ring(centre, 150.0 * self.scale);
        self.context.stroke();
        self.context.set_stroke_style_str(&self.look.palette.ink);
        self.ring(centre, 150.0 * self.scale * (1.0 - phase.passed) + 6.0);
        self.context.stroke();
    }

    fn follow_points(&self, map: &DrawnMap, time_ms: f64) {
        self.context.set_fill_style_str(&self.look.palette.ink2);
        let from = map.follow_lines.partition_point(|line| line.start_ms < time_ms - 5_000.0);
        let lines = map.follow_lines.get(from..).unwrap_or_default();
        let lines = lines.iter().take_while(|line| line.start_ms <= time_ms + 1_000.0);
        for point in lines.flat_map(carto_types::FollowLine::points) {
            let alpha = follow_alpha(map, &point, time_ms);
            if alpha > 0.0 {
                self.context.set_global_alpha(alpha * 0.7);
                self.ring(self.at(point.position), (2.2 * self.scale).max(1.0));
                self.context.fill();
            }
        }
    }
}

/// Where the ball of a slider is, without stacking; `None` before its start and behind its end.
fn ball_at(object: &DrawnObject, slider: &DrawnSlider, time_ms: f64) -> Option<[f32; 2]> {
    if !(object.start_ms..object.end_ms).contains(&time_ms) || slider.slide_ms <= 0.0 {
        return None;
    }
    let slides = (time_ms - object.start_ms) / slider.slide_ms;
    let within = slides.rem_euclid(2.0);
    let share = if within <= 1.0 { within } else { 2.0 - within };
    point_at(&slider.path, share)
}

/// The point at a share of the length of a chain of straight pieces.
fn point_at(path: &[[f32; 2]], share: f64) -> Option<[f32; 2]> {
    let lengths = || path.windows(2).map(|ends| distance(ends[0], ends[1]));
    let mut left = lengths().sum::<f64>() * share;
    for (ends, length) in path.windows(2).zip(lengths()) {
        if left <= length && length > 0.0 {
            let part = (left / length) as f32;
            let along = |axis: usize| ends[0][axis] + part * (ends[1][axis] - ends[0][axis]);
            return Some([along(0), along(1)]);
        }
        left -= length;
    }
    path.last().copied()
}

fn distance(a: [f32; 2], b: [f32; 2]) -> f64 {
    f64::from(a[0] - b[0]).hypot(f64::from(a[1] - b[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ball_runs_there_and_back() {
        let path = [[0.0, 0.0], [100.0, 0.0], [100.0, 100.0]];
        assert_eq!(point_at(&path, 0.25), Some([50.0, 0.0]));
        assert_eq!(point_at(&path, 0.75), Some([100.0, 50.0]));
        assert_eq!(point_at(&path, 1.0), Some([100.0, 100.0]));
        assert_eq!(point_at(&path[..1], 0.5), Some([0.0, 0.0]));
        assert_eq!(point_at(&[], 0.5), None);
    }
}
