//! MPEG-4 files (m4a): the table of contents of the first audio track.

use std::io::Read;

use super::error::{AudioError, AudioFormat};
use super::measured::{AudioWarning, Measured, Recording, SampleFormat};
use super::mp4_boxes::{boxes, find, named, u32_at};
use super::mp4_packets::{FragmentedTrack, Packets};
use super::window::Window;

/// Tables of one box: those of an hour of AAC take about 1 MB.
const MAX_TABLE_BYTES: u64 = 16 << 20;

/// Adds up the packets of the first audio track and takes off what its edit
/// list skips at the start, which is how ffmpeg treats the encoder's delay.
///
/// Packets stand in the tables of the track, in fragments behind them, or in both;
/// further edits are not looked at.
///
/// # Errors
///
/// [`AudioError::Truncated`], [`AudioError::Damaged`],
/// [`AudioError::UnsupportedCodec`].
///
/// # Source
///
/// ISO/IEC 14496-12; which samples count is FFmpeg n5.1 `libavformat/mov.c`.
pub(super) fn measure<R: Read>(window: &mut Window<R>) -> Result<Measured, AudioError> {
    let format = AudioFormat::Mp4;
    let damaged = |what| AudioError::Damaged { format, what };
    let (mut moov, mut is_cut_short) = (None, false);
    while let Some(found) = next_box(window)? {
        is_cut_short |= found.content_bytes > window.declared_rest();
        match &found.kind {
            b"moov" => {
                moov = take_box(window, &found)?;
                break;
            }
            _ => _ = window.skip(found.content_bytes)?,
        }
    }
    let moov = moov.ok_or(AudioError::Truncated { format })?;
    let track = named(&moov, b"trak")
        .find(|track| handler_of(track) == Some(*b"soun"))
        .ok_or(damaged("it has no audio track"))?;
    let incomplete = damaged("the tables of its audio track are incomplete");
    let mut track_facts = read_track(track).ok_or(incomplete)??;
    if let Some(fragmented) = FragmentedTrack::of(&moov, track) {
        while let Some(found) = next_box(window)? {
            is_cut_short |= found.content_bytes > window.declared_rest();
            if &found.kind != b"moof" {
                window.skip(found.content_bytes)?;
            } else if let Some(fragment) = take_box(window, &found)? {
                track_facts.packets.add_fragment(&fragment, &fragmented);
            }
        }
    } else if let Some(behind) = next_box(window)? {
        // The sound, as most programs order the file.
        is_cut_short |= behind.content_bytes > window.declared_rest();
    }
    let n_samples = track_facts.n_samples();
    if n_samples == 0 {
        return Err(damaged("its audio track has no packet"));
    }
    let mut recording = Recording::default();
    recording.add(track_facts.format, n_samples);
    let warnings = if is_cut_short { vec![AudioWarning::EndsEarly] } else { vec![] };
    Ok(Measured { format, recording, warnings })
}

/// A box of the file itself, of which the header is passed.
struct FileBox {
    kind: [u8; 4],
    content_bytes: u64,
}

/// Passes the header of the next box; `None` at the end and where there is none.
fn next_box<R: Read>(window: &mut Window<R>) -> Result<Option<FileBox>, AudioError> {
    let Some([s0, s1, s2, s3, kind @ ..]) = window.peek_array::<8>()? else { return Ok(None) };
    let (header_bytes, box_bytes) = match u32::from_be_bytes([s0, s1, s2, s3]) {
        // The real size follows.
        1 => {
            let Some(wide) = window.peek_array::<16>()? else { return Ok(None) };
            let [.., a, b, c, d, e, f, g, h] = wide;
            (16, u64::from_be_bytes([a, b, c, d, e, f, g, h]))
        }
        // To the end of the file.
        0 => (8, window.declared_rest()),
        size => (8, u64::from(size)),
    };
    let Some(content_bytes) = box_bytes.checked_sub(header_bytes) else { return Ok(None) };
    window.skip(header_bytes)?;
    Ok(Some(FileBox { kind, content_bytes }))
}

/// The content of a box with tables; `None` where it is cut off or too large for any.
fn take_box<R: Read>(
    window: &mut Window<R>,
    found: &FileBox,
) -> Result<Option<Vec<u8>>, AudioError> {
    if found.content_bytes > MAX_TABLE_BYTES {
        window.skip(found.content_bytes)?;
        return Ok(None);
    }
    let content = window.take(found.content_bytes as usize)?;
    Ok(Some(content).filter(|content| content.len() as u64 == found.content_bytes))
}

fn handler_of(track: &[u8]) -> Option<[u8; 4]> {
    find(track, &[b"mdia", b"hdlr"])?.get(8..)?.first_chunk().copied()
}

/// What the tables say of an audio track.
struct Track {
    format: SampleFormat,
    packets: Packets,
    /// A packet of AAC or mp3 is decoded whole, even if the track says that it ends inside.
    has_whole_packets: bool,
    /// What the edit list takes off at the start.
    n_skipped: u64,
}

impl Track {
    fn n_samples(&self) -> u64 {
        self.packets.n_samples(self.has_whole_packets).saturating_sub(self.n_skipped)
    }
}

fn read_track(track: &[u8]) -> Option<Result<Track, AudioError>> {
    let table = find(track, &[b"mdia", b"minf", b"stbl"])?;
    let (codec, description) = boxes(find(table, &[b"stsd"])?.get(8..)?).next()?;
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
    let mut packets = Packets::default();
    packets.add_table(find(table, &[b"stts"])?)?;
    // For sound the clock of the track is its sample rate.
    let format = SampleFormat { sample_rate_hz: timescale_hz, n_channels };
    let n_skipped = start_of_edit(track).unwrap_or(0);
    Some(Ok(Track { format, packets, has_whole_packets, n_skipped }))
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
