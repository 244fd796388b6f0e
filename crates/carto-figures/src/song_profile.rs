//! Agreement through a song: a curve over what whole-bar shifts reach, sections, moments.

use carto_charts::{ProfilePoint, SongChart};
use carto_types::MomentKind;
use plotters::backend::DrawingBackend;

use crate::axis::{BASELINE_PX, DrawnAxis};
use crate::sheet::{Drawn, Lettering, Point, Sheet};
use crate::theme::Theme;

const TOP_PX: f64 = 104.0;
const BOTTOM_PX: f64 = 232.0;
/// Left and right end of the span; that of the strips too.
pub(crate) const LEFT_PX: f64 = 124.0;
/// See [`LEFT_PX`].
pub(crate) const RIGHT_PX: f64 = 852.0;
/// Bottom of the bar of times below the plot.
pub(crate) const PROFILE_BOTTOM_PX: f64 = BOTTOM_PX + 8.0 + BAR_PX;
const BAR_PX: f64 = 6.0;
/// Between two lines of the hatch.
const HATCH_PX: f64 = 5.0;
/// Names of sections stand this far apart at least.
const NAME_PX: f64 = 64.0;
const MOMENT_PX: f64 = 8.5;
/// Places in the colour map of what lies above the reach, and within it: r of 0.5 and of −0.4.
const ABOVE: usize = 15;
/// See [`ABOVE`].
const WITHIN: usize = 6;

/// Where a share of the span stands.
pub(crate) fn at(share: f64) -> f64 {
    LEFT_PX + share.clamp(0.0, 1.0) * (RIGHT_PX - LEFT_PX)
}

pub(crate) fn draw<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    chart: &SongChart<'_>,
    theme: &Theme,
) -> Drawn<DB> {
    let axis = DrawnAxis { axis: chart.axis(), span_px: (BOTTOM_PX, TOP_PX) };
    let runs = chart.profile();
    draw_sections(sheet, chart, theme)?;
    for run in &runs {
        draw_reach(sheet, &axis, run, theme)?;
    }
    for run in &runs {
        draw_run(sheet, &axis, run, theme)?;
    }
    axis.draw_zero(sheet, (LEFT_PX, RIGHT_PX), theme)?;
    axis.draw(sheet, LEFT_PX - 8.0, theme)?;
    draw_times(sheet, chart, theme)?;
    draw_moments(sheet, &axis, chart, theme)?;
    if runs.is_empty() {
        let words = Lettering::new(theme.sans, 13.0, theme.ink2);
        let why = "no bar in which both have an object, so there is nothing to say of";
        sheet.text(why, (LEFT_PX + 12.0, TOP_PX + 24.0), words)?;
    }
    Ok(())
}

fn draw_sections<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    chart: &SongChart<'_>,
    theme: &Theme,
) -> Drawn<DB> {
    let name = Lettering::new(theme.serif, 12.0, theme.ink2).italic();
    let mut free_from = LEFT_PX;
    for section in chart.sections() {
        let x = at(section.at);
        sheet.line(&[(x, TOP_PX - 6.0), (x, BOTTOM_PX)], 1.0, theme.rule2)?;
        if let Some(text) = section.text.filter(|_| x >= free_from && x < RIGHT_PX - NAME_PX / 2.0)
        {
            sheet.text(&text, (x + 3.0, TOP_PX - 10.0), name)?;
            free_from = x + NAME_PX;
        }
    }
    Ok(())
}

/// The hatch of what whole-bar shifts reach.
fn draw_reach<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    axis: &DrawnAxis,
    run: &[ProfilePoint],
    theme: &Theme,
) -> Drawn<DB> {
    for (from, to) in run.iter().zip(run.iter().skip(1)) {
        let (Some(reach_from), Some(reach_to)) = (from.reach, to.reach) else { continue };
        let (left, right) = (at(from.at), at(to.at));
        let mut x = (left / HATCH_PX).ceil() * HATCH_PX;
        while x < right {
            let part = (x - left) / (right - left);
            let [low, high] =
                [0, 1].map(|end| reach_from[end] + part * (reach_to[end] - reach_from[end]));
            let ends = [(x, axis.at_value(low)), (x, axis.at_value(high))];
            sheet.line(&ends, 0.7, theme.rule2)?;
            x += HATCH_PX;
        }
    }
    Ok(())
}

/// What lies above the reach and within it, and the curve over both.
fn draw_run<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    axis: &DrawnAxis,
    run: &[ProfilePoint],
    theme: &Theme,
) -> Drawn<DB> {
    let point = |it: &ProfilePoint, r: f64| (at(it.at), axis.at_value(r));
    for (from, to) in run.iter().zip(run.iter().skip(1)) {
        let (Some([_, high_from]), Some([_, high_to])) = (from.reach, to.reach) else { continue };
        let ends = [point(from, from.mean), point(to, to.mean)];
        let border = [point(from, high_from), point(to, high_to)];
        for (corners, is_above) in split(ends, border) {
            let colour = theme.colormap[if is_above { ABOVE } else { WITHIN }];
            sheet.shape(&corners, colour)?;
        }
    }
    let curve: Vec<Point> = run.iter().map(|it| point(it, it.mean)).collect();
    match &curve[..] {
        [(x, y)] => sheet.disc((*x, *y), 1.5, theme.ink),
        _ => sheet.line(&curve, 1.4, theme.ink),
    }
}

/// The area between a piece of the curve and one of the border, in one part or in two where they
/// cross; each with whether the curve lies above.
fn split([from, to]: [Point; 2], [low_from, low_to]: [Point; 2]) -> Vec<(Vec<Point>, bool)> {
    // A picture's y grows downwards.
    let (above_from, above_to) = (low_from.1 - from.1, low_to.1 - to.1);
    if above_from * above_to >= 0.0 {
        return vec![(vec![from, to, low_to, low_from], above_from + above_to > 0.0)];
    }
    let part = above_from / (above_from - above_to);
    let crossing = (from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1));
    vec![
        (vec![from, crossing, low_from], above_from > 0.0),
        (vec![crossing, to, low_to], above_to > 0.0),
    ]
}

/// The bar of times, filled and hollow in turns.
fn draw_times<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    chart: &SongChart<'_>,
    theme: &Theme,
) -> Drawn<DB> {
    let (top, bottom) = (PROFILE_BOTTOM_PX - BAR_PX, PROFILE_BOTTOM_PX);
    let times = SongChart::times(chart.song.span_ms);
    for pair in times.chunks_exact(2) {
        if let [from, to] = pair {
            sheet.block((at(from.at), top), (at(to.at), bottom), theme.ink)?;
        }
    }
    sheet.frame((LEFT_PX, top), (RIGHT_PX, bottom), 1.0, theme.ink)?;
    let label = Lettering::new(theme.sans, 12.0, theme.ink).centred();
    for time in times {
        if let Some(text) = time.text {
            sheet.text(&text, (at(time.at), bottom + 16.0), label)?;
        }
    }
    Ok(())
}

/// The numbers of the moments, agreement above the curve and divergence below it.
fn draw_moments<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    axis: &DrawnAxis,
    chart: &SongChart<'_>,
    theme: &Theme,
) -> Drawn<DB> {
    let number = Lettering::new(theme.sans, 12.0, theme.ink).centred();
    for (mark, mean, kind) in chart.moments() {
        let away = if kind == MomentKind::Agreement { -14.0 } else { 14.0 };
        let y = (axis.at_value(mean) + away).clamp(TOP_PX - 4.0, BOTTOM_PX - 4.0);
        let centre = (at(mark.at), y);
        sheet.disc(centre, MOMENT_PX, theme.ground)?;
        sheet.ring(centre, MOMENT_PX, 1.2, theme.ink)?;
        let text = mark.text.unwrap_or_default();
        sheet.text(&text, (centre.0, y + BASELINE_PX), number)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crossing_splits_the_area() {
        let parts = split([(0.0, 10.0), (10.0, 30.0)], [(0.0, 20.0), (10.0, 20.0)]);
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0], (vec![(0.0, 10.0), (5.0, 20.0), (0.0, 20.0)], true));
        assert_eq!(parts[1], (vec![(5.0, 20.0), (10.0, 30.0), (10.0, 20.0)], false));
        let one = split([(0.0, 10.0), (10.0, 12.0)], [(0.0, 20.0), (10.0, 20.0)]);
        assert_eq!((one.len(), one[0].1), (1, true));
    }
}
