//! Names and numbers of sets and encodings.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

/// The number of a set: its archive's name without `.osz`, if that is a
/// number, else a hash of it.
///
/// # Source
///
/// `run_analysis.py:139` in osu-dreamer-cartography @ `7ec522b`. Python salts
/// `hash()` anew in every process; here the salt is 0, as with
/// `PYTHONHASHSEED=0` (quirk 7), so that ids are the same in every run.
pub(crate) fn set_id(archive_name: &str) -> i64 {
    let file_name = archive_name.rsplit('/').next().unwrap_or(archive_name);
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let is_number = !stem.is_empty() && stem.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && let Ok(number) = stem.parse() {
        return number;
    }
    python_hash(stem)
}

/// `hash(text)` of CPython 3 on 64-bit machines with a salt of 0.
fn python_hash(text: &str) -> i64 {
    if text.is_empty() {
        return 0;
    }
    // A Python string is stored with the narrowest of three widths that holds
    // its widest character, and its hash is taken over those bytes.
    let widest = text.chars().map(u32::from).max().unwrap_or(0);
    let mut hasher = SipHasher13::new();
    for code in text.chars().map(u32::from) {
        let bytes = code.to_le_bytes();
        let width = match widest {
            0..=0xff => 1,
            0x100..=0xffff => 2,
            _ => 4,
        };
        hasher.write(&bytes[..width]);
    }
    match hasher.finish() as i64 {
        // Python keeps -1 for errors.
        -1 => -2,
        hash => hash,
    }
}

/// The set's number in the registry: negative ones count as none (quirk 17).
pub(crate) fn registry_id(set_id: i64) -> i64 {
    set_id.max(0)
}

/// A difficulty's name in a file name: letters, digits, `-`, `_` and blanks
/// stay (quirk 21).
pub(crate) fn sanitised(version: &str) -> String {
    let safe: String = version
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | ' ') { c } else { '_' })
        .collect();
    safe.trim().to_owned()
}

/// How messages name a map: `1001.osz [Hard]`.
pub(crate) fn map_label(archive_name: &str, version: Option<&str>, path: &str) -> String {
    match version {
        Some(version) if !version.is_empty() => format!("{archive_name} [{version}]"),
        _ if path == archive_name => archive_name.to_owned(),
        _ => format!("{archive_name}, {path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_python_with_a_salt_of_zero() {
        assert_eq!(set_id("1001.osz"), 1001);
        assert_eq!(set_id("folder/00012.osz"), 12);
        // `PYTHONHASHSEED=0 python3 -c "print(hash('mapset-ten'))"`
        assert_eq!(set_id("mapset-ten.osz"), -928_148_009_957_620_114);
        assert_eq!(set_id("é.osz"), python_hash("é"));
    }

    #[test]
    fn a_version_keeps_its_letters_in_any_script() {
        assert_eq!(sanitised(" Kaze's [Extra]/2 "), "Kaze_s _Extra__2");
        assert_eq!(sanitised("激しい"), "激しい");
    }
}
