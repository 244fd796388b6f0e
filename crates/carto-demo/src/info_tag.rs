//! The Info frame: how many samples an mp3 really has.

use super::mp3_frame::{BIT_RATE_56K, FRAME_BYTES, FRAME_HEAD_BYTES, header};

/// Bytes of the Info frame: `72 * 56000 / 22050`, rounded down. 56 kbit/s is
/// the lowest rate whose frame holds the whole tag.
pub(super) const INFO_FRAME_BYTES: usize = 182;

/// What the tag announces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gapless {
    /// Audio frames, the Info frame not counted.
    pub(super) n_frames: u32,
    /// Samples that the encoder put before the music; decoders cut 529 more.
    pub(super) delay: u32,
    /// Samples behind the music, decoders cut 529 fewer.
    pub(super) padding: u32,
}

/// Writes the Info frame that precedes the audio frames.
///
/// Layout: "Info", flags, frames, bytes, table of contents, quality, then the
/// 36 bytes that LAME appends (`http://gabriel.mp3-tech.org/mp3infotag.html`).
/// The encoder's name has to start with `LAME`, `Lavf` or `Lavc`: `ffmpeg`,
/// `symphonia` and what is built on them believe delay and padding only then.
pub(super) fn info_frame(gapless: Gapless, audio: &[u8]) -> Vec<u8> {
    let n_bytes = (INFO_FRAME_BYTES + audio.len()) as u32;
    let mut frame = Vec::with_capacity(INFO_FRAME_BYTES);
    frame.extend_from_slice(&header(BIT_RATE_56K));
    frame.resize(FRAME_HEAD_BYTES, 0);
    frame.extend_from_slice(b"Info");
    // Frames, bytes, table of contents and quality are all present.
    frame.extend_from_slice(&0xf_u32.to_be_bytes());
    frame.extend_from_slice(&gapless.n_frames.to_be_bytes());
    frame.extend_from_slice(&n_bytes.to_be_bytes());
    frame.extend((0..100).map(|percent| contents_entry(percent, gapless.n_frames)));
    frame.extend_from_slice(&0_u32.to_be_bytes());

    frame.extend_from_slice(b"LAMEcarto");
    frame.push(0x01); // Tag revision 0, constant bit rate.
    frame.push(0); // Low-pass: unknown.
    frame.extend_from_slice(&[0; 8]); // Peak and replay gains: not measured.
    frame.push(0); // Encoding flags.
    frame.push(8); // Bit rate in kbit/s.
    let trims = (gapless.delay << 12) | (gapless.padding & 0xfff);
    frame.extend_from_slice(&trims.to_be_bytes()[1..]);
    frame.extend_from_slice(&[0; 4]); // Source, gain change, preset: nothing to say.
    frame.extend_from_slice(&n_bytes.to_be_bytes());
    frame.extend_from_slice(&crc16(audio).to_be_bytes());
    let tag_crc = crc16(&frame);
    frame.extend_from_slice(&tag_crc.to_be_bytes());
    frame.resize(INFO_FRAME_BYTES, 0);
    frame
}

/// Where `percent` of the time lies, in 256ths of the bytes.
fn contents_entry(percent: u32, n_frames: u32) -> u8 {
    let audio_bytes = u64::from(n_frames) * FRAME_BYTES as u64;
    let at_bytes = INFO_FRAME_BYTES as u64 + u64::from(percent) * audio_bytes / 100;
    (256 * at_bytes / (INFO_FRAME_BYTES as u64 + audio_bytes)).min(255) as u8
}

/// CRC-16/ARC, the checksum of the tag: polynomial 0x8005, bits reversed.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, &byte| {
        (0..8).fold(crc ^ u16::from(byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xa001 } else { crc >> 1 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check value that catalogues of checksums give for CRC-16/ARC.
    #[test]
    fn checksum_is_crc16_arc() {
        assert_eq!(crc16(b"123456789"), 0xbb3d);
    }

    #[test]
    fn tag_lies_where_decoders_look_for_it() {
        let gapless = Gapless { n_frames: 7, delay: 576, padding: 1000 };
        let frame = info_frame(gapless, &[0; 7 * FRAME_BYTES]);
        assert_eq!(frame.len(), INFO_FRAME_BYTES);
        assert_eq!(&frame[13..17], b"Info");
        assert_eq!(&frame[133..137], b"LAME");
        // Delay and padding, 12 bits each, 21 bytes into LAME's part.
        assert_eq!(frame[154..157], [0x24, 0x03, 0xe8]);
    }
}
