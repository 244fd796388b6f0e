//! The central directory: the list of entries.

use flate2::Crc;

use super::end_record::DirectoryPlace;
use super::entry::Entry;
use super::error::DirectoryFault;
use super::fields::Fields;
use super::names::RawName;
use super::rules::ZipRules;

const ENTRY_SIGNATURE: [u8; 4] = *b"PK\x01\x02";
/// Tag of the extra field with the sizes that do not fit 32 bits.
const EXTRA_ZIP64: u16 = 1;
/// Tag of Info-ZIP's extra field with the name in UTF-8: a version, the sum of the plain
/// name, the name.
const EXTRA_UNICODE_NAME: u16 = 0x7075;
const UNICODE_NAME_VERSION: u8 = 1;

/// Reads all entries, in the order of the directory, which is the order of
/// Python's `ZipFile.namelist`; two entries of one name are both listed.
///
/// # Errors
///
/// [`DirectoryFault`] for a record that is none or is cut off, and above
/// `max_entries`.
pub(super) fn read_entries(
    directory: &[u8],
    place: DirectoryPlace,
    rules: ZipRules,
    max_entries: usize,
) -> Result<Vec<Entry>, DirectoryFault> {
    let mut entries = Vec::new();
    let mut fields = Fields(directory);
    while !fields.0.is_empty() {
        let index = entries.len();
        if index == max_entries {
            return Err(DirectoryFault::TooManyEntries { limit: max_entries });
        }
        if fields.0.len() >= ENTRY_SIGNATURE.len() && !fields.0.starts_with(&ENTRY_SIGNATURE) {
            return Err(DirectoryFault::BadSignature { index });
        }
        let entry = read_entry(&mut fields, index, place.shift, rules);
        entries.push(entry.ok_or(DirectoryFault::CutShort { index })?);
    }
    Ok(entries)
}

/// `None` where the record is cut off.
fn read_entry(fields: &mut Fields<'_>, index: usize, shift: i64, rules: ZipRules) -> Option<Entry> {
    // Signature, version made by, version needed.
    fields.bytes(8)?;
    let flags = fields.u16()?;
    let method = fields.u16()?;
    // Time and date.
    fields.bytes(4)?;
    let crc32 = fields.u32()?;
    let compressed_size = fields.u32()?;
    let size = fields.u32()?;
    let name_len = usize::from(fields.u16()?);
    let extra_len = usize::from(fields.u16()?);
    let comment_len = usize::from(fields.u16()?);
    // Volume, internal and external attributes.
    fields.bytes(8)?;
    let offset = fields.u32()?;
    // Python takes what is there of these three, and so do we.
    let name = fields.up_to(name_len);
    let extra = fields.up_to(extra_len);
    fields.up_to(comment_len);
    let name = RawName { bytes: name, flags, unicode: unicode_name(extra, name) }.decode(rules);
    let mut wide = Fields(extra_field(extra, EXTRA_ZIP64).unwrap_or_default());

    // Each 32-bit field that is full has its value in the extra field, in this
    // order. Where that is missing the full value stays: the size limits and
    // the local header then say what is wrong.
    let mut widen = |value: u32| match value {
        u32::MAX => wide.u64().unwrap_or(u64::from(value)),
        _ => u64::from(value),
    };
    let size_bytes = widen(size);
    let compressed_size_bytes = widen(compressed_size);
    // An offset before the start of the source is past its end too, and reading
    // the entry reports it.
    let header_offset = widen(offset).checked_add_signed(shift).unwrap_or(u64::MAX);
    Some(Entry {
        index,
        name,
        size_bytes,
        compressed_size_bytes,
        method,
        flags,
        crc32,
        header_offset,
    })
}

/// Content of the first extra field with this tag.
fn extra_field(extra: &[u8], wanted: u16) -> Option<&[u8]> {
    let mut extra = Fields(extra);
    while let (Some(tag), Some(n_bytes)) = (extra.u16(), extra.u16()) {
        let content = extra.bytes(usize::from(n_bytes))?;
        if tag == wanted {
            return Some(content);
        }
    }
    None
}

/// The name in the Unicode extra field, where its sum says that it belongs to `name`:
/// a program that renames an entry without knowing the field leaves the old one there.
fn unicode_name<'a>(extra: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let mut fields = Fields(extra_field(extra, EXTRA_UNICODE_NAME)?);
    let version = *fields.bytes(1)?.first()?;
    let mut checksum = Crc::new();
    checksum.update(name);
    let is_of_name = fields.u32()? == checksum.sum();
    (version == UNICODE_NAME_VERSION && is_of_name).then_some(fields.0)
}
