//! Whether the decoder takes an mp3 frame.

use super::mpeg_header::{FrameHeader, HEADER_BYTES};

/// Header, checksum and the longest side information.
pub(super) const MAX_BYTES: usize = HEADER_BYTES + 2 + 32;

/// True where ffmpeg decodes a frame with this beginning, false where it throws
/// the frame away: `big_values` above 288 or a window switch to the normal
/// window in the side information, as foreign bytes behind a chance header have.
/// Bytes that are cut off count as zero.
///
/// # Source
///
/// `mp_decode_layer3` in FFmpeg n5.1 `libavcodec/mpegaudiodec_template.c`; the
/// layout from ISO/IEC 11172-3, 2.4.1.7, and 13818-3, 2.4.1.7.
pub(super) fn is_decodable(frame: &[u8], header: &FrameHeader) -> bool {
    if header.layer != 3 {
        return true;
    }
    let mut bits = Bits { bytes: frame, next: HEADER_BYTES * 8 };
    bits.skip(if header.has_checksum() { 16 } else { 0 });
    let is_mono = header.format.n_channels == 1;
    let n_channels = if is_mono { 1 } else { 2 };
    // Where the data begins, private bits, shared scale factors.
    bits.skip(match (header.is_low_rate, is_mono) {
        (false, true) => 9 + 5 + 4,
        (false, false) => 9 + 3 + 8,
        (true, true) => 8 + 1,
        (true, false) => 8 + 2,
    });
    let n_granules = if header.is_low_rate { 1 } else { 2 };
    (0..n_granules * n_channels).all(|_| granule_is_decodable(&mut bits, header.is_low_rate))
}

fn granule_is_decodable(bits: &mut Bits<'_>, is_low_rate: bool) -> bool {
    bits.skip(12);
    let big_values = bits.read(9);
    // Gain; how scale factors are packed.
    bits.skip(if is_low_rate { 8 + 9 } else { 8 + 4 });
    let (switches_window, window) = (bits.read(1) == 1, bits.read(2));
    // Tables and gains take the same room either way; then flags.
    bits.skip(if is_low_rate { 20 + 2 } else { 20 + 3 });
    big_values <= 288 && !(switches_window && window == 0)
}

/// Bits from the highest of each byte down; zeros behind the end.
struct Bits<'a> {
    bytes: &'a [u8],
    next: usize,
}

impl Bits<'_> {
    fn skip(&mut self, n: usize) {
        self.next += n;
    }

    fn read(&mut self, n: usize) -> u32 {
        let value = (self.next..self.next + n).fold(0, |value, idx| {
            let byte = self.bytes.get(idx / 8).copied().unwrap_or(0);
            value << 1 | u32::from(byte >> (7 - idx % 8) & 1)
        });
        self.next += n;
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEREO: [u8; 4] = [0xff, 0xfb, 0x90, 0x64];

    fn decodes(side_info: &[u8]) -> bool {
        let frame = [&STEREO[..], side_info].concat();
        is_decodable(&frame, &FrameHeader::parse(STEREO).unwrap())
    }

    #[test]
    fn silence_and_a_cut_frame_are_decoded() {
        assert!(decodes(&[0; 32]));
        assert!(decodes(&[]));
    }

    #[test]
    fn too_many_big_values_are_not() {
        // The field takes bits 32 to 40: behind 20 bits and a length of 12.
        let mut side_info = [0; 32];
        side_info[4] = 289_u16.to_be_bytes()[0] << 7 | (289_u16 >> 1) as u8;
        side_info[5] = 0x80;
        assert!(!decodes(&side_info));
        side_info[5] = 0;
        assert!(decodes(&side_info), "288 are allowed");
    }

    #[test]
    fn a_switch_to_the_normal_window_is_not() {
        // The flag is bit 53, the window bits 54 and 55.
        let mut side_info = [0; 32];
        side_info[6] = 0b100;
        assert!(!decodes(&side_info));
        side_info[6] = 0b110;
        assert!(decodes(&side_info));
    }
}
