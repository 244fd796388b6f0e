//! From native samples to samples at 16384 Hz to frames: exact arithmetic.

use super::error::AudioError;

/// Rate to which the published pipeline resamples.
const TARGET_HZ: u64 = 16_384;
/// Samples per frame.
const HOP_SAMPLES: u64 = 98;
/// Half the longest window of the constant-Q transform: it mirrors that many
/// samples at either end and needs more than them.
const PADDING_SAMPLES: u64 = 4_096;
/// Taps of the resampling filter at its own rate, and its cutoff in percent of
/// the lower Nyquist frequency: the defaults of libswresample.
const FILTER_TAPS: u64 = 32;
const CUTOFF_PERCENT: u64 = 97;

/// Frames `L = n / 98 + 1` of `n` samples at 16384 Hz.
///
/// # Errors
///
/// [`AudioError::TooShort`] for 4096 samples or fewer, which the published
/// pipeline refuses.
pub fn frames_in(n_samples: u64) -> Result<u64, AudioError> {
    match n_samples {
        ..=PADDING_SAMPLES => Err(AudioError::TooShort { n_samples }),
        _ => Ok(n_samples / HOP_SAMPLES + 1),
    }
}

/// Samples that ffmpeg gives at 16384 Hz for `n_native` at `sample_rate_hz`.
///
/// Exact for every rate, not a rounding rule: it replays the bookkeeping of the
/// resampler. All 99 rows of the published program's table agree, and so did
/// 308 runs of ffmpeg 5.1.9 at 22 rates from 8000 to 192000 Hz. Only recordings
/// shorter than the filter (2 ms at 44100 Hz) may differ.
///
/// # Source
///
/// FFmpeg n5.1 `libswresample/resample.c`: `resample_init` (filter length),
/// `invert_initial_buffer` (mirrored start), `multiple_resample` (how far the
/// input reaches), `resample_flush` (mirrored end). The end is mirrored by half
/// of what is *left* in the buffer, which depends on where the last output fell
/// and makes the result `ceil(q)` or one less, `q = n_native * 16384 / rate`.
#[must_use]
pub fn resampled_samples(n_native: u64, sample_rate_hz: u32) -> u64 {
    let rate_hz = u64::from(sample_rate_hz);
    if rate_hz == TARGET_HZ {
        return n_native;
    }
    let taps = filter_taps(rate_hz);
    // Input that outputs may start from before the end is mirrored, the outputs
    // made of it, and where in the input the next one would start.
    let n_before = n_native.saturating_sub(taps / 2);
    let n_made = outputs_from(n_before, rate_hz);
    let next_start = scale(n_made, rate_hz, TARGET_HZ);
    let n_skipped = next_start.saturating_sub(n_before);
    let n_mirrored = taps.saturating_sub(n_skipped) / 2;
    // A recording shorter than half the filter has no more to mirror than itself.
    outputs_from((n_before + n_mirrored).min(n_native), rate_hz)
}

/// What of [`resampled_samples`] is out before the end of the input is known.
///
/// Where the format changes inside a file, ffmpeg starts a new resampler and
/// throws away what the old one still holds.
pub(super) fn resampled_without_end(n_native: u64, sample_rate_hz: u32) -> u64 {
    let rate_hz = u64::from(sample_rate_hz);
    if rate_hz == TARGET_HZ {
        return n_native;
    }
    outputs_from(n_native.saturating_sub(filter_taps(rate_hz) / 2), rate_hz)
}

/// Length of the filter in input samples, rounded up to an even number.
fn filter_taps(rate_hz: u64) -> u64 {
    let cutoff = TARGET_HZ * CUTOFF_PERCENT;
    let taps = (FILTER_TAPS * 100 * rate_hz).div_ceil(cutoff).max(FILTER_TAPS);
    taps.next_multiple_of(2)
}

/// Output positions `k * rate / 16384` below `n_input`, counted.
fn outputs_from(n_input: u64, rate_hz: u64) -> u64 {
    let product = u128::from(n_input) * u128::from(TARGET_HZ);
    saturate(product.div_ceil(u128::from(rate_hz.max(1))))
}

fn scale(n: u64, numerator: u64, denominator: u64) -> u64 {
    saturate(u128::from(n) * u128::from(numerator) / u128::from(denominator))
}

fn saturate(n: u128) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn more_than_4096_samples_are_needed() {
        assert!(matches!(frames_in(4096), Err(AudioError::TooShort { n_samples: 4096 })));
        assert_eq!(frames_in(4097).unwrap(), 42);
        assert_eq!(frames_in(9799).unwrap(), 100);
        assert_eq!(frames_in(9800).unwrap(), 101);
    }

    /// The rounding thresholds that the published program showed at 44100 Hz.
    #[test]
    fn at_44100_hz_fractions_above_0_347_round_up() {
        assert_eq!(resampled_samples(44_101, 44_100), 16_385); // 16384.37
        assert_eq!(resampled_samples(8_824_321, 44_100), 3_278_405); // 3278405.33
        assert_eq!(resampled_samples(44_100, 44_100), 16_384);
    }

    #[test]
    fn at_its_own_rate_nothing_changes() {
        assert_eq!(resampled_samples(12_345, 16_384), 12_345);
    }

    proptest! {
        #[test]
        fn the_result_is_within_one_step_of_the_ratio(
            n_native in 5_000_u64..40_000_000,
            rate_hz in 8_000_u32..200_000,
        ) {
            let exact = n_native as f64 * 16_384.0 / f64::from(rate_hz);
            let n = resampled_samples(n_native, rate_hz) as f64;
            prop_assert!((n - exact).abs() <= 1.0 + 8_192.0 / f64::from(rate_hz), "{n} {exact}");
        }

        #[test]
        fn one_second_of_any_rate_is_16384_samples(rate_hz in 8_000_u32..200_000, seconds in 1_u64..1_000) {
            let n = resampled_samples(u64::from(rate_hz) * seconds, rate_hz);
            prop_assert!(n.abs_diff(16_384 * seconds) <= 1, "{n}");
        }

        /// The end is mirrored by at most half a filter, so nothing is ever
        /// longer than the ratio says; and no number makes it overflow.
        #[test]
        fn no_number_overflows(n_native: u64, rate_hz in 1_u32..) {
            let n = resampled_samples(n_native, rate_hz);
            let most = (u128::from(n_native) * 16_384).div_ceil(u128::from(rate_hz));
            prop_assert!(u128::from(n) <= most.max(1), "{n} {most}");
        }
    }
}
