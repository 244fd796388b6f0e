//! The strips of a pair, with least and greatest values at every zoom.

use carto_evidence::PairFrames;
use carto_types::{MapStrips, SignalChannel, StripLevel, Strips};

/// Bins of one level that make one of the next.
const FACTOR: u32 = 4;

/// The coarsest level has at most as many bins: fewer than any strip has pixels.
const MIN_BINS: u32 = 64;

/// Both maps on the frames of their span, as single precision, with a pyramid each.
pub(crate) fn strips(frames: &PairFrames) -> Strips {
    let range = frames.frames();
    let n_frames = range.len() as u32;
    let maps = [0, 1].map(|map_idx| {
        let of = |channel| frames.channel(map_idx, channel).iter().map(|&value| value as f32);
        let values: Vec<f32> = SignalChannel::ALL.into_iter().flat_map(of).collect();
        MapStrips { levels: levels(&values, n_frames), values }
    });
    Strips { first_frame: range.start as u32, n_frames, maps }
}

/// Bins of 4, 16, .. frames, until there are few.
///
/// - `values`: `[9, n_frames]`
fn levels(values: &[f32], n_frames: u32) -> Vec<StripLevel> {
    let mut levels: Vec<StripLevel> = Vec::new();
    let mut bin_frames = FACTOR;
    while n_frames.div_ceil(bin_frames / FACTOR) > MIN_BINS {
        let (least, greatest, width) = match levels.last() {
            Some(finer) => (&*finer.least, &*finer.greatest, finer.n_bins),
            None => (values, values, n_frames),
        };
        // `min` and `max` leave NaN out.
        levels.push(StripLevel {
            bin_frames,
            n_bins: width.div_ceil(FACTOR),
            least: binned(least, width, f32::min),
            greatest: binned(greatest, width, f32::max),
        });
        bin_frames *= FACTOR;
    }
    levels
}

/// Rows of a matrix in bins of [`FACTOR`] values; the last bin of a row may have fewer.
fn binned(values: &[f32], width: u32, pick: fn(f32, f32) -> f32) -> Vec<f32> {
    let rows = values.chunks(width.max(1) as usize);
    let of_bin = |bin: &[f32]| bin.iter().copied().fold(f32::NAN, pick);
    rows.flat_map(|row| row.chunks(FACTOR as usize).map(of_bin)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_extent_is_that_of_its_frames() {
        let n_frames = 1337_u32;
        let value = |idx: u32| if idx % 97 == 5 { f32::NAN } else { (idx * 7919 % 1009) as f32 };
        let values: Vec<f32> = (0..9 * n_frames).map(value).collect();
        let map = MapStrips { levels: levels(&values, n_frames), values };
        let widths: Vec<_> = map.levels.iter().map(|it| (it.bin_frames, it.n_bins)).collect();
        assert_eq!(widths, [(4, 335), (16, 84), (64, 21)]);
        let strips = Strips { first_frame: 0, n_frames, maps: [map.clone(), map] };
        for (from, to) in [(0, 1337), (3, 70), (64, 128), (1300, 1337), (5, 6), (15, 300)] {
            for channel in [SignalChannel::Onset, SignalChannel::Y] {
                let frames = &strips.channel(0, channel)[from as usize..to as usize];
                let numbers = frames.iter().copied().filter(|value| !value.is_nan());
                let expected = numbers.fold(None, |extent: Option<[f32; 2]>, value| {
                    let [least, greatest] = extent.unwrap_or([value; 2]);
                    Some([least.min(value), greatest.max(value)])
                });
                assert_eq!(strips.extent(0, channel, from..to), expected, "{from}..{to}");
            }
        }
    }
}
