//! A playfield at a moment, as osu! shows it.

use std::f64::consts::TAU;

use carto_playfield::{
    Frame, FrameIndex, VisibleApproach, VisibleObject, VisibleSlider, tick_alpha,
};
use carto_types::{DrawnKind, DrawnMap, DrawnObject, DrawnSlider};

use super::context::DrawingContext;
use super::palette::Palette;

/// The playfield, osu!pixels, and the room around it.
const FIELD: [f64; 2] = [512.0, 384.0];
const MARGIN: f64 = 44.0;

/// Radius of a spinner, osu!pixels.
const SPINNER_RADIUS: f64 = 150.0;

/// How playfields are drawn.
pub(crate) struct PlayfieldLook<'a> {
    /// The colours of the theme.
    pub(crate) palette: &'a Palette,
    /// Whether approach circles keep their size, and an arc tells the time.
    pub(crate) is_calm: bool,
}

/// A map, and the moment of it that is drawn, ms since the start of its own audio.
#[derive(Clone, Copy)]
pub(crate) struct FieldMap<'a> {
    pub(crate) map: &'a DrawnMap,
    pub(crate) index: &'a FrameIndex,
    pub(crate) time_ms: f64,
}

/// What drawing playfields keeps from one frame to the next, so that little is allocated.
#[derive(Debug, Default)]
pub(crate) struct PlayfieldPen {
    frame: Frame,
    /// Colours of the combos of the map that is drawn.
    colours: Vec<String>,
    /// Which map they are of: its colours, and those of the theme.
    colours_of: Option<(Vec<[u8; 3]>, [String; 4])>,
}

/// A part of a canvas, px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    /// From the left edge of the canvas.
    pub(crate) left: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// A map on its canvas.
struct Pen<'a> {
    context: &'a dyn DrawingContext,
    look: &'a PlayfieldLook<'a>,
    colours: &'a [String],
    scale: f64,
    origin: [f64; 2],
    radius: f64,
    /// Whether it lies below another map: its objects are outlines then.
    is_below: bool,
}

/// Draws maps over each other on a part of a canvas, the last one on top.
pub(crate) fn draw_playfield(
    context: &dyn DrawingContext,
    area: Area,
    maps: &[FieldMap<'_>],
    look: &PlayfieldLook<'_>,
    pen: &mut PlayfieldPen,
) {
    let Area { left, width, height } = area;
    let [field_width, field_height] = FIELD;
    let scale = (width / (field_width + 2.0 * MARGIN)).min(height / (field_height + 2.0 * MARGIN));
    let origin =
        [left + (width - field_width * scale) / 2.0, (height - field_height * scale) / 2.0];
    for (place, drawn) in maps.iter().enumerate() {
        pen.take_colours(drawn.map, look.palette);
        let PlayfieldPen { frame, colours, .. } = pen;
        drawn.index.fill(drawn.map, drawn.time_ms, frame);
        let radius = f64::from(drawn.map.radius) * scale;
        let is_below = place + 1 < maps.len();
        let pen = Pen { context, look, colours, scale, origin, radius, is_below };
        pen.draw(drawn, frame);
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
                let css = |[red, green, blue]: &[u8; 3]| format!("#{red:02x}{green:02x}{blue:02x}");
                map.combo_colours.iter().map(css).collect()
            }
        };
        self.colours_of = Some((map.combo_colours.clone(), palette.combos.clone()));
    }
}

impl Pen<'_> {
    fn draw(&self, drawn: &FieldMap<'_>, frame: &Frame) {
        self.follow_points(frame);
        // What is hit first lies on top.
        for seen in frame.objects.iter().rev() {
            let Some(object) = drawn.map.objects.get(seen.idx) else { continue };
            let colour = self.colour(object);
            match (&object.kind, &seen.slider) {
                (DrawnKind::Spinner, _) => self.spinner(seen),
                (DrawnKind::Slider(slider), Some(parts)) => {
                    self.context.set_global_alpha(1.0);
                    self.slider(drawn, (object, slider), colour, (seen, parts));
                    self.circle(object, colour, seen);
                }
                (DrawnKind::Slider(_) | DrawnKind::Circle, _) => self.circle(object, colour, seen),
            }
            if let Some(approach) = &seen.approach {
                self.approach(object, colour, approach);
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
        self.context.arc(x, y, radius.max(0.0), 0.0, TAU);
    }

    fn circle(&self, object: &DrawnObject, colour: &str, seen: &VisibleObject) {
        if seen.circle_alpha <= 0.0 {
            return;
        }
        let context = self.context;
        let palette = self.look.palette;
        let [x, y] = self.at(object.stacked());
        let radius = self.radius * f64::from(seen.circle_scale);
        context.set_global_alpha(f64::from(seen.circle_alpha));
        self.ring([x, y], radius * 0.96);
        if !self.is_below {
            context.set_fill_style_str(colour);
            context.fill();
        }
        context.set_line_width((self.radius * 0.11).max(1.0));
        context.set_stroke_style_str(if self.is_below { colour } else { &palette.sheet });
        context.stroke();
        if self.is_below {
            return;
        }
        self.ring([x, y], radius);
        context.set_line_width(1.0);
        context.set_stroke_style_str(&palette.ink);
        context.stroke();
        if seen.approach.is_some() {
            self.number(object.combo_number + 1, [x, y]);
        }
    }

    /// A number is read on any colour: the theme's ground in the theme's ink.
    fn number(&self, number: u32, [x, y]: [f64; 2]) {
        let (context, palette) = (self.context, self.look.palette);
        let size = (self.radius * 0.95).max(6.0);
        context.set_font(&format!("600 {size:.0}px {}", palette.face));
        context.set_text_align("center");
        context.set_text_baseline("middle");
        context.set_line_width(3.0);
        context.set_stroke_style_str(&palette.ink);
        context.set_fill_style_str(&palette.sheet);
        let number = number.to_string();
        context.stroke_text(&number, x, y);
        context.fill_text(&number, x, y);
    }

    fn approach(&self, object: &DrawnObject, colour: &str, approach: &VisibleApproach) {
        let context = self.context;
        let [x, y] = self.at(object.stacked());
        context.set_global_alpha(f64::from(approach.alpha));
        context.set_line_width((self.radius * 0.08).max(1.0));
        context.set_stroke_style_str(if self.is_below { colour } else { &self.look.palette.ink });
        if self.look.is_calm {
            // The arc that is left says how soon.
            context.begin_path();
            let end = TAU * (1.0 - f64::from(approach.progress)) - TAU / 4.0;
            context.arc(x, y, self.radius * 1.25, -TAU / 4.0, end);
        } else {
            self.ring([x, y], self.radius * f64::from(approach.scale));
        }
        context.stroke();
    }

    fn slider(
        &self,
        drawn: &FieldMap<'_>,
        (object, slider): (&DrawnObject, &DrawnSlider),
        colour: &str,
        (seen, parts): (&VisibleObject, &VisibleSlider),
    ) {
        let (context, palette) = (self.context, self.look.palette);
        self.trace(object, &slider.path, f64::from(parts.grown));
        context.set_line_cap("round");
        context.set_line_join("round");
        let layers: &[(f64, &str, f64)] = match self.is_below {
            true => &[(2.0, colour, 0.35)],
            false => &[(2.0, &palette.ink, 0.9), (1.92, &palette.sheet, 1.0), (1.72, colour, 0.55)],
        };
        for (width, colour, alpha) in layers {
            context.set_global_alpha(f64::from(seen.alpha) * alpha);
            context.set_line_width(self.radius * width);
            context.set_stroke_style_str(colour);
            context.stroke();
        }
        context.set_line_cap("butt");
        context.set_fill_style_str(&palette.ink);
        for tick in &slider.ticks {
            let alpha = tick_alpha(drawn.map, object, slider, tick, drawn.time_ms);
            if alpha > 0.0 {
                context.set_global_alpha(f64::from(alpha));
                self.ring(self.at(object.moved(tick.position)), (self.radius * 0.12).max(1.5));
                context.fill();
            }
        }
        context.set_global_alpha(f64::from(seen.alpha));
        if let (true, [head, next, ..]) = (parts.arrow_at_head, &slider.path[..]) {
            self.arrow(object, *head, *next);
        }
        if let (true, [.., next, tail]) = (parts.arrow_at_tail, &slider.path[..]) {
            self.arrow(object, *tail, *next);
        }
        if let Some(ball) = parts.ball {
            self.ring(self.at(ball), self.radius * 0.9);
            context.set_line_width((self.radius * 0.16).max(2.0));
            context.set_stroke_style_str(if self.is_below { colour } else { &palette.ink });
            context.stroke();
        }
    }

    /// Makes a path of the first part of a chain of straight pieces.
    ///
    /// - `share`: of its length
    fn trace(&self, object: &DrawnObject, path: &[[f32; 2]], share: f64) {
        let context = self.context;
        context.begin_path();
        let pieces = || path.windows(2).map(|ends| distance(ends[0], ends[1]));
        let mut left = pieces().sum::<f64>() * share;
        if let Some(head) = path.first() {
            let [x, y] = self.at(object.moved(*head));
            context.move_to(x, y);
            // A path of no length is a point, which only a line is drawn of.
            context.line_to(x + 0.1, y);
        }
        for (ends, length) in path.windows(2).zip(pieces()) {
            let part = if length > left { (left / length) as f32 } else { 1.0 };
            let along = |axis: usize| ends[0][axis] + part * (ends[1][axis] - ends[0][axis]);
            let [x, y] = self.at(object.moved([along(0), along(1)]));
            context.line_to(x, y);
            left -= length;
            if left <= 0.0 {
                break;
            }
        }
    }

    /// Where the ball turns, into the path.
    fn arrow(&self, object: &DrawnObject, tip: [f32; 2], inner: [f32; 2]) {
        let [x, y] = self.at(object.moved(tip));
        let [inner_x, inner_y] = self.at(object.moved(inner));
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
    fn spinner(&self, seen: &VisibleObject) {
        let centre = self.at([256.0, 192.0]);
        self.context.set_global_alpha(f64::from(seen.alpha));
        self.context.set_line_width(2.0);
        self.context.set_stroke_style_str(&self.look.palette.ink2);
        self.ring(centre, SPINNER_RADIUS * self.scale);
        self.context.stroke();
        self.context.set_stroke_style_str(&self.look.palette.ink);
        self.ring(centre, SPINNER_RADIUS * self.scale * (1.0 - f64::from(seen.progress)) + 6.0);
        self.context.stroke();
    }

    fn follow_points(&self, frame: &Frame) {
        self.context.set_fill_style_str(&self.look.palette.ink2);
        for point in &frame.follow_points {
            self.context.set_global_alpha(f64::from(point.alpha) * 0.7);
            let radius = 2.2 * self.scale * f64::from(point.scale);
            self.ring(self.at(point.position), radius.max(1.0));
            self.context.fill();
        }
    }
}

fn distance(a: [f32; 2], b: [f32; 2]) -> f64 {
    f64::from(a[0] - b[0]).hypot(f64::from(a[1] - b[1]))
}
