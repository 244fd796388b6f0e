//! What stands on the profile besides its curve: sections, axes, the brush, numbered moments.

use std::f64::consts::TAU;

use carto_charts::number::{fixed, minutes};
use carto_charts::section_name;
use carto_types::SongOverTime;

use super::context::DrawingContext;
use super::palette::Palette;
use super::profile_plot::{FOOT, HEAD, MOMENT_RADIUS, ProfilePlot};
use super::ticks::step_ms;
use crate::visible::Stretch;

/// Steps between values of r on the axis.
const R_STEPS: [f64; 3] = [0.1, 0.2, 0.5];

/// Room of a value of r, px.
const R_PX: f64 = 18.0;

/// Height of the scale bar, px.
const SCALE_PX: f64 = 6.0;

pub(super) fn draw_sections(
    context: &dyn DrawingContext,
    song: &SongOverTime,
    plot: &ProfilePlot,
    palette: &Palette,
) {
    context.set_font(&palette.section_font());
    context.set_text_align("left");
    context.set_text_baseline("alphabetic");
    context.set_line_width(1.0);
    let mut free_from = 0.0;
    for section in &song.sections {
        let x = plot.x(section.from_ms);
        context.set_fill_style_str(&palette.rule2);
        context.fill_rect(x.round(), HEAD - 4.0, 1.0, plot.bottom() - HEAD + 4.0);
        let Some(name) = section_name(section) else { continue };
        let width = context.text_width(&name);
        if x >= free_from && x + width < plot.plot_width() {
            context.set_fill_style_str(&palette.ink2);
            context.fill_text(&name, x + 3.0, HEAD - 9.0);
            free_from = x + width + 10.0;
        }
    }
}

/// The line of zero, values of r at the right, and the scale bar with its times below.
pub(super) fn draw_axes(context: &dyn DrawingContext, plot: &ProfilePlot, palette: &Palette) {
    context.set_font(&palette.small_font());
    context.set_text_align("right");
    context.set_text_baseline("middle");
    context.set_fill_style_str(&palette.ink2);
    let px_per_r = (plot.y(0.0) - plot.y(1.0)).abs();
    let step = R_STEPS.into_iter().find(|step| step * px_per_r >= R_PX).unwrap_or(1.0);
    let mut place = (plot.r[0] / step).ceil();
    while place * step < plot.r[1] {
        let r = place * step;
        context.fill_text(&fixed(r, 1), plot.width() - 2.0, plot.y(r));
        place += 1.0;
    }
    context.set_fill_style_str(&palette.rule2);
    context.fill_rect(0.0, plot.y(0.0).round(), plot.plot_width(), 1.0);
    draw_scale(context, plot, palette);
}

fn draw_scale(context: &dyn DrawingContext, plot: &ProfilePlot, palette: &Palette) {
    let whole = plot.whole;
    let step_ms = step_ms(plot.plot_width() / whole.length_ms(), 48.0);
    let y = plot.bottom() + 3.0;
    context.set_text_align("left");
    context.set_text_baseline("alphabetic");
    context.set_stroke_style_str(&palette.ink);
    context.set_line_width(1.0);
    context.stroke_rect(0.5, y + 0.5, plot.plot_width() - 1.0, SCALE_PX);
    let mut at_ms = (whole.from_ms / step_ms).ceil() * step_ms;
    let mut is_filled = true;
    while at_ms < whole.to_ms {
        let (x, next) = (plot.x(at_ms), plot.x(at_ms + step_ms).min(plot.plot_width()));
        context.set_fill_style_str(&palette.ink);
        if is_filled {
            context.fill_rect(x, y, next - x, SCALE_PX + 1.0);
        }
        if x < plot.width() - 30.0 {
            context.set_fill_style_str(&palette.ink2);
            context.fill_text(&minutes(at_ms / 1000.0), x, y + FOOT - 12.0);
        }
        is_filled = !is_filled;
        at_ms += step_ms;
    }
}

/// The stretch that the strips show.
pub(super) fn draw_brush(
    context: &dyn DrawingContext,
    plot: &ProfilePlot,
    visible: Stretch,
    palette: &Palette,
) {
    let (from, to) = (plot.x(visible.from_ms), plot.x(visible.to_ms));
    context.set_stroke_style_str(&palette.ink);
    context.set_line_width(2.0);
    context.stroke_rect(
        from + 1.0,
        HEAD - 3.0,
        (to - from - 2.0).max(2.0),
        plot.bottom() - HEAD + 3.0,
    );
}

/// The numbers of the moments, each in its circle.
pub(super) fn draw_moments(
    context: &dyn DrawingContext,
    song: &SongOverTime,
    plot: &ProfilePlot,
    palette: &Palette,
) {
    context.set_font(&palette.small_font());
    context.set_text_align("center");
    context.set_text_baseline("middle");
    context.set_line_width(1.2);
    for moment in &song.moments {
        let (x, y) = plot.moment_at(moment);
        context.begin_path();
        context.arc(x, y, MOMENT_RADIUS, 0.0, TAU);
        context.set_fill_style_str(&palette.sheet);
        context.fill();
        context.set_stroke_style_str(&palette.ink);
        context.stroke();
        context.set_fill_style_str(&palette.ink);
        context.fill_text(&moment.number.to_string(), x, y + 0.5);
    }
}
