//! Names of entries: how they are decoded, extracted and recognised.

use super::rules::ZipRules;
use super::shift_jis;

/// Bit 11 of the general purpose flags: the name is UTF-8.
pub(super) const FLAG_UTF8: u16 = 0x800;

/// Code page 437 above ASCII, which is what zip means when it says nothing.
const CP437_HIGH: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// What the directory holds of one name.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawName<'a> {
    /// As it stands there.
    pub(super) bytes: &'a [u8],
    /// General purpose flags.
    pub(super) flags: u16,
    /// The name in the Unicode extra field, if it was made for these bytes.
    pub(super) unicode: Option<&'a [u8]>,
}

impl RawName<'_> {
    /// Decodes the name; whatever encoding, it is cut at the first NUL.
    ///
    /// By Python's rules it is UTF-8 where flag bit 11 says so, otherwise code page 437.
    /// Python refuses the whole archive where a name flagged as UTF-8 is not; we
    /// replace the bad bytes and go on.
    ///
    /// # Source
    ///
    /// `_RealGetContents` and `ZipInfo.__init__` in CPython 3.11 `Lib/zipfile.py`.
    /// osu!lazer takes UTF-8, then Shift-JIS (`ZipArchiveReader` in ppy/osu); its
    /// library never gets to code page 437, which is what zip means otherwise.
    pub(super) fn decode(self, rules: ZipRules) -> String {
        let raw = up_to_nul(self.bytes);
        if raw.is_ascii() && (rules == ZipRules::Python || self.unicode.is_none()) {
            return String::from_utf8_lossy(raw).into_owned();
        }
        match rules {
            ZipRules::Python if self.flags & FLAG_UTF8 != 0 => {
                String::from_utf8_lossy(raw).into_owned()
            }
            ZipRules::Python => decode_cp437(raw),
            ZipRules::Osu => {
                let unicode = self.unicode.map(up_to_nul).filter(|name| !name.is_empty());
                let utf8 = |raw: &[u8]| std::str::from_utf8(raw).map(str::to_owned).ok();
                unicode
                    .and_then(utf8)
                    .or_else(|| utf8(raw))
                    .or_else(|| shift_jis::decode(raw))
                    .unwrap_or_else(|| decode_cp437(raw))
            }
        }
    }
}

fn up_to_nul(raw: &[u8]) -> &[u8] {
    raw.split(|&byte| byte == 0).next().unwrap_or_default()
}

fn decode_cp437(raw: &[u8]) -> String {
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
#[must_use]
pub fn extracted_path(name: &str) -> String {
    let parts = name.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}

/// Whether an entry is a `.osu`, and not what macOS writes beside one of the same
/// name.
#[must_use]
pub fn is_map(entry_name: &str) -> bool {
    entry_name.to_ascii_lowercase().ends_with(".osu") && !is_resource_fork(entry_name)
}

/// Whether an entry is what macOS puts beside a file (AppleDouble): `._name` in the
/// same folder, or anything below `__MACOSX`.
#[must_use]
pub fn is_resource_fork(entry_name: &str) -> bool {
    let mut parts = entry_name.split('/').rev();
    parts.next().is_some_and(|file| file.starts_with("._")) || parts.any(|part| part == "__MACOSX")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8], flags: u16, unicode: Option<&[u8]>) -> [String; 2] {
        let name = RawName { bytes, flags, unicode };
        [ZipRules::Python, ZipRules::Osu].map(|rules| name.decode(rules))
    }

    #[test]
    fn cp437_has_a_letter_for_every_byte() {
        assert_eq!(CP437_HIGH.chars().count(), 128);
        assert_eq!(decode_cp437(&[0x8c, 0xa9, 0x96, b'{']), "î⌐û{");
        assert_eq!(decode_cp437(&[0xff]), "\u{a0}");
    }

    #[test]
    fn flag_11_means_utf8() {
        assert_eq!(decode("夜.osu".as_bytes(), FLAG_UTF8, None), ["夜.osu", "夜.osu"]);
        assert_eq!(decode(&[b'a', 0xff], FLAG_UTF8, None), ["a\u{fffd}", "a\u{a0}"]);
    }

    #[test]
    fn without_the_flag_osu_takes_utf8_then_shift_jis_then_cp437() {
        assert_eq!(decode("é".as_bytes(), 0, None), ["├⌐", "é"]);
        assert_eq!(decode(&[0x96, 0xe9, b'.'], 0, None), ["ûΘ.", "夜."]);
        // A lead byte without its trail byte is neither.
        assert_eq!(decode(&[b'a', 0x96], 0, None), ["aû", "aû"]);
    }

    #[test]
    fn the_unicode_extra_field_comes_first_where_it_is_utf8() {
        let unicode = Some("夜.osu".as_bytes());
        assert_eq!(decode(b"_.osu", 0, unicode), ["_.osu", "夜.osu"]);
        assert_eq!(decode(b"_.osu", 0, Some(&[0xff])), ["_.osu", "_.osu"]);
        assert_eq!(decode(b"_.osu", 0, Some(&[])), ["_.osu", "_.osu"]);
    }

    #[test]
    fn a_name_ends_at_its_first_nul() {
        assert_eq!(decode(b"a.osu\0.exe", 0, None), ["a.osu", "a.osu"]);
    }

    #[test]
    fn what_macos_adds_is_no_map() {
        for name in ["a.osu", "sub/A.OSU", "x._a.osu", "._folder/a.osu"] {
            assert!(is_map(name), "{name}");
        }
        for name in ["._a.osu", "sub/._A.OSU", "__MACOSX/a.osu", "x/__MACOSX/b/a.osu", "a.osb"] {
            assert!(!is_map(name), "{name}");
        }
        assert!(is_resource_fork("._audio.mp3") && !is_resource_fork("__MACOSX"));
    }

    #[test]
    fn extraction_never_leaves_the_folder() {
        assert_eq!(extracted_path("../../x"), "x");
        assert_eq!(extracted_path("/a//b/./c"), "a/b/c");
        assert_eq!(extracted_path(".."), "");
        assert_eq!(extracted_path("..\\x"), "..\\x");
    }
}
