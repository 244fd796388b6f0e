use std::fmt;

use md5::{Digest, Md5};

/// The MD5 sum of the bytes of a `.osu`: the name by which osu! knows a map.
///
/// It changes with every edit of the file; it names a map and protects nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Md5Sum([u8; 16]);

impl Md5Sum {
    /// The sum of a file's bytes, as they lie on disk.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Md5::digest(bytes).into())
    }

    /// The sum of a file's bytes with every line ended by CRLF, as the site and
    /// the game write it. Programs that fetch a `.osu` as text often leave LF.
    #[must_use]
    pub fn with_crlf(bytes: &[u8]) -> Self {
        let mut digest = Md5::new();
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            match line.strip_suffix(b"\n") {
                Some(text) => {
                    digest.update(text.strip_suffix(b"\r").unwrap_or(text));
                    digest.update(b"\r\n");
                }
                None => digest.update(line),
            }
        }
        Self(digest.finalize().into())
    }

    /// Reads 32 hexadecimal digits in any case; `None` of any other text.
    #[must_use]
    pub fn of_hex(text: &str) -> Option<Self> {
        let is_sum = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let sum = u128::from_str_radix(text, 16).ok().filter(|_| is_sum)?;
        Some(Self(sum.to_be_bytes()))
    }

    /// Whether a file is the one of this sum, line ends apart.
    #[must_use]
    pub fn is_of(self, bytes: &[u8]) -> bool {
        self == Self::of(bytes) || self == Self::with_crlf(bytes)
    }
}

impl fmt::Display for Md5Sum {
    /// 32 hexadecimal digits in lower case.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_sum_whatever_its_line_ends() {
        let sum = Md5Sum::of(b"a\r\n\r\nb");
        for text in ["a\r\n\r\nb", "a\n\nb", "a\r\n\nb"] {
            assert!(sum.is_of(text.as_bytes()), "{text:?}");
        }
        assert!(!sum.is_of(b"a\r\rb") && !sum.is_of(b"a\n\nb\n"));
        assert_eq!(Md5Sum::with_crlf(b"\n"), Md5Sum::of(b"\r\n"));
        assert_eq!(Md5Sum::with_crlf(b""), Md5Sum::of(b""));
    }

    #[test]
    fn a_sum_is_what_rfc_1321_says_and_reads_back() {
        // The test suite at the end of that document.
        for (text, expected) in
            [("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72")]
        {
            let sum = Md5Sum::of(text.as_bytes());
            assert_eq!(sum.to_string(), expected);
            assert_eq!(Md5Sum::of_hex(&expected.to_uppercase()), Some(sum));
        }
        for text in [
            "",
            "d41d",
            "d41d8cd98f00b204e9800998ecf8427x",
            "+41d8cd98f00b204e9800998ecf8427e",
            "ü41d8cd98f00b204e9800998ecf8427",
        ] {
            assert_eq!(Md5Sum::of_hex(text), None, "{text}");
        }
    }
}
