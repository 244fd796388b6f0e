//! The four bytes before each frame of MPEG audio.

use super::measured::SampleFormat;

/// Size of the header.
pub(super) const HEADER_BYTES: usize = 4;

/// kbit/s by index 1 to 14, ISO/IEC 11172-3 and 13818-3, table "bitrate_index".
const KBITS_MPEG1: [[u32; 14]; 3] = [
    [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
];
const KBITS_MPEG2_LAYER1: [u32; 14] =
    [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256];
const KBITS_MPEG2: [u32; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/// What one frame header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FrameHeader {
    bits: u32,
    pub(super) format: SampleFormat,
    /// 1, 2 or 3.
    pub(super) layer: u8,
    /// MPEG-2 or 2.5: half the rates, in layer III half the samples.
    pub(super) is_low_rate: bool,
    /// Header included.
    pub(super) frame_bytes: usize,
}

impl FrameHeader {
    /// Reads a header; `None` where these bytes are none, or are one of free
    /// format, whose frames do not state their size.
    ///
    /// # Source
    ///
    /// `ff_mpa_check_header` and `avpriv_mpegaudio_decode_header` in FFmpeg n5.1
    /// `libavcodec/mpegaudiodecheader.{c,h}`; the values from ISO/IEC 11172-3.
    pub(super) fn parse(bytes: [u8; HEADER_BYTES]) -> Option<Self> {
        let bits = u32::from_be_bytes(bytes);
        let field = |shift: u32, n_bits: u32| (bits >> shift) & ((1 << n_bits) - 1);
        if field(21, 11) != 0x7ff {
            return None;
        }
        // Version 2.5 is 0, 2 is 2, 1 is 3; layer III is 1, I is 3.
        let (version, layer_code) = (field(19, 2), field(17, 2));
        let (rate_halvings, is_low_rate) = match version {
            0 => (2, true),
            2 => (1, true),
            3 => (0, false),
            _ => return None,
        };
        let layer = match layer_code {
            0 => return None,
            code => 4 - code as u8,
        };
        let sample_rate_hz = [44_100, 48_000, 32_000].get(field(10, 2) as usize)? >> rate_halvings;
        let rate_idx = (field(12, 4) as usize).checked_sub(1)?;
        let kbits = match (is_low_rate, layer) {
            (false, _) => KBITS_MPEG1.get(usize::from(layer) - 1)?.get(rate_idx)?,
            (true, 1) => KBITS_MPEG2_LAYER1.get(rate_idx)?,
            (true, _) => KBITS_MPEG2.get(rate_idx)?,
        };
        let padding = field(9, 1);
        let frame_bytes = match layer {
            1 => (kbits * 12_000 / sample_rate_hz + padding) * 4,
            3 if is_low_rate => kbits * 72_000 / sample_rate_hz + padding,
            _ => kbits * 144_000 / sample_rate_hz + padding,
        };
        let n_channels = if field(6, 2) == 3 { 1 } else { 2 };
        let format = SampleFormat { sample_rate_hz, n_channels };
        Some(Self { bits, format, layer, is_low_rate, frame_bytes: frame_bytes as usize })
    }

    /// Samples per channel in this frame.
    pub(super) fn n_samples(&self) -> u64 {
        match self.layer {
            1 => 384,
            3 if self.is_low_rate => 576,
            _ => 1_152,
        }
    }

    /// True where a checksum of two bytes stands behind the header.
    pub(super) fn has_checksum(&self) -> bool {
        self.bits & 0x1_0000 == 0
    }

    /// True where the parser takes both for one stream: `SAME_HEADER_MASK` in FFmpeg n5.1
    /// `libavcodec/mpegaudio_parser.c` (version, layer and rate must agree).
    pub(super) fn is_of_stream(&self, other: &Self) -> bool {
        const MASK: u32 = 0xfffe_0c00;
        self.bits & MASK == other.bits & MASK
    }

    /// True where both may belong to one stream: `MP3_MASK` in FFmpeg n5.1
    /// `libavformat/mp3dec.c` (version, layer, rate and mono must agree).
    pub(super) fn is_like(&self, other: &Self) -> bool {
        const MASK: u32 = 0xfffe_0ccf;
        self.bits & MASK == other.bits & MASK
    }
}

/// True for a header that is valid but for its bit rate, which is "free".
pub(super) fn is_free_format(bytes: [u8; HEADER_BYTES]) -> bool {
    // The same header with the lowest bit rate in place of "free".
    let [first, second, third, fourth] = bytes;
    third >> 4 == 0 && FrameHeader::parse([first, second, third | 0x10, fourth]).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_common_headers() {
        let header = FrameHeader::parse([0xff, 0xfb, 0x90, 0x64]).unwrap();
        assert_eq!(header.format, SampleFormat { sample_rate_hz: 44_100, n_channels: 2 });
        assert_eq!((header.layer, header.frame_bytes, header.n_samples()), (3, 417, 1_152));
        // MPEG-2, 24000 Hz, 64 kbit/s, mono, padded.
        let header = FrameHeader::parse([0xff, 0xf3, 0x86, 0xc4]).unwrap();
        assert_eq!(header.format, SampleFormat { sample_rate_hz: 24_000, n_channels: 1 });
        assert_eq!((header.layer, header.frame_bytes, header.n_samples()), (3, 193, 576));
    }

    #[test]
    fn refuses_what_is_reserved() {
        for bytes in [
            [0xff, 0xfb, 0xf0, 0x64], // bit rate 15
            [0xff, 0xfb, 0x9c, 0x64], // sample rate 3
            [0xff, 0xf9, 0x90, 0x64], // layer 0
            [0xff, 0xeb, 0x90, 0x64], // version 1
            [0xff, 0x1b, 0x90, 0x64], // no sync
            [0xff, 0xfb, 0x00, 0x64], // free format
        ] {
            assert_eq!(FrameHeader::parse(bytes), None, "{bytes:02x?}");
        }
        assert!(is_free_format([0xff, 0xfb, 0x00, 0x64]));
        assert!(!is_free_format([0xff, 0xfb, 0x90, 0x64]));
        assert!(!is_free_format([0x00, 0x00, 0x00, 0x64]));
    }
}
