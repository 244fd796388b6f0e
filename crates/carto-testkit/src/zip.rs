//! Zip files with whatever oddity a test needs.

use flate2::Crc;

/// One file in a zip, as its header says it.
#[derive(Debug, Clone, Copy, Default)]
pub struct RawEntry<'a> {
    /// The name in any encoding.
    pub name: &'a [u8],
    /// General purpose flags: 0x800 says that the name is UTF-8.
    pub flags: u16,
    /// Extra fields, as they stand in the directory.
    pub extra: &'a [u8],
    /// What is in it.
    pub content: &'a [u8],
}

/// A zip file of stored entries, with a comment at its end.
///
/// # Panics
///
/// For what does not fit a zip without extensions.
#[must_use]
pub fn stored_zip(entries: &[RawEntry<'_>], comment: &[u8]) -> Vec<u8> {
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let offset = len32(&zip);
        zip.extend(b"PK\x03\x04");
        zip.extend(shared_fields(entry));
        zip.extend(0_u16.to_le_bytes());
        zip.extend(entry.name);
        zip.extend(entry.content);

        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(shared_fields(entry));
        directory.extend(len16(entry.extra));
        // No comment, first volume, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset);
        directory.extend(entry.name);
        directory.extend(entry.extra);
    }
    let (offset, n_bytes) = (len32(&zip), len32(&directory));
    let n_entries = u16::try_from(entries.len()).unwrap().to_le_bytes();
    zip.extend(directory);
    zip.extend(b"PK\x05\x06\0\0\0\0");
    zip.extend([n_entries, n_entries].concat());
    zip.extend([n_bytes, offset].concat());
    zip.extend(len16(comment));
    zip.extend(comment);
    zip
}

/// What both headers have in common, up to the length of the name.
fn shared_fields(entry: &RawEntry<'_>) -> Vec<u8> {
    let mut checksum = Crc::new();
    checksum.update(entry.content);
    let size = len32(entry.content);
    // Version 2.0; stored; no time, first of January 1980.
    let words = [20, entry.flags, 0, 0, 0x21].map(u16::to_le_bytes).concat();
    [&words[..], &checksum.sum().to_le_bytes(), &size, &size, &len16(entry.name)].concat()
}

/// The extra field of Info-ZIP with a name in UTF-8, made for a plain name.
#[must_use]
pub fn unicode_name_field(plain: &[u8], unicode: &str) -> Vec<u8> {
    let mut checksum = Crc::new();
    checksum.update(plain);
    let content = [&[1][..], &checksum.sum().to_le_bytes(), unicode.as_bytes()].concat();
    [&0x7075_u16.to_le_bytes()[..], &len16(&content), &content].concat()
}

fn len16(bytes: &[u8]) -> [u8; 2] {
    u16::try_from(bytes.len()).unwrap().to_le_bytes()
}

fn len32(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len()).unwrap().to_le_bytes()
}
