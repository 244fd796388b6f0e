//! What approach rate and circle size mean on the playfield.

/// The radius of a circle before it is scaled, osu!pixels (`OsuHitObject.OBJECT_RADIUS`).
const OBJECT_RADIUS: f32 = 64.0;

/// Approach times at an approach rate of 0, 5 and 10, ms (`OsuHitObject.PREEMPT_RANGE`).
const PREEMPT_MS: [f64; 3] = [1800.0, 1200.0, 450.0];

/// How long an object takes to be fully visible, at approach times of 450 ms and more, ms.
const FADE_IN_MS: f64 = 400.0;

/// How long before its time an object begins to appear, ms.
///
/// `approach_rate`: in `[0, 10]`. In single precision, as osu! has it.
///
/// # Source
///
/// `OsuHitObject.ApplyDefaultsToSelf` and `IBeatmapDifficultyInfo.DifficultyRange` in osu!lazer
/// (ppy/osu).
pub(crate) fn preempt_ms(approach_rate: f64) -> f64 {
    let [slowest, middle, fastest] = PREEMPT_MS;
    let rate = f64::from(approach_rate as f32);
    let range = if rate > 5.0 {
        middle + (fastest - middle) * (rate - 5.0) / 5.0
    } else {
        middle - (slowest - middle) * (rate - 5.0) / 5.0
    };
    f64::from(range as f32)
}

/// How long an object takes until it is fully visible, ms.
pub(crate) fn fade_in_ms(preempt_ms: f64) -> f64 {
    FADE_IN_MS * (preempt_ms / PREEMPT_MS[2]).min(1.0)
}

/// By how much objects are smaller than at their full size.
///
/// `circle_size`: in `[0, 10]`. Without the factor of 1.00041 by which osu!lazer makes up for the
/// playfield of the older client, which draws objects a hundredth of an osu!pixel larger.
pub(crate) fn scale(circle_size: f64) -> f32 {
    let smaller = 0.7_f32 * (circle_size as f32 - 5.0) / 5.0;
    (1.0 - smaller) / 2.0
}

/// The radius of circles, osu!pixels.
pub(crate) fn radius(scale: f32) -> f32 {
    OBJECT_RADIUS * scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approach_times_are_those_of_osu() {
        let preempt: Vec<f64> = [0.0, 3.0, 5.0, 9.0, 10.0].map(preempt_ms).into();
        assert_eq!(preempt, [1800.0, 1440.0, 1200.0, 600.0, 450.0]);
        assert!((preempt_ms(9.4) - 540.000_06).abs() < 1e-5, "9.4 in single precision");
        assert!((fade_in_ms(450.0) - 400.0).abs() < 1e-9);
    }

    #[test]
    fn circles_of_size_4_have_a_radius_of_36_pixels() {
        assert!((radius(scale(4.0)) - 36.48).abs() < 1e-4);
        assert!((radius(scale(5.0)) - 32.0).abs() < 1e-6);
    }
}
