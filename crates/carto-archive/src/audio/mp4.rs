//! MPEG-4 files (m4a): the table of contents of the first audio track.

use std::io::Read;

use super::error::{AudioError, AudioFormat};
use super::measured::{Measured, Recording, SampleFormat};
use super::window::Window;

/// The table of contents of an hour of AAC takes about 1 MB.
const MAX_MOOV_BYTES: u64 = 16 << 20;

/// Adds up the packets of the first audio track and takes off what its edit
/// list skips at the start, which is how ffmpeg treats the encoder's delay.
///
/// Meant for the reading as osu! does: fragmented files are refused, further edits
/// not looked at.
///
/// # Errors
///
/// [`AudioError::Truncated`], [`AudioError::Damaged`],
/// [`AudioError::UnsupportedCodec`].
pub(super) fn measure<R: Read>(window: &mut Window<R>) -> Result<Measured, AudioError> {
    let format = AudioFormat::Mp4;
    let damaged = |what| AudioError::Damaged { format, what };
    let moov = read_moov(window)?.ok_or(AudioError::Truncated { format })?;
    if find(&moov, &[b"mvex"]).is_some() {
        let codec = "fragmented sound".to_owned();
        return Err(AudioError::UnsupportedCodec { container: "m4a", codec });
    }
    let track = boxes(&moov)
        .filter(|(kind, _)| kind == b"trak")
        .find(|(_, track)| handler_of(track) == Some(*b"soun"))
        .ok_or(damaged("it has no audio track"))?
        .1;
    let mut recording = Recording::default();
    let (sample_format, n_samples) =
        measure_track(track).ok_or(damaged("the tables of its audio track are incomplete"))??;
    recording.add(sample_format, n_samples);
    Ok(Measured { format, recording, warnings: vec![] })
}

/// Content of the box that holds the tables; it may stand behind the sound.
fn read_moov<R: Read>(window: &mut Window<R>) -> Result<Option<Vec<u8>>, AudioError> {
    while let Some([s0, s1, s2, s3, kind @ ..]) = window.peek_array::<8>()? {
        let (header_bytes, box_bytes) = match u32::from_be_bytes([s0, s1, s2, s3]) {
            // The real size follows.
            1 => {
                let Some(wide) = window.peek_array::<16>()? else { break };
                let [.., a, b, c, d, e, f, g, h] = wide;
                (16, u64::from_be_bytes([a, b, c, d, e, f, g, h]))
            }
            // To the end of the file.
            0 => (8, window.declared_rest()),
            size => (8, u64::from(size)),
        };
        let Some(content_bytes) = box_bytes.checked_sub(header_bytes) else { break };
        window.skip(header_bytes)?;
        if &kind != b"moov" {
            window.skip(content_bytes)?;
            continue;
        }
        if content_bytes > MAX_MOOV_BYTES {
            break;
        }
        let content = window.take(content_bytes as usize)?;
        return Ok(Some(content).filter(|content| content.len() as u64 == content_bytes));
    }
    Ok(None)
}

/// The boxes inside a box, as far as they are whole.
fn boxes(mut rest: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let size = u32_at(rest, 0)? as usize;
        let kind = *rest.get(4..)?.first_chunk()?;
        let (this, tail) = rest.split_at_checked(size)?;
        rest = tail;
        Some((kind, this.get(8..)?))
    })
}

/// The content of the box at the end of a path of box names.
fn find<'a>(content: &'a [u8], path: &[&[u8; 4]]) -> Option<&'a [u8]> {
    path.iter().try_fold(content, |content, name| {
        boxes(content).find(|(kind, _)| kind == *name).map(|(_, inner)| inner)
    })
}

fn handler_of(track: &[u8]) -> Option<[u8; 4]> {
    find(track, &[b"mdia", b"hdlr"])?.get(8..)?.first_chunk().copied()
}

fn measure_track(track: &[u8]) -> Option<Result<(SampleFormat, u64), AudioError>> {
    let table = find(track, &[b"mdia", b"minf", b"stbl"])?;
    let (codec, description) = boxes(find(table, &[b"stsd"])?.get(8..)?).next()?;
    // A packet of AAC or mp3 is decoded whole, even if the track says that it
    // ends inside.
    let has_whole_packets = match &codec {
        b"mp4a" => true,
        b"alac" => false,
        _ => {
            let codec = String::from_utf8_lossy(&codec).trim().to_owned();
            return Some(Err(AudioError::UnsupportedCodec { container: "m4a", codec }));
        }
    };
    let n_channels = *description.get(17)?;
    // Version 1 of the media header has wider dates.
    let media_header = find(track, &[b"mdia", b"mdhd"])?;
    let timescale_hz = u32_at(media_header, if *media_header.first()? == 1 { 20 } else { 12 })?;
    if timescale_hz == 0 {
        return None;
    }
    let n_samples = add_up(find(table, &[b"stts"])?, has_whole_packets)?;
    let n_skipped = start_of_edit(track).unwrap_or(0);
    // For sound the clock of the track is its sample rate.
    let format = SampleFormat { sample_rate_hz: timescale_hz, n_channels };
    Some(Ok((format, n_samples.saturating_sub(n_skipped))))
}

/// Sum of the table that gives the duration of every packet.
fn add_up(table: &[u8], has_whole_packets: bool) -> Option<u64> {
    let n_rows = u32_at(table, 4)? as usize;
    let rows = table.get(8..)?.chunks_exact(8).take(n_rows);
    let rows = rows.map_while(|row| Some((u64::from(u32_at(row, 0)?), u64::from(u32_at(row, 4)?))));
    let longest = rows.clone().map(|(_, duration)| duration).max()?;
    let lengths = rows.map(|(n_packets, duration)| {
        n_packets.saturating_mul(if has_whole_packets { longest } else { duration })
    });
    Some(lengths.fold(0, u64::saturating_add))
}

/// Where the first edit that is no pause begins in the media.
fn start_of_edit(track: &[u8]) -> Option<u64> {
    let edits = find(track, &[b"edts", b"elst"])?;
    let is_wide = *edits.first()? == 1;
    let row_bytes = if is_wide { 20 } else { 12 };
    let starts = edits.get(8..)?.chunks_exact(row_bytes).map(|row| match is_wide {
        true => row.get(8..)?.first_chunk().copied().map(i64::from_be_bytes),
        false => row.get(4..)?.first_chunk().copied().map(i32::from_be_bytes).map(i64::from),
    });
    starts.flatten().find_map(|start| u64::try_from(start).ok())
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_be_bytes)
}
