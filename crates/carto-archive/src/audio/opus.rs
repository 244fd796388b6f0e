//! How many samples an Opus packet holds.

use super::measured::{PacketLength, SampleFormat};

/// Opus decodes to this rate, whatever was encoded.
const SAMPLE_RATE_HZ: u32 = 48_000;

/// An Opus stream in ogg.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opus {
    n_pre_skip: u64,
}

impl Opus {
    /// The number of channels plays no role: it does not change inside.
    pub(super) const FORMAT_STEREO: SampleFormat =
        SampleFormat { sample_rate_hz: SAMPLE_RATE_HZ, n_channels: 2 };

    /// Reads the identification header: RFC 7845, 5.1.
    pub(super) fn from_head(packet: &[u8]) -> Option<Self> {
        // Version and channels, then the samples to drop at the start.
        let body = packet.strip_prefix(b"OpusHead")?;
        let n_pre_skip = u16::from_le_bytes(*body.get(2..)?.first_chunk()?);
        Some(Self { n_pre_skip: u64::from(n_pre_skip) })
    }

    /// Samples to drop at the start.
    pub(super) fn n_pre_skip(self) -> u64 {
        self.n_pre_skip
    }

    /// Length of the next packet; 0 for the two headers.
    pub(super) fn add_packet(self, packet: &[u8]) -> PacketLength {
        if packet.starts_with(b"OpusHead") || packet.starts_with(b"OpusTags") {
            return PacketLength::default();
        }
        let n_samples = packet_samples(packet).unwrap_or(0);
        PacketLength { n_clock: n_samples, n_decoded: n_samples }
    }
}

/// Frames of a packet times their length: RFC 6716, 3.1, tables 2 and 3.
fn packet_samples(packet: &[u8]) -> Option<u64> {
    let &first = packet.first()?;
    let config = first >> 3;
    let frame_samples = match config {
        // SILK: 10, 20, 40 and 60 ms.
        0..12 => [480, 960, 1_920, 2_880][usize::from(config % 4)],
        // Hybrid: 10 and 20 ms.
        12..16 => [480, 960][usize::from(config % 2)],
        // CELT: 2.5, 5, 10 and 20 ms.
        _ => 120 << (config % 4),
    };
    let n_frames = match first & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => u64::from(packet.get(1)? & 63),
    };
    Some(n_frames * frame_samples)
}
