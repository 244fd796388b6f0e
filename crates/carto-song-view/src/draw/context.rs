//! What is drawn on: a canvas of the page, or a part of a picture that is saved. Both take the same
//! drawing, so that nothing is drawn by two rules.

use web_sys::CanvasRenderingContext2d;

/// Something of a size that a chart is drawn on.
pub(crate) trait DrawTarget {
    /// Where it is drawn, in pixels of the page from the left upper corner; `None` where there is no
    /// room.
    fn begin(&self) -> Option<&dyn DrawingContext>;

    /// Width and height, px.
    fn size(&self) -> (f64, f64);
}

/// The operations of a canvas that the drawings of this view are made of, with the meanings that the
/// HTML standard gives them under the same names.
pub(crate) trait DrawingContext {
    fn save(&self);
    fn restore(&self);
    fn begin_path(&self);
    fn close_path(&self);
    fn move_to(&self, x: f64, y: f64);
    fn line_to(&self, x: f64, y: f64);
    /// Clockwise, angles in radians; nothing for a radius below 0.
    fn arc(&self, x: f64, y: f64, radius: f64, start: f64, end: f64);
    fn clip(&self);
    fn fill(&self);
    fn stroke(&self);
    fn fill_rect(&self, x: f64, y: f64, width: f64, height: f64);
    fn stroke_rect(&self, x: f64, y: f64, width: f64, height: f64);
    fn fill_text(&self, text: &str, x: f64, y: f64);
    fn stroke_text(&self, text: &str, x: f64, y: f64);
    /// How wide a text is in the present font, px.
    fn text_width(&self, text: &str) -> f64;
    fn set_global_alpha(&self, alpha: f64);
    fn set_fill_style_str(&self, colour: &str);
    fn set_stroke_style_str(&self, colour: &str);
    fn set_line_width(&self, width: f64);
    fn set_line_cap(&self, cap: &str);
    fn set_line_join(&self, join: &str);
    fn set_font(&self, font: &str);
    fn set_text_align(&self, align: &str);
    fn set_text_baseline(&self, baseline: &str);
}

impl DrawingContext for CanvasRenderingContext2d {
    fn save(&self) {
        Self::save(self);
    }

    fn restore(&self) {
        Self::restore(self);
    }

    fn begin_path(&self) {
        Self::begin_path(self);
    }

    fn close_path(&self) {
        Self::close_path(self);
    }

    fn move_to(&self, x: f64, y: f64) {
        Self::move_to(self, x, y);
    }

    fn line_to(&self, x: f64, y: f64) {
        Self::line_to(self, x, y);
    }

    fn arc(&self, x: f64, y: f64, radius: f64, start: f64, end: f64) {
        // It fails for a radius below 0 alone.
        let _ = Self::arc(self, x, y, radius, start, end);
    }

    fn clip(&self) {
        Self::clip(self);
    }

    fn fill(&self) {
        Self::fill(self);
    }

    fn stroke(&self) {
        Self::stroke(self);
    }

    fn fill_rect(&self, x: f64, y: f64, width: f64, height: f64) {
        Self::fill_rect(self, x, y, width, height);
    }

    fn stroke_rect(&self, x: f64, y: f64, width: f64, height: f64) {
        Self::stroke_rect(self, x, y, width, height);
    }

    fn fill_text(&self, text: &str, x: f64, y: f64) {
        // No text fails, and no place.
        let _ = Self::fill_text(self, text, x, y);
    }

    fn stroke_text(&self, text: &str, x: f64, y: f64) {
        let _ = Self::stroke_text(self, text, x, y);
    }

    fn text_width(&self, text: &str) -> f64 {
        self.measure_text(text).map_or(0.0, |metrics| metrics.width())
    }

    fn set_global_alpha(&self, alpha: f64) {
        Self::set_global_alpha(self, alpha);
    }

    fn set_fill_style_str(&self, colour: &str) {
        Self::set_fill_style_str(self, colour);
    }

    fn set_stroke_style_str(&self, colour: &str) {
        Self::set_stroke_style_str(self, colour);
    }

    fn set_line_width(&self, width: f64) {
        Self::set_line_width(self, width);
    }

    fn set_line_cap(&self, cap: &str) {
        Self::set_line_cap(self, cap);
    }

    fn set_line_join(&self, join: &str) {
        Self::set_line_join(self, join);
    }

    fn set_font(&self, font: &str) {
        Self::set_font(self, font);
    }

    fn set_text_align(&self, align: &str) {
        Self::set_text_align(self, align);
    }

    fn set_text_baseline(&self, baseline: &str) {
        Self::set_text_baseline(self, baseline);
    }
}
