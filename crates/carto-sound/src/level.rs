//! How loud: volumes within their bounds, and a bend where everything together is too loud.

/// How loud the recording is at volume 1: what is left is for the ticks over it.
pub(crate) const RECORDING_GAIN: f32 = 0.7;

/// Up to here a sample is as it was.
const LINEAR_UP_TO: f32 = 0.85;

/// The largest sample that the bend takes; the mixture is divided by it before.
pub(crate) const BEND_RANGE: f32 = 2.0;

/// Points of the bend: odd, so that zero is one of them.
const N_POINTS: u16 = 1025;

/// A volume within 0 and 1; what is not a number is silent.
pub(crate) fn volume_within(volume: f32) -> f32 {
    if volume.is_finite() { volume.clamp(0.0, 1.0) } else { 0.0 }
}

/// The curve of a wave shaper whose input is the mixture divided by [`BEND_RANGE`]: `[1025]`,
/// straight up to 0.85, then bent towards 1, so that a loud recording with several hitsounds over
/// it is not cut off. It costs no latency, which a compressor would.
pub(crate) fn bend_curve() -> Vec<f32> {
    let half = f32::from(N_POINTS / 2);
    (0..N_POINTS).map(|idx| bend((f32::from(idx) - half) / half * BEND_RANGE)).collect()
}

/// Its value for a sample of the mixture: within -1 and 1.
fn bend(sample: f32) -> f32 {
    let size = sample.abs();
    if size <= LINEAR_UP_TO {
        return sample;
    }
    let room = 1.0 - LINEAR_UP_TO;
    // Goes on with the slope 1 and nears 1 as 1 - 1/x does.
    let over = (size - LINEAR_UP_TO) / room;
    (LINEAR_UP_TO + room * over / (1.0 + over)).copysign(sample)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volumes_stay_within_their_bounds() {
        let volumes = [-1.0, 0.25, 7.0, f32::NAN, f32::INFINITY].map(volume_within);
        assert_eq!(volumes, [0.0, 0.25, 1.0, 0.0, 0.0]);
    }

    #[test]
    fn what_is_not_loud_stays_as_it_is() {
        let curve = bend_curve();
        let at = |sample: f32| curve[((sample / BEND_RANGE + 1.0) * 512.0).round() as usize];
        assert_eq!(at(0.0), 0.0);
        assert!((at(0.5) - 0.5).abs() < 1e-6);
        assert!((at(-0.75) + 0.75).abs() < 1e-6);
    }

    #[test]
    fn nothing_leaves_the_range_and_louder_is_louder() {
        let curve = bend_curve();
        assert!(curve.iter().all(|value| value.abs() < 1.0));
        assert!(curve.windows(2).all(|pair| pair[1] > pair[0]));
    }
}
