//! A picture as SVG that the drawings of the view are made on, in place of a canvas.

use std::cell::{Cell, RefCell};
use std::f64::consts::{PI, TAU};
use std::fmt::Write as _;

use super::context::{DrawTarget, DrawingContext};

/// Width of a sign, as a share of the size of its font: none is measured here.
const SIGN_WIDTH: f64 = 0.55;

/// A picture of parts, each drawn from its own left upper corner and cut off at its edges.
#[derive(Debug)]
pub(crate) struct SvgPicture {
    size: (f64, f64),
    parts: String,
    n_parts: u32,
}

impl SvgPicture {
    /// An empty picture of this size, px.
    pub(crate) fn new(size: (f64, f64)) -> Self {
        Self { size, parts: String::new(), n_parts: 0 }
    }

    /// Draws a part.
    ///
    /// - `at`: its left upper corner, px
    pub(crate) fn part(&mut self, at: [f64; 2], size: (f64, f64), draw: impl FnOnce(&SvgPart)) {
        let part = SvgPart::new(self.n_parts, size);
        draw(&part);
        self.n_parts += 1;
        let [x, y] = at;
        let (width, height) = size;
        let tag = format!("<svg x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\">\n");
        self.parts += &tag;
        self.parts += &part.out.into_inner();
        self.parts += "</svg>\n";
    }

    /// The file.
    ///
    /// - `title`, `description`: what it shows, for those who do not see it
    pub(crate) fn finish(self, title: &str, description: &str) -> String {
        let (width, height) = self.size;
        let (title, description) = (escaped(title), escaped(description));
        let parts = self.parts;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{title}</title>\n\
             <desc>{description}</desc>\n{parts}</svg>\n"
        )
    }
}

/// A part of a picture while it is drawn.
#[derive(Debug)]
pub(crate) struct SvgPart {
    /// Which part it is: names of elements are unique in a file.
    number: u32,
    size: (f64, f64),
    out: RefCell<String>,
    path: RefCell<String>,
    style: RefCell<Style>,
    /// What [`DrawingContext::restore`] goes back to, and how many groups were open then.
    saved: RefCell<Vec<(Style, u32)>>,
    n_open: Cell<u32>,
    n_clips: Cell<u32>,
}

#[derive(Debug, Clone)]
struct Style {
    alpha: f64,
    fill: String,
    stroke: String,
    line_width: f64,
    cap: String,
    join: String,
    /// Attributes of the font, and its size, px.
    font: String,
    font_px: f64,
    anchor: &'static str,
    baseline: &'static str,
}

impl Default for Style {
    /// As that of a canvas.
    fn default() -> Self {
        Self {
            alpha: 1.0,
            fill: "#000".to_owned(),
            stroke: "#000".to_owned(),
            line_width: 1.0,
            cap: "butt".to_owned(),
            join: "miter".to_owned(),
            font: String::new(),
            font_px: 10.0,
            anchor: "start",
            baseline: "auto",
        }
    }
}

impl SvgPart {
    fn new(number: u32, size: (f64, f64)) -> Self {
        Self {
            number,
            size,
            out: RefCell::default(),
            path: RefCell::default(),
            style: RefCell::default(),
            saved: RefCell::default(),
            n_open: Cell::new(0),
            n_clips: Cell::new(0),
        }
    }

    /// Adds to the path that is made: a letter and its numbers.
    fn extend(&self, letter: char, numbers: &[f64]) {
        let mut path = self.path.borrow_mut();
        // A line that begins a path only goes there.
        let letter = if letter == 'L' && path.is_empty() { 'M' } else { letter };
        path.push(letter);
        for (place, number) in numbers.iter().enumerate() {
            let gap = if place == 0 { "" } else { " " };
            let _ = write!(path, "{gap}{}", hundredth(*number));
        }
    }

    fn element(&self, element: &str) {
        let mut out = self.out.borrow_mut();
        out.push_str(element);
        out.push('\n');
    }

    fn filled(&self) -> String {
        let style = self.style.borrow();
        format!("fill=\"{}\" opacity=\"{}\"", style.fill, hundredth(style.alpha))
    }

    fn stroked(&self) -> String {
        let style = self.style.borrow();
        let Style { stroke, cap, join, .. } = &*style;
        let (width, alpha) = (hundredth(style.line_width), hundredth(style.alpha));
        format!(
            "fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{width}\" stroke-linecap=\"{cap}\" \
             stroke-linejoin=\"{join}\" opacity=\"{alpha}\""
        )
    }

    fn text(&self, text: &str, [x, y]: [f64; 2], paint: &str) {
        let style = self.style.borrow();
        let Style { font, anchor, baseline, .. } = &*style;
        let (x, y, text) = (hundredth(x), hundredth(y), escaped(text));
        self.element(&format!(
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" dominant-baseline=\"{baseline}\" \
             {font} {paint}>{text}</text>"
        ));
    }
}

impl DrawTarget for SvgPart {
    fn begin(&self) -> Option<&dyn DrawingContext> {
        Some(self)
    }

    fn size(&self) -> (f64, f64) {
        self.size
    }
}

impl DrawingContext for SvgPart {
    fn save(&self) {
        self.saved.borrow_mut().push((self.style.borrow().clone(), self.n_open.get()));
    }

    fn restore(&self) {
        let Some((style, n_open)) = self.saved.borrow_mut().pop() else { return };
        for _ in n_open..self.n_open.get() {
            self.element("</g>");
        }
        self.n_open.set(n_open);
        *self.style.borrow_mut() = style;
    }

    fn begin_path(&self) {
        self.path.borrow_mut().clear();
    }

    fn close_path(&self) {
        self.extend('Z', &[]);
    }

    fn move_to(&self, x: f64, y: f64) {
        self.extend('M', &[x, y]);
    }

    fn line_to(&self, x: f64, y: f64) {
        self.extend('L', &[x, y]);
    }

    fn arc(&self, x: f64, y: f64, radius: f64, start: f64, end: f64) {
        if radius < 0.0 {
            return;
        }
        let at = |angle: f64| {
            let (sin, cos) = libm::sincos(angle);
            [x + radius * cos, y + radius * sin]
        };
        let turn = (end - start).clamp(0.0, TAU);
        let [from_x, from_y] = at(start);
        self.extend('L', &[from_x, from_y]);
        // A whole turn ends where it begins, which is no arc: it is made of two halves.
        let n_pieces = if turn > PI { 2 } else { 1 };
        for piece in 1..=n_pieces {
            let [to_x, to_y] = at(start + turn * f64::from(piece) / f64::from(n_pieces));
            self.extend('A', &[radius, radius, 0.0, 0.0, 1.0, to_x, to_y]);
        }
    }

    fn clip(&self) {
        let id = format!("clip-{}-{}", self.number, self.n_clips.get());
        self.n_clips.set(self.n_clips.get() + 1);
        self.n_open.set(self.n_open.get() + 1);
        let path = self.path.borrow();
        self.element(&format!("<clipPath id=\"{id}\"><path d=\"{path}\"/></clipPath>"));
        self.element(&format!("<g clip-path=\"url(#{id})\">"));
    }

    fn fill(&self) {
        let path = self.path.borrow();
        self.element(&format!("<path d=\"{path}\" {}/>", self.filled()));
    }

    fn stroke(&self) {
        let path = self.path.borrow();
        self.element(&format!("<path d=\"{path}\" {}/>", self.stroked()));
    }

    fn fill_rect(&self, x: f64, y: f64, width: f64, height: f64) {
        let rect = rect(x, y, width, height);
        self.element(&format!("<rect {rect} {}/>", self.filled()));
    }

    fn stroke_rect(&self, x: f64, y: f64, width: f64, height: f64) {
        let rect = rect(x, y, width, height);
        self.element(&format!("<rect {rect} {}/>", self.stroked()));
    }

    fn fill_text(&self, text: &str, x: f64, y: f64) {
        self.text(text, [x, y], &self.filled());
    }

    fn stroke_text(&self, text: &str, x: f64, y: f64) {
        self.text(text, [x, y], &self.stroked());
    }

    fn text_width(&self, text: &str) -> f64 {
        SIGN_WIDTH * self.style.borrow().font_px * text.chars().count() as f64
    }

    fn set_global_alpha(&self, alpha: f64) {
        self.style.borrow_mut().alpha = alpha;
    }

    fn set_fill_style_str(&self, colour: &str) {
        self.style.borrow_mut().fill = escaped(colour);
    }

    fn set_stroke_style_str(&self, colour: &str) {
        self.style.borrow_mut().stroke = escaped(colour);
    }

    fn set_line_width(&self, width: f64) {
        self.style.borrow_mut().line_width = width;
    }

    fn set_line_cap(&self, cap: &str) {
        cap.clone_into(&mut self.style.borrow_mut().cap);
    }

    fn set_line_join(&self, join: &str) {
        join.clone_into(&mut self.style.borrow_mut().join);
    }

    fn set_font(&self, font: &str) {
        let mut style = self.style.borrow_mut();
        (style.font, style.font_px) = font_attributes(font);
    }

    fn set_text_align(&self, align: &str) {
        self.style.borrow_mut().anchor = match align {
            "right" | "end" => "end",
            "center" => "middle",
            _ => "start",
        };
    }

    fn set_text_baseline(&self, baseline: &str) {
        self.style.borrow_mut().baseline = if baseline == "middle" { "central" } else { "auto" };
    }
}

/// The attributes of a font as a stylesheet writes it, `italic 400 13px Literata`, and its size,
/// whole px.
fn font_attributes(font: &str) -> (String, f64) {
    let (before, family) = font.split_once("px ").unwrap_or((font, "sans-serif"));
    let mut words = before.split_whitespace().rev();
    let size = words.next().and_then(|size| size.parse::<u16>().ok()).map_or(12.0, f64::from);
    let weight = words.next().unwrap_or("400");
    let style = words.next().unwrap_or("normal");
    let family = escaped(family.trim());
    let attributes = format!(
        "font-family=\"{family}\" font-size=\"{size}\" font-weight=\"{weight}\" \
         font-style=\"{style}\""
    );
    (attributes, size)
}

fn rect(x: f64, y: f64, width: f64, height: f64) -> String {
    let [x, y, width, height] = [x, y, width, height].map(hundredth);
    format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"")
}

/// To a hundredth of a pixel, which nobody sees; 0 for what is no number.
fn hundredth(value: f64) -> f64 {
    let rounded = (value * 100.0).round() / 100.0;
    // Without a sign before 0.
    if rounded.is_finite() { rounded + 0.0 } else { 0.0 }
}

/// A text as it stands in XML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            // XML has no other control characters.
            sign if sign.is_control() && !matches!(sign, '\n' | '\t') => {}
            sign => out.push(sign),
        }
    }
    out
}
