//! Makes an `.osz` in memory.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::error::ArchiveError;
use super::names::FLAG_UTF8;

/// Version 2.0: deflate.
const VERSION: u16 = 20;
const METHOD_DEFLATED: u16 = 8;
/// 1980-01-01 00:00, the first moment zip knows: the same files give the same
/// bytes on every day.
const DOS_TIME: u16 = 0;
const DOS_DATE: u16 = (1 << 5) | 1;

/// Packs `(name, content)` files in the given order, deflated, names in UTF-8.
///
/// The same files give the same bytes, always.
///
/// # Errors
///
/// [`ArchiveError::TooLargeToWrite`] above 65,535 files, for names above 65,535
/// bytes, and where files or archive pass 4 GiB: we write no zip64.
pub fn write_archive(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, ArchiveError> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in files {
        let offset = fit32(name, archive.len())?;
        let packed = deflate(name, content)?;
        let shared = shared_fields(name, content, &packed)?;

        archive.extend(b"PK\x03\x04");
        archive.extend(&shared);
        archive.extend(name.as_bytes());
        archive.extend(&packed);

        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&shared);
        // No comment, first volume, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let n_files = fit16("the archive", files.len())?.to_le_bytes();
    let directory_bytes = fit32("the archive", directory.len())?.to_le_bytes();
    let directory_offset = fit32("the archive", archive.len())?.to_le_bytes();
    archive.extend(&directory);
    archive.extend(b"PK\x05\x06");
    // This volume and the one with the directory; then the counts in both.
    archive.extend([0; 4]);
    archive.extend([n_files, n_files].concat());
    archive.extend([directory_bytes, directory_offset].concat());
    // No comment.
    archive.extend([0; 2]);
    Ok(archive)
}

/// What the local header and the directory have in common, from the version
/// that is needed to the length of the extra field.
fn shared_fields(name: &str, content: &[u8], packed: &[u8]) -> Result<Vec<u8>, ArchiveError> {
    let words = [VERSION, FLAG_UTF8, METHOD_DEFLATED, DOS_TIME, DOS_DATE];
    let sizes = [crc32(content), fit32(name, packed.len())?, fit32(name, content.len())?];
    let lengths = [fit16(name, name.len())?, 0];

    let mut fields: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    fields.extend(sizes.iter().flat_map(|size| size.to_le_bytes()));
    fields.extend(lengths.iter().flat_map(|length| length.to_le_bytes()));
    Ok(fields)
}

/// CRC-32 as in zip and PNG: finds every change of one letter of a link, since that is a
/// burst of at most 6 bits.
///
/// Not that of a crate: its tables are 16 kB which nothing compresses, in programs that
/// write archives and links and read neither.
#[must_use]
pub fn crc32(bytes: &[u8]) -> u32 {
    // The polynomial of ISO 3309, its bits reversed.
    const POLYNOMIAL: u32 = 0xedb8_8320;
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ POLYNOMIAL } else { crc >> 1 };
    let next = |crc: u32, &byte: &u8| (0..8).fold(crc ^ u32::from(byte), step);
    !bytes.iter().fold(u32::MAX, next)
}

fn deflate(name: &str, content: &[u8]) -> Result<Vec<u8>, ArchiveError> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    let packed = encoder.write_all(content).and_then(|()| encoder.finish());
    packed.map_err(|error| ArchiveError::Io { archive: name.to_owned(), error })
}

fn fit32(entry: &str, size_bytes: usize) -> Result<u32, ArchiveError> {
    let too_large = |_| ArchiveError::TooLargeToWrite { entry: entry.to_owned(), size_bytes };
    u32::try_from(size_bytes).map_err(too_large)
}

fn fit16(entry: &str, size_bytes: usize) -> Result<u16, ArchiveError> {
    let too_large = |_| ArchiveError::TooLargeToWrite { entry: entry.to_owned(), size_bytes };
    u16::try_from(size_bytes).map_err(too_large)
}
