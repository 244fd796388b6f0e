//! How many samples a Vorbis packet holds.

use super::error::{AudioError, AudioFormat};
use super::measured::{PacketLength, SampleFormat};

/// Bits of one mode in the setup header: block flag, window type (16),
/// transform type (16), mapping (8).
const MODE_BITS: usize = 41;
const MAX_MODES: usize = 64;

/// The block sizes of a stream and what the last packet was.
#[derive(Debug, Clone)]
pub(super) struct Vorbis {
    format: SampleFormat,
    /// Short and long.
    block_sizes: [u64; 2],
    /// For each mode whether its block is long; empty before the setup header.
    modes_are_long: Vec<bool>,
    /// Whether the block before was long; before the first, a short one is
    /// taken to have been.
    previous_is_long: bool,
    /// True until the first packet, which gives no sound: nothing overlaps it.
    is_at_start: bool,
}

impl Vorbis {
    /// Reads the identification header: Vorbis I specification, 4.2.2.
    pub(super) fn from_identification(packet: &[u8]) -> Option<Self> {
        let body = packet.strip_prefix(b"\x01vorbis\0\0\0\0")?;
        let (&n_channels, body) = body.split_first()?;
        let sample_rate_hz = u32::from_le_bytes(*body.first_chunk()?);
        // Three bit rates; then two block sizes as powers of two.
        let sizes = *body.get(16)?;
        let block_sizes = [1 << (sizes & 15), 1 << (sizes >> 4)];
        let is_valid = sample_rate_hz > 0 && n_channels > 0 && block_sizes[0] <= block_sizes[1];
        is_valid.then(|| Self {
            format: SampleFormat { sample_rate_hz, n_channels },
            block_sizes,
            modes_are_long: Vec::new(),
            previous_is_long: false,
            is_at_start: true,
        })
    }

    pub(super) fn format(&self) -> SampleFormat {
        self.format
    }

    /// Takes up after another stream: ffmpeg's decoder goes on, so that the
    /// first packet gives sound already.
    pub(super) fn follow_another(&mut self) {
        self.is_at_start = false;
    }

    /// Length of the next packet, headers included.
    ///
    /// A packet gives the overlap with the one before: a quarter of both block
    /// sizes (Vorbis I specification, 4.3.8).
    ///
    /// # Errors
    ///
    /// [`AudioError::Damaged`] for a setup header without modes.
    pub(super) fn add_packet(&mut self, packet: &[u8]) -> Result<PacketLength, AudioError> {
        let Some(&first) = packet.first() else { return Ok(PacketLength::default()) };
        if first & 1 != 0 {
            if packet.starts_with(b"\x05vorbis") {
                self.modes_are_long = read_modes(packet).ok_or(AudioError::Damaged {
                    format: AudioFormat::Vorbis,
                    what: "its setup header lists no modes",
                })?;
            }
            return Ok(PacketLength::default());
        }
        let Some(n_clock) = self.audio_packet(first) else { return Ok(PacketLength::default()) };
        let n_decoded = if std::mem::take(&mut self.is_at_start) { 0 } else { n_clock };
        Ok(PacketLength { n_clock, n_decoded })
    }

    /// Samples by which a packet takes the clock on, headers none.
    pub(super) fn packet_clock(&mut self, packet: &[u8]) -> u64 {
        let is_audio = |first: &u8| first & 1 == 0;
        let first = packet.first().copied().filter(is_audio);
        first.and_then(|first| self.audio_packet(first)).unwrap_or(0)
    }

    /// Forgets the packets so far, as ahead of another stream with the same headers.
    pub(super) fn restart(&mut self) {
        self.previous_is_long = false;
    }

    /// Overlap of a packet that begins with this byte; `None` where it has no mode.
    fn audio_packet(&mut self, first: u8) -> Option<u64> {
        let mode_bits =
            self.modes_are_long.len().saturating_sub(1).checked_ilog2().map_or(0, |n| n + 1);
        let mode = (u32::from(first) >> 1) & ((1 << mode_bits) - 1);
        let &is_long = self.modes_are_long.get(mode as usize)?;
        // A long block says itself what came before it.
        let says_long = (u32::from(first) >> (1 + mode_bits)) & 1 != 0;
        let previous_is_long = if is_long { says_long } else { self.previous_is_long };
        self.previous_is_long = is_long;
        Some(self.overlap(previous_is_long, is_long))
    }

    fn overlap(&self, previous_is_long: bool, is_long: bool) -> u64 {
        let [previous, current] =
            [previous_is_long, is_long].map(|is_long| self.block_sizes[usize::from(is_long)]);
        (previous + current) / 4
    }
}

/// Finds the list of modes from the end of the setup header, as ffmpeg does,
/// since everything before it would have to be decoded to get past it.
///
/// # Source
///
/// `vorbis_parse_setup_hdr` in FFmpeg n5.1 `libavcodec/vorbis_parser.c`; the
/// layout from the Vorbis I specification, 4.2.4.
fn read_modes(setup: &[u8]) -> Option<Vec<bool>> {
    let mut bits = BitsFromEnd::new(setup);
    // Zeros fill the last byte behind the framing bit.
    while bits.read(1)? == 0 {}

    let mut from_last = Vec::new();
    let mut n_confirmed = 0;
    while from_last.len() < MAX_MODES && bits.n_left() >= MODE_BITS + 6 {
        let (mapping, transform, window) = (bits.read(8)?, bits.read(16)?, bits.read(16)?);
        if mapping >= 64 || transform != 0 || window != 0 {
            break;
        }
        from_last.push(bits.read(1)? != 0);
        // The number of modes stands before the first of them.
        if bits.clone().read(6)? as usize + 1 == from_last.len() {
            n_confirmed = from_last.len();
        }
    }
    from_last.truncate(n_confirmed);
    from_last.reverse();
    (n_confirmed > 0).then_some(from_last)
}

/// Bits of a packet that was written from the lowest bit of each byte up, read
/// in the opposite direction.
#[derive(Debug, Clone)]
struct BitsFromEnd<'a> {
    bytes: &'a [u8],
    n_left: usize,
}

impl<'a> BitsFromEnd<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, n_left: bytes.len() * 8 }
    }

    fn n_left(&self) -> usize {
        self.n_left
    }

    /// The `n` bits before those already read, as the value they were written
    /// as; `None` at the front.
    fn read(&mut self, n: usize) -> Option<u32> {
        let start = self.n_left.checked_sub(n)?;
        let value = (start..self.n_left).rev().fold(0, |value, bit_idx| {
            let bit = (self.bytes[bit_idx / 8] >> (bit_idx % 8)) & 1;
            value << 1 | u32::from(bit)
        });
        self.n_left = start;
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_values_backwards() {
        // 3 bits 0b101, then 10 bits 0b11_0000_1111, written from bit 0 up.
        let written = (0b11_0000_1111_u16 << 3 | 0b101).to_le_bytes();
        let mut bits = BitsFromEnd::new(&written);
        assert_eq!(bits.read(3), Some(0));
        assert_eq!(bits.read(10), Some(0b11_0000_1111));
        assert_eq!(bits.read(4), None);
        assert_eq!(bits.read(3), Some(0b101));
        assert_eq!(bits.n_left(), 0);
    }
}
