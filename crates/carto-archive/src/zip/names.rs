//! Names of entries, as Python's `zipfile` decodes and extracts them.

/// Bit 11 of the general purpose flags: the name is UTF-8.
pub(super) const FLAG_UTF8: u16 = 0x800;

/// Code page 437 above ASCII, which is what zip means when it says nothing.
const CP437_HIGH: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// Decodes a name as Python does: UTF-8 where flag bit 11 says so, otherwise
/// code page 437; cut at the first NUL.
///
/// Python refuses the whole archive where a name flagged as UTF-8 is not; we
/// replace the bad bytes and go on.
///
/// # Source
///
/// `_RealGetContents` and `ZipInfo.__init__` in CPython 3.11 `Lib/zipfile.py`.
pub(super) fn decode_name(raw: &[u8], flags: u16) -> String {
    let raw = raw.split(|&byte| byte == 0).next().unwrap_or_default();
    if flags & FLAG_UTF8 != 0 || raw.is_ascii() {
        return String::from_utf8_lossy(raw).into_owned();
    }
    let high: Vec<char> = CP437_HIGH.chars().collect();
    let letter = |&byte: &u8| match usize::from(byte).checked_sub(128) {
        Some(idx) => high.get(idx).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
        None => char::from(byte),
    };
    raw.iter().map(letter).collect()
}

/// The path, relative to the target folder, that Python's `ZipFile.extract`
/// writes an entry to on Linux: empty, `.` and `..` components are dropped, so
/// that `../../x` becomes `x`. A backslash is a letter like any other.
///
/// # Source
///
/// `ZipFile._extract_member` in CPython 3.11 `Lib/zipfile.py`.
pub(super) fn extracted_path(name: &str) -> String {
    let parts = name.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}

/// Whether an entry is a `.osu`, and not what macOS writes beside one of the same
/// name.
#[must_use]
pub fn is_map(entry_name: &str) -> bool {
    let file = entry_name.rsplit('/').next().unwrap_or(entry_name);
    file.to_ascii_lowercase().ends_with(".osu") && !file.starts_with("._")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cp437_has_a_letter_for_every_byte() {
        assert_eq!(CP437_HIGH.chars().count(), 128);
        assert_eq!(decode_name(&[0x8c, 0xa9, 0x96, b'{'], 0), "î⌐û{");
        assert_eq!(decode_name(&[0xff], 0), "\u{a0}");
    }

    #[test]
    fn flag_11_means_utf8() {
        assert_eq!(decode_name("夜.osu".as_bytes(), FLAG_UTF8), "夜.osu");
        assert_eq!(decode_name("é".as_bytes(), 0), "├⌐");
        assert_eq!(decode_name(&[b'a', 0xff], FLAG_UTF8), "a\u{fffd}");
    }

    #[test]
    fn a_name_ends_at_its_first_nul() {
        assert_eq!(decode_name(b"a.osu\0.exe", 0), "a.osu");
    }

    #[test]
    fn extraction_never_leaves_the_folder() {
        assert_eq!(extracted_path("../../x"), "x");
        assert_eq!(extracted_path("/a//b/./c"), "a/b/c");
        assert_eq!(extracted_path(".."), "");
        assert_eq!(extracted_path("..\\x"), "..\\x");
    }
}
