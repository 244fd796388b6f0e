//! Which bytes of an archive a step will read, for those who fetch ranges before they are
//! asked for. What is said here decides nothing but speed.

use std::io::{Read, Seek};
use std::ops::Range;

use carto_archive::{Archive, ZipRules, is_map};
use carto_types::{Mode, SongPlan};

use crate::scan::limits;

/// Bytes at the end of an archive among which its directory is, with few exceptions.
pub const DIRECTORY_BYTES: u64 = 64 << 10;

/// Of one archive so much at most: with several archives of several songs at a time, more
/// would fill the memory. What is above is read when its turn comes.
const MAX_BYTES: u64 = 2 << 20;

/// Formats whose length is in their headers; the others are walked to their end.
const SHORT_ENDS: [&str; 4] = [".wav", ".flac", ".m4a", ".mp4"];

/// Enough for the headers of a format in [`SHORT_ENDS`].
const HEADER_BYTES: u64 = 64 << 10;

/// Ranges of an archive that [`crate::scan`] reads: its `.osu` entries. None where it is no
/// archive.
pub fn scan_ranges(archive: impl Read + Seek, name: &str, mode: Mode) -> Vec<Range<u64>> {
    let archive = Archive::open(archive, name, ZipRules::from(mode), &limits());
    let Ok(archive) = archive else { return Vec::new() };
    let spans = archive.entries().iter().zip(archive.spans());
    within_bounds(spans.filter(|(entry, _)| is_map(&entry.name)).map(|(_, span)| span))
}

/// Ranges of an archive that [`crate::compare_song`] reads: the maps of the plan, and the audio of
/// those that stand for their mappers. None where it is no archive.
///
/// - `slot`: place of the archive in [`SongPlan::archives`]
pub fn song_ranges(
    archive: impl Read + Seek,
    song: &SongPlan,
    slot: usize,
    mode: Mode,
) -> Vec<Range<u64>> {
    let Some(archive_idx) = song.archives.get(slot) else { return Vec::new() };
    let archive = Archive::open(archive, &song.title, ZipRules::from(mode), &limits());
    let Ok(archive) = archive else { return Vec::new() };
    let spans = archive.spans();
    let maps = || song.maps.iter().filter(|map| map.archive_idx == *archive_idx);
    let all_maps = song.all_maps().filter(|map| map.archive_idx == *archive_idx);
    let texts = all_maps.filter_map(|map| spans.get(map.entry_idx as usize).cloned());
    let mut audio: Vec<u32> = maps().filter_map(|map| map.audio_idx).collect();
    audio.dedup();
    let music = audio.into_iter().filter_map(|idx| {
        let (entry, span) = (archive.entries().get(idx as usize)?, spans.get(idx as usize)?);
        let name = entry.name.to_lowercase();
        let is_short = SHORT_ENDS.iter().any(|end| name.ends_with(end));
        let end = if is_short { span.end.min(span.start + HEADER_BYTES) } else { span.end };
        Some(span.start..end)
    });
    within_bounds(texts.chain(music))
}

/// As much of the ranges, from the first on, as is within the bound together.
fn within_bounds(ranges: impl Iterator<Item = Range<u64>>) -> Vec<Range<u64>> {
    let mut n_left = MAX_BYTES;
    let cut = |range: Range<u64>| {
        let end = range.end.min(range.start.saturating_add(n_left));
        n_left = n_left.saturating_sub(end.saturating_sub(range.start));
        range.start..end
    };
    ranges.map(cut).filter(|range| !range.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use carto_archive::write_archive;
    use carto_types::PlannedMap;

    use super::*;

    fn archive() -> Vec<u8> {
        // Bytes that do not deflate.
        let mut state = 1_u32;
        let mut noise = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let mut entry =
            |name: &str, n_bytes: usize| (name.to_owned(), (0..n_bytes).map(|_| noise()).collect());
        let files = [
            entry("bg.jpg", 100_000),
            entry("a.osu", 2_000),
            entry("audio.mp3", 300_000),
            entry("b.osu", 3_000),
            entry("long.flac", 400_000),
        ];
        write_archive(&files).unwrap_or_default()
    }

    fn lengths(ranges: &[Range<u64>]) -> Vec<u64> {
        // Headers and names are a hundred bytes at most.
        ranges.iter().map(|range| (range.end - range.start) / 1000).collect()
    }

    fn planned(entry_idx: u32, audio_idx: u32) -> PlannedMap {
        PlannedMap {
            archive_idx: 9,
            map_idx: 0,
            label: String::new(),
            entry_idx,
            audio_idx: Some(audio_idx),
            is_bare: false,
            refusal: None,
            creator: String::new(),
            mapper: 0,
            owner: None,
            star_rating: None,
            version: String::new(),
            file_name: String::new(),
        }
    }

    #[test]
    fn a_scan_reads_maps_alone() {
        assert_eq!(lengths(&scan_ranges(Cursor::new(archive()), "a.osz", Mode::Osu)), [2, 3]);
        assert_eq!(scan_ranges(Cursor::new(b"no archive"), "a.osz", Mode::Published), []);
    }

    #[test]
    fn of_a_large_archive_the_first_ranges_alone_are_read_ahead() {
        let ranges = [5..MAX_BYTES, MAX_BYTES + 10..2 * MAX_BYTES, 3 * MAX_BYTES..4 * MAX_BYTES];
        let wanted = within_bounds(ranges.into_iter());
        assert_eq!(wanted, [5..MAX_BYTES, MAX_BYTES + 10..MAX_BYTES + 15]);
    }

    #[test]
    fn a_comparison_reads_the_maps_of_its_plan_and_as_much_of_their_audio_as_it_needs() {
        let song = SongPlan {
            song_idx: 0,
            title: "tide".to_owned(),
            artist: String::new(),
            archives: vec![3, 9],
            maps: vec![planned(1, 2), planned(3, 2), planned(3, 4)],
            pairs: Vec::new(),
            evidence: None,
        };
        let ranges = |slot| lengths(&song_ranges(Cursor::new(archive()), &song, slot, Mode::Osu));
        assert_eq!(ranges(1), [2, 3, 3, 300, 65]);
        assert_eq!(ranges(0), [0; 0]);
        assert_eq!(ranges(2), [0; 0]);
    }
}
