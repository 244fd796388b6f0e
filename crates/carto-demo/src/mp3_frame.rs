//! MPEG-2 Layer III frames written by hand: silence and clicks.

pub(super) const SAMPLE_RATE_HZ: u32 = 22_050;

/// Samples in one frame: one granule of 576, as MPEG-2 has it.
pub(super) const FRAME_SAMPLES: u32 = 576;

/// Short windows in one frame.
pub(super) const WINDOWS_PER_FRAME: usize = 3;

/// Bytes of an audio frame: `72 * 8000 / 22050`, rounded down, at 8 kbit/s,
/// the lowest rate that the format has.
pub(super) const FRAME_BYTES: usize = 26;

/// Bytes before the main data: header and the side information of mono MPEG-2.
pub(super) const FRAME_HEAD_BYTES: usize = 4 + 9;

/// Bit-rate index of 8 kbit/s and of 56 kbit/s (for the Info frame).
pub(super) const BIT_RATE_8K: u8 = 1;
pub(super) const BIT_RATE_56K: u8 = 7;

/// First line of the short bands at 22,050 Hz: ISO/IEC 13818-3, table B.8.
const SHORT_BAND_STARTS: [usize; 14] = [0, 4, 8, 12, 18, 24, 32, 42, 56, 74, 100, 132, 174, 192];

/// Values before this index use the first Huffman table, those after it the
/// second: fixed for short blocks (ISO/IEC 11172-3, 2.4.2.7).
const REGION_SPLIT: usize = 36;

/// Signs of six neighbouring lines whose short blocks add up in the middle of
/// the window: the signs of `cos(3 pi / 4 (2 k + 1))`, from the inverse MDCT of
/// 12 values at its centre.
const FOCUS_SIGNS: [bool; 6] = [true, false, false, true, true, false];

/// What one short window holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Window {
    /// Nothing.
    #[default]
    Silent,
    /// The attack of a click.
    Attack {
        /// Louder and a fourth higher, for the start of a bar.
        is_accented: bool,
    },
    /// The click dying away, `n_steps` windows after the attack.
    Tail {
        /// Louder and a fourth higher, for the start of a bar.
        is_accented: bool,
        /// 12 dB per step.
        n_steps: u8,
    },
}

impl Window {
    /// Spectral lines of this window, in steps of 57.4 Hz.
    fn lines(self) -> std::ops::Range<usize> {
        match self {
            Self::Silent => 0..0,
            Self::Attack { is_accented: false } => 18..30,
            Self::Attack { is_accented: true } => 24..36,
            Self::Tail { is_accented: false, .. } => 18..24,
            Self::Tail { is_accented: true, .. } => 24..30,
        }
    }

    /// Gain of all lines, in steps of 1.5 dB, 6 dB more for an accent. Measured: an accent peaks at
    /// half of full scale, the other clicks at a quarter.
    fn global_gain(self) -> u8 {
        match self {
            Self::Attack { is_accented: true } | Self::Tail { is_accented: true, .. } => 194,
            _ => 190,
        }
    }

    fn subblock_gain(self) -> u8 {
        match self {
            Self::Tail { n_steps, .. } => n_steps.min(7),
            _ => 0,
        }
    }
}

/// Header of a mono, 22,050 Hz, Layer III frame without checksum.
pub(super) fn header(bit_rate_index: u8) -> [u8; 4] {
    // Sync and "MPEG-2, Layer III, no checksum"; bit rate, 22,050 Hz, no padding; mono.
    [0xff, 0xf3, bit_rate_index << 4, 0xc0]
}

/// One audio frame.
///
/// The frame stands alone: `main_data_begin` is 0, so no frame needs an earlier one.
/// Quantised values are 0 or 1 in magnitude and coded with Huffman table 1.
pub(super) fn audio_frame(windows: [Window; WINDOWS_PER_FRAME]) -> [u8; FRAME_BYTES] {
    let mut frame = [0; FRAME_BYTES];
    frame[..4].copy_from_slice(&header(BIT_RATE_8K));
    if windows == [Window::Silent; WINDOWS_PER_FRAME] {
        // All-zero side information is a long block without any value.
        return frame;
    }
    let values = quantised_values(windows);
    let main_data = huffman_pairs(&values[REGION_SPLIT..]);
    let side_info = side_information(windows, values.len() / 2, main_data.n_bits());
    for (place, byte) in frame[4..].iter_mut().zip(side_info.bytes()) {
        *place = *byte;
    }
    for (place, byte) in frame[FRAME_HEAD_BYTES..].iter_mut().zip(main_data.bytes()) {
        *place = *byte;
    }
    frame
}

/// The values in coded order: by band, then window, then line; up to the last
/// that is not 0, and an even number of them. `None` is 0, else the sign.
fn quantised_values(windows: [Window; WINDOWS_PER_FRAME]) -> Vec<Option<bool>> {
    let mut values = Vec::new();
    let mut n_used = 0;
    for band in SHORT_BAND_STARTS.windows(2) {
        for window in windows {
            for line in band[0]..band[1] {
                let sign = window.lines().contains(&line).then(|| FOCUS_SIGNS[line % 6]);
                values.push(sign);
                if sign.is_some() {
                    n_used = values.len();
                }
            }
        }
    }
    values.truncate(n_used.next_multiple_of(2));
    values
}

/// Huffman table 1 (ISO/IEC 11172-3, table B.7), signs behind each code word.
fn huffman_pairs(values: &[Option<bool>]) -> BitWriter {
    let mut bits = BitWriter::default();
    for pair in values.chunks_exact(2) {
        match (pair[0].is_some(), pair[1].is_some()) {
            (false, false) => bits.push(0b1, 1),
            (false, true) => bits.push(0b001, 3),
            (true, false) => bits.push(0b01, 2),
            (true, true) => bits.push(0b000, 3),
        }
        for is_negative in pair.iter().flatten() {
            bits.push(u32::from(*is_negative), 1);
        }
    }
    bits
}

/// The 72 bits between header and main data, for a granule of short blocks.
fn side_information(
    windows: [Window; WINDOWS_PER_FRAME],
    n_pairs: usize,
    n_main_bits: usize,
) -> BitWriter {
    let global_gain = windows.iter().map(|window| window.global_gain()).max().unwrap_or(0);
    let mut bits = BitWriter::default();
    bits.push(0, 8); // main_data_begin
    bits.push(0, 1); // private bit
    bits.push(n_main_bits as u32, 12); // part2_3_length; no scale factors
    bits.push(n_pairs as u32, 9); // big_values
    bits.push(u32::from(global_gain), 8);
    bits.push(0, 9); // scalefac_compress
    bits.push(1, 1); // window switching
    bits.push(0b10, 2); // block type: three short windows
    bits.push(0, 1); // not mixed
    bits.push(0, 5); // region 0: table 0, all zeros, no bits
    bits.push(1, 5); // region 1: table 1
    for window in windows {
        bits.push(u32::from(window.subblock_gain()), 3);
    }
    bits.push(0, 1); // scalefac_scale
    bits.push(0, 1); // count1 table, unused
    bits
}

/// Collects bit fields, as MPEG streams lay them out.
#[derive(Debug, Clone, Default)]
struct BitWriter {
    bytes: Vec<u8>,
    n_bits: usize,
}

impl BitWriter {
    /// Appends the lowest `width` bits of `value`, the highest of them first.
    fn push(&mut self, value: u32, width: u32) {
        for shift in (0..width).rev() {
            if self.n_bits.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let bit = ((value >> shift) & 1) as u8;
            if let Some(last) = self.bytes.last_mut() {
                *last |= bit << (7 - self.n_bits % 8);
            }
            self.n_bits += 1;
        }
    }

    fn n_bits(&self) -> usize {
        self.n_bits
    }

    /// The bytes so far; the last one is filled up with zeros.
    fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fullest_frame_fits() {
        for is_accented in [false, true] {
            let attack = Window::Attack { is_accented };
            let tails = [1, 2].map(|n_steps| Window::Tail { is_accented, n_steps });
            let values = quantised_values([attack, tails[0], tails[1]]);
            let n_bits = huffman_pairs(&values[REGION_SPLIT..]).n_bits();
            assert!(n_bits <= 8 * (FRAME_BYTES - FRAME_HEAD_BYTES), "{n_bits} bits");
            assert!(values[..REGION_SPLIT].iter().all(Option::is_none));
        }
    }

    #[test]
    fn side_information_fills_nine_bytes() {
        let side_info = side_information([Window::Silent; 3], 0, 0);
        assert_eq!(side_info.n_bits(), 72);
    }

    #[test]
    fn fields_follow_each_other_from_the_top_bit() {
        let mut bits = BitWriter::default();
        bits.push(0b101, 3);
        bits.push(0x1ff, 9);
        bits.push(0, 2);
        bits.push(1, 1);
        assert_eq!(bits.bytes(), [0b1011_1111, 0b1111_0010]);
        assert_eq!(bits.n_bits(), 15);
    }
}
