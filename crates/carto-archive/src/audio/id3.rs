//! ID3v2 tags, which stand before the audio of any format.

use std::io::Read;

use super::error::AudioError;
use super::window::Window;

const HEADER_BYTES: u64 = 10;
const FLAG_FOOTER: u8 = 0x10;

/// Skips all ID3v2 tags at the front.
///
/// # Errors
///
/// Those of [`Window::skip`].
pub(super) fn skip_tags<R: Read>(window: &mut Window<R>) -> Result<(), AudioError> {
    while let Some(header) = window.peek_array()? {
        let Some(n_bytes) = tag_bytes(header) else { break };
        window.skip(n_bytes)?;
    }
    Ok(())
}

/// What stands behind all ID3v2 tags at the front of a file.
#[must_use]
pub fn behind_tags(mut bytes: &[u8]) -> &[u8] {
    while let Some(n_bytes) = bytes.first_chunk().copied().and_then(tag_bytes) {
        let n_bytes = usize::try_from(n_bytes).unwrap_or(usize::MAX);
        bytes = bytes.get(n_bytes..).unwrap_or_default();
    }
    bytes
}

/// Size of the tag with this header, all included; `None` where it is none.
///
/// # Source
///
/// `ff_id3v2_match` and `ff_id3v2_tag_len` in FFmpeg n5.1 `libavformat/id3v2.c`.
fn tag_bytes(header: [u8; HEADER_BYTES as usize]) -> Option<u64> {
    let [b'I', b'D', b'3', major, minor, flags, size @ ..] = header else { return None };
    if major == 0xff || minor == 0xff || size.iter().any(|byte| byte & 0x80 != 0) {
        return None;
    }
    // Seven bits per byte, so that no sync pattern occurs.
    let content_bytes = size.iter().fold(0, |sum, &byte| (sum << 7) | u64::from(byte));
    let footer_bytes = if flags & FLAG_FOOTER == 0 { 0 } else { HEADER_BYTES };
    Some(HEADER_BYTES + content_bytes + footer_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_left_behind_one_after_the_other() {
        let tag =
            |n_bytes: u8| [b"ID3\x04\0\0\0\0\0".to_vec(), vec![n_bytes], vec![7; n_bytes.into()]];
        let bytes = [tag(3).concat(), tag(0).concat(), b"OggS".to_vec()].concat();
        assert_eq!(behind_tags(&bytes), b"OggS");
        assert_eq!(behind_tags(b"ID3"), b"ID3");
        assert_eq!(behind_tags(&tag(9).concat()[..12]), b"", "a tag that is cut off");
    }
}
