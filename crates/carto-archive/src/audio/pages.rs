//! The pages of an ogg file.

use std::io::Read;

use super::error::AudioError;
use super::window::Window;

const CAPTURE: [u8; 4] = *b"OggS";
const HEADER_BYTES: usize = 27;
/// How far ffmpeg looks for the next page: the size of the largest page.
const SEARCH_BYTES: usize = 65_307;

/// One page, whole.
#[derive(Debug, Clone)]
pub(super) struct Page {
    flags: u8,
    /// End of the last packet that ends on this page, in samples, as the codec
    /// counts them; `None` where none ends here.
    pub(super) granule: Option<i64>,
    /// Which of the interleaved streams.
    pub(super) serial: u32,
    /// Lengths of the pieces; a piece of 255 is continued by the next.
    lacing: Vec<u8>,
    body: Vec<u8>,
}

impl Page {
    pub(super) fn continues_packet(&self) -> bool {
        self.flags & 1 != 0
    }

    pub(super) fn is_first(&self) -> bool {
        self.flags & 2 != 0
    }

    pub(super) fn is_last(&self) -> bool {
        self.flags & 4 != 0
    }

    /// The pieces of packets on this page, each with whether the packet ends.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (&[u8], bool)> {
        let mut rest = self.body.as_slice();
        self.lacing.chunk_by(|&length, _| length == 255).map(move |run| {
            let n_bytes: usize = run.iter().map(|&length| usize::from(length)).sum();
            let (piece, tail) = rest.split_at(n_bytes.min(rest.len()));
            rest = tail;
            (piece, run.last() != Some(&255))
        })
    }
}

/// The next page and whether foreign bytes were skipped to find it; `None` at
/// the end of the file, also where the last page is cut off.
///
/// The page's checksum is not looked at: the archive has its own.
pub(super) fn next_page<R: Read>(window: &mut Window<R>) -> Result<Option<Page>, AudioError> {
    let view = window.peek(SEARCH_BYTES)?;
    let found = view.windows(CAPTURE.len()).position(|bytes| bytes == CAPTURE);
    let Some(n_foreign) = found else { return Ok(None) };
    window.skip(n_foreign as u64)?;

    let Some(header) = window.peek_array::<HEADER_BYTES>()? else { return Ok(None) };
    let [_, _, _, _, _, flags, granule @ .., n_pieces] = header;
    let n_pieces = usize::from(n_pieces);
    let Some(&granule) = granule.first_chunk() else { return Ok(None) };
    let serial = u32::from_le_bytes([header[14], header[15], header[16], header[17]]);

    let Some(lacing) = window.peek(HEADER_BYTES + n_pieces)?.get(HEADER_BYTES..) else {
        return Ok(None);
    };
    let lacing = lacing.to_vec();
    let body_bytes: usize = lacing.iter().map(|&length| usize::from(length)).sum();
    if lacing.len() < n_pieces {
        return Ok(None);
    }
    window.skip((HEADER_BYTES + n_pieces) as u64)?;
    let body = window.take(body_bytes)?;
    if body.len() < body_bytes {
        return Ok(None);
    }
    let granule = Some(i64::from_le_bytes(granule)).filter(|&granule| granule != -1);
    Ok(Some(Page { flags, granule, serial, lacing, body }))
}
