//! The headers before each frame of FLAC.

/// Length of the longest header.
pub(super) const MAX_HEADER_BYTES: usize = 16;
/// Rates by code, RFC 9639, table 15; 0 stands for that of STREAMINFO.
const RATES_HZ: [u32; 12] =
    [0, 88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];
/// Generators of the two checksums: `x^8 + x^2 + x + 1` over a header and
/// `x^16 + x^15 + x^2 + 1` over a frame.
const CRC8_POLYNOMIAL: u8 = 0x07;
const CRC16_POLYNOMIAL: u16 = 0x8005;

/// What one frame header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FrameHeader {
    /// Whether `number` counts samples, in a stream of blocks of various sizes, and not frames.
    counts_samples: bool,
    /// Of the frame, or of its first sample.
    number: u64,
    /// Samples per channel.
    pub(super) n_samples: u64,
    n_channels: u8,
    /// 0 where STREAMINFO tells it.
    sample_rate_hz: u32,
    depth_code: u8,
}

impl FrameHeader {
    /// Reads a header; `None` where these bytes are none, or its checksum is wrong.
    ///
    /// - `bytes`: [`MAX_HEADER_BYTES`], fewer at the end of the file
    ///
    /// # Source
    ///
    /// RFC 9639, 9.1.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let &[first, second, codes, channels, ..] = bytes else { return None };
        if first != 0xff || second & 0xfe != 0xf8 {
            return None;
        }
        let (size_code, rate_code) = (codes >> 4, codes & 15);
        let (channel_code, depth_code) = (channels >> 4, channels >> 1 & 7);
        if size_code == 0 || rate_code == 15 || depth_code == 3 || channels & 1 != 0 {
            return None;
        }
        let n_channels = match channel_code {
            0..=7 => channel_code + 1,
            8..=10 => 2,
            _ => return None,
        };
        let mut rest = bytes.get(4..)?;
        let number = read_number(&mut rest)?;
        let n_samples = match size_code {
            1 => 192,
            2..=5 => 144 << size_code,
            6 => u64::from(take(&mut rest, 1)?) + 1,
            7 => u64::from(take(&mut rest, 2)?) + 1,
            _ => 1 << size_code,
        };
        let sample_rate_hz = match rate_code {
            12 => take(&mut rest, 1)? * 1_000,
            13 => take(&mut rest, 2)?,
            14 => take(&mut rest, 2)? * 10,
            code => *RATES_HZ.get(usize::from(code))?,
        };
        let header = bytes.get(..bytes.len() - rest.len())?;
        let is_valid = u32::from(crc8(header)) == take(&mut rest, 1)?;
        let counts_samples = second & 1 != 0;
        let header =
            Self { counts_samples, number, n_samples, n_channels, sample_rate_hz, depth_code };
        is_valid.then_some(header)
    }

    /// Whether a frame with this header may stand behind `before` in one stream, with
    /// frames between them that are lost.
    pub(super) fn may_follow(&self, before: &Self) -> bool {
        self.is_of_stream(before) && self.number >= before.next_number()
    }

    /// Whether it is the header of the very next frame.
    pub(super) fn is_next_after(&self, before: &Self) -> bool {
        self.is_of_stream(before) && self.number == before.next_number()
    }

    fn is_of_stream(&self, other: &Self) -> bool {
        let stream = |header: &Self| {
            let Self { counts_samples, n_channels, sample_rate_hz, depth_code, .. } = *header;
            (counts_samples, n_channels, sample_rate_hz, depth_code)
        };
        stream(self) == stream(other)
    }

    fn next_number(&self) -> u64 {
        self.number.saturating_add(if self.counts_samples { self.n_samples } else { 1 })
    }

    /// More than the frame takes with every sample written out.
    pub(super) fn max_bytes(&self) -> u64 {
        // A difference of two channels has one bit more than they have.
        let sample_bits = match self.depth_code {
            1 => 8 + 1,
            2 => 12 + 1,
            4 => 16 + 1,
            5 => 20 + 1,
            6 => 24 + 1,
            _ => 32 + 1,
        };
        // Headers of frame and channels, and the checksum, are far shorter than this.
        self.n_samples * u64::from(self.n_channels) * sample_bits / 8 + 128
    }
}

/// A number of up to 36 bits, in UTF-8's way of writing code points.
fn read_number(rest: &mut &[u8]) -> Option<u64> {
    let first = take(rest, 1)? as u8;
    let n_more = match first.leading_ones() {
        0 => return Some(u64::from(first)),
        n @ 2..=7 => n - 1,
        _ => return None,
    };
    let head = u64::from(first) & ((1 << (6 - n_more)) - 1);
    (0..n_more).try_fold(head, |number, _| match take(rest, 1)? {
        byte @ 0x80..=0xbf => Some(number << 6 | u64::from(byte & 0x3f)),
        _ => None,
    })
}

/// The next `n` bytes as one number.
fn take(rest: &mut &[u8], n: usize) -> Option<u32> {
    let (head, tail) = rest.split_at_checked(n)?;
    *rest = tail;
    Some(head.iter().fold(0, |value, &byte| value << 8 | u32::from(byte)))
}

fn crc8(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ byte, |crc: u8, _| {
            crc << 1 ^ if crc & 0x80 == 0 { 0 } else { CRC8_POLYNOMIAL }
        })
    })
}

/// The checksum of a frame, byte by byte: 0 behind its last one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Crc16(u16);

impl Crc16 {
    const TABLE: [u16; 256] = {
        let mut table = [0; 256];
        let mut idx = 0;
        while idx < table.len() {
            let (mut crc, mut bit) = ((idx as u16) << 8, 0);
            while bit < 8 {
                crc = crc << 1 ^ if crc & 0x8000 == 0 { 0 } else { CRC16_POLYNOMIAL };
                bit += 1;
            }
            table[idx] = crc;
            idx += 1;
        }
        table
    };

    pub(super) fn add(&mut self, byte: u8) {
        let idx = (self.0 >> 8) as u8 ^ byte;
        self.0 = self.0 << 8 ^ Self::TABLE[usize::from(idx)];
    }

    pub(super) fn is_zero(self) -> bool {
        self.0 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_the_catalogue() {
        // CRC-8/SMBUS and CRC-16/UMTS of "123456789".
        assert_eq!(crc8(b"123456789"), 0xf4);
        let mut crc = Crc16::default();
        b"123456789".iter().for_each(|&byte| crc.add(byte));
        assert_eq!(crc, Crc16(0xfee8));
    }

    /// The example of RFC 9639, appendix D.2.
    #[test]
    fn the_header_of_the_standard_is_read() {
        let header = FrameHeader::parse(&[0xff, 0xf8, 0x69, 0x98, 0x00, 0x0f, 0x99, 0x12]);
        let header = header.unwrap();
        assert_eq!((header.n_samples, header.n_channels, header.number), (16, 2, 0));
        assert_eq!(header.sample_rate_hz, 44_100);
        assert_eq!(FrameHeader::parse(&[0xff, 0xf8, 0x69, 0x98, 0x00, 0x0f, 0x98]), None);
    }

    #[test]
    fn numbers_take_one_to_seven_bytes() {
        for (bytes, number) in [
            (&[0x7f][..], 0x7f),
            (&[0xc2, 0x80], 0x80),
            (&[0xe2, 0x82, 0xac], 0x20ac),
            (&[0xfe, 0xbf, 0xbf, 0xbf, 0xbf, 0xbf, 0xbf], (1 << 36) - 1),
        ] {
            assert_eq!(read_number(&mut &bytes[..]), Some(number), "{bytes:02x?}");
        }
        for bytes in [&[0x80][..], &[0xff], &[0xc2], &[0xc2, 0x20]] {
            assert_eq!(read_number(&mut &bytes[..]), None, "{bytes:02x?}");
        }
    }
}
