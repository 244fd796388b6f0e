//! The 512 x 384 osu!pixels that objects have to stay within.

pub(super) const PLAYFIELD_WIDTH: f64 = 512.0;
pub(super) const PLAYFIELD_HEIGHT: f64 = 384.0;
pub(super) const PLAYFIELD_CENTRE: (f64, f64) = (256.0, 192.0);

/// Kept free along the border, so that no control point leaves by rounding and
/// circles are not cut by the screen.
pub(super) const MARGIN: f64 = 24.0;

pub(super) fn clamp_x(x: f64) -> f64 {
    x.clamp(MARGIN, PLAYFIELD_WIDTH - MARGIN)
}

pub(super) fn clamp_y(y: f64) -> f64 {
    y.clamp(MARGIN, PLAYFIELD_HEIGHT - MARGIN)
}

pub(super) fn is_inside((x, y): (f64, f64)) -> bool {
    (MARGIN..=PLAYFIELD_WIDTH - MARGIN).contains(&x)
        && (MARGIN..=PLAYFIELD_HEIGHT - MARGIN).contains(&y)
}
