//! The central directory: the list of entries.

use super::end_record::DirectoryPlace;
use super::entry::Entry;
use super::error::DirectoryFault;
use super::fields::Fields;
use super::names::decode_name;

const ENTRY_SIGNATURE: [u8; 4] = *b"PK\x01\x02";
/// Tag of the extra field with the sizes that do not fit 32 bits.
const EXTRA_ZIP64: u16 = 1;

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
        let entry = read_entry(&mut fields, index, place.shift);
        entries.push(entry.ok_or(DirectoryFault::CutShort { index })?);
    }
    Ok(entries)
}

/// `None` where the record is cut off.
fn read_entry(fields: &mut Fields<'_>, index: usize, shift: i64) -> Option<Entry> {
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
    let name = decode_name(fields.up_to(name_len), flags);
    let mut wide = wide_sizes(fields.up_to(extra_len));
    fields.up_to(comment_len);

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

/// Content of the zip64 extra field; empty where there is none.
fn wide_sizes(extra: &[u8]) -> Fields<'_> {
    let mut extra = Fields(extra);
    while let (Some(tag), Some(n_bytes)) = (extra.u16(), extra.u16()) {
        let Some(content) = extra.bytes(usize::from(n_bytes)) else { break };
        if tag == EXTRA_ZIP64 {
            return Fields(content);
        }
    }
    Fields(&[])
}
