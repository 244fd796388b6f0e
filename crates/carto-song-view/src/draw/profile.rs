//! Agreement through the song: the mean r of windows of bars, with what shifts by whole bars reach
//! behind it.

use carto_charts::window_runs;
use carto_types::{AgreementWindow, SongOverTime};

use super::context::{DrawTarget, DrawingContext};
use super::palette::Palette;
use super::profile_marks::{draw_axes, draw_brush, draw_moments, draw_sections};
use super::profile_plot::{HEAD, ProfilePlot};
use crate::visible::Stretch;

/// Distance between the lines of the hatch, px.
const HATCH_PX: f64 = 7.0;

/// Draws all but the cursor.
pub(crate) fn draw_profile(
    surface: &dyn DrawTarget,
    song: &SongOverTime,
    plot: &ProfilePlot,
    visible: Stretch,
    palette: &Palette,
) {
    let Some(context) = surface.begin() else { return };
    draw_sections(context, song, plot, palette);
    for run in window_runs(&song.windows) {
        draw_areas(context, run, plot, palette);
    }
    draw_axes(context, plot, palette);
    for run in window_runs(&song.windows) {
        context.begin_path();
        for window in run {
            if let Some(mean) = window.agreement.mean {
                context.line_to(plot.x(middle_ms(window)), plot.y(mean));
            }
        }
        context.set_stroke_style_str(&palette.ink);
        context.set_line_width(1.6);
        context.stroke();
    }
    draw_brush(context, plot, visible, palette);
    draw_moments(context, song, plot, palette);
}

/// The middle of a window, ms.
fn middle_ms(window: &AgreementWindow) -> f64 {
    f64::midpoint(window.agreement.from_ms, window.agreement.to_ms)
}

/// The hatch of what shifts reach, and the area between its upper edge and the curve: in one colour
/// where the curve lies above it, in another where it lies below.
fn draw_areas(
    context: &dyn DrawingContext,
    run: &[AgreementWindow],
    plot: &ProfilePlot,
    palette: &Palette,
) {
    // A window without a reach parts those before it from those after it.
    for run in run.split(|window| window.reach.is_none()) {
        let reached: Vec<_> = run
            .iter()
            .filter_map(|window| {
                let (mean, reach) = (window.agreement.mean?, window.reach?);
                Some((plot.x(middle_ms(window)), mean, reach))
            })
            .collect();
        let (Some(first), Some(last)) = (reached.first(), reached.last()) else { continue };
        let (from, to) = (first.0, last.0);
        let highs = || reached.iter().map(|(x, _, reach)| (*x, plot.y(reach.high)));
        let means = || reached.iter().map(|(x, mean, _)| (*x, plot.y(*mean)));
        if !palette.is_forced {
            for (edge, colour) in [(HEAD, &palette.above), (plot.bottom(), &palette.within)] {
                context.save();
                // What lies on one side of what shifts reach.
                trace(context, highs().chain([(to, edge), (from, edge)]));
                context.clip();
                trace(context, means().chain(highs().rev()));
                context.set_fill_style_str(colour);
                context.fill();
                context.restore();
            }
        }
        context.save();
        let lows = reached.iter().map(|(x, _, reach)| (*x, plot.y(reach.low)));
        trace(context, highs().chain(lows.rev()));
        context.clip();
        context.begin_path();
        let rise = plot.bottom() - HEAD;
        let mut x = from - rise;
        while x < to {
            context.move_to(x, plot.bottom());
            context.line_to(x + rise, HEAD);
            x += HATCH_PX;
        }
        context.set_stroke_style_str(&palette.rule2);
        context.set_line_width(0.8);
        context.stroke();
        context.restore();
    }
}

fn trace(context: &dyn DrawingContext, points: impl Iterator<Item = (f64, f64)>) {
    context.begin_path();
    points.for_each(|(x, y)| context.line_to(x, y));
    context.close_path();
}
