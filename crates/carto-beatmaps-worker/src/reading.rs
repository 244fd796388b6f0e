//! Features of the maps of several sources, whose files are read at once.

use std::io;

use carto_features::{MapSource, read_maps};
use carto_port::serve::{FileSource, ReadsAhead, open_one};
use carto_types::{MapsRead, Mods, SourceFiles, SourceKind, files_of_slot};
use web_sys::File;

/// Bytes of a single map that are read before anyone asks for them: nearly all maps have
/// fewer. What is longer is read on from there.
const READ_AHEAD_LEN: u64 = 1 << 20;

/// Reads the maps of all sources, in their order.
///
/// A browser takes milliseconds to begin any read, which for a single map is as long as its
/// features take: the reads of all single maps begin before the first is waited for.
///
/// - `files`: of all sources, one source after the other
pub(crate) async fn read(sources: &[SourceFiles], files: &[File]) -> Vec<MapsRead> {
    let begun = sources.iter().enumerate().map(|(slot, source)| {
        let start = files_of_slot(sources, slot).start;
        (source.kind == SourceKind::BareMap).then(|| begin_reading(files, start))
    });
    let begun: Vec<_> = begun.collect();
    let mut read = Vec::new();
    for (slot, (source, begun)) in sources.iter().zip(begun).enumerate() {
        let start = files_of_slot(sources, slot).start;
        let map_source = match begun {
            Some(begun) => MapSource::of_file(source.kind, end_reading(begun).await),
            None => MapSource::new(source, |idx| open_one(files, start + idx)),
        };
        read.push(read_maps(map_source, &source.path, Mods::ALL));
    }
    read
}

fn begin_reading(files: &[File], idx: usize) -> io::Result<(FileSource, ReadsAhead)> {
    let file = open_one(files, idx)?;
    let reads = file.begin_reading(std::iter::once(0..READ_AHEAD_LEN));
    Ok((file, reads))
}

async fn end_reading(begun: io::Result<(FileSource, ReadsAhead)>) -> io::Result<FileSource> {
    let (mut file, reads) = begun?;
    file.end_reading(reads).await;
    Ok(file)
}
