//! Text in Shift-JIS, as Windows has it (code page 932).

use std::io::Read;
use std::sync::LazyLock;

use flate2::read::DeflateDecoder;

/// Trail bytes of one lead byte.
const N_TRAILS: usize = 188;
/// Pairs of a lead byte and a trail byte.
const N_PAIRS: usize = 60 * N_TRAILS;
/// Half-width katakana stand for themselves, from this byte and this code point on.
const KATAKANA_BYTES: std::ops::RangeInclusive<u8> = 0xa1..=0xdf;
const FIRST_KATAKANA: u32 = 0xff61;

/// `build.rs` writes it: the differences of the code points of all pairs, high bytes first.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/shift_jis.deflate"));

/// Code points of all pairs, 0 where a pair is none; empty where the table cannot be
/// unpacked, so that nothing is Shift-JIS then.
static PAIRS: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut planes = Vec::new();
    let unpacked = DeflateDecoder::new(PACKED).read_to_end(&mut planes);
    if unpacked.is_err() || planes.len() != 2 * N_PAIRS {
        return Vec::new();
    }
    let (high, low) = planes.split_at(N_PAIRS);
    let differences = high.iter().zip(low).map(|(&high, &low)| u16::from_be_bytes([high, low]));
    let sum = |last: &mut u16, difference: u16| {
        *last = last.wrapping_add(difference);
        Some(*last)
    };
    differences.scan(0, sum).collect()
});

/// Decodes a text; `None` where some of it is no Shift-JIS.
///
/// # Source
///
/// The WHATWG's Encoding Standard, as `encoding_rs` implements it, which is Microsoft's
/// code page 932: a test holds both against each other.
pub(super) fn decode(raw: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(raw.len() * 2);
    let mut bytes = raw.iter().copied();
    while let Some(lead) = bytes.next() {
        let code_point = match lead {
            0..=0x80 => u32::from(lead),
            lead if KATAKANA_BYTES.contains(&lead) => {
                u32::from(lead - KATAKANA_BYTES.start()) + FIRST_KATAKANA
            }
            lead => {
                let &pair = PAIRS.get(pair_index(lead, bytes.next()?)?)?;
                u32::from(Some(pair).filter(|&pair| pair != 0)?)
            }
        };
        text.push(char::from_u32(code_point)?);
    }
    Some(text)
}

fn pair_index(lead: u8, trail: u8) -> Option<usize> {
    let lead = match lead {
        0x81..=0x9f => lead - 0x81,
        0xe0..=0xfc => lead - 0xe0 + 31,
        _ => return None,
    };
    let trail = match trail {
        0x40..=0x7e => trail - 0x40,
        0x80..=0xfc => trail - 0x80 + 63,
        _ => return None,
    };
    Some(usize::from(lead) * N_TRAILS + usize::from(trail))
}

#[cfg(test)]
mod tests {
    use encoding_rs::SHIFT_JIS;
    use proptest::prelude::*;

    use super::*;

    fn oracle(raw: &[u8]) -> Option<String> {
        let text = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(raw)?;
        Some(text.into_owned())
    }

    #[test]
    fn every_byte_and_every_pair_is_what_encoding_rs_makes_of_it() {
        for first in 0..=u8::MAX {
            assert_eq!(decode(&[first]), oracle(&[first]), "{first:02x}");
            for second in 0..=u8::MAX {
                let pair = [first, second];
                assert_eq!(decode(&pair), oracle(&pair), "{pair:02x?}");
            }
        }
        assert_eq!(decode(&[0x96, 0xe9, 0x82, 0xcc, b'.']).as_deref(), Some("夜の."));
    }

    proptest! {
        #[test]
        fn a_text_comes_back(text in "[ -~あ-んァ-ヶ一-丗ｱ-ﾝ]{0,40}") {
            let (raw, _, has_unmappable) = SHIFT_JIS.encode(&text);
            prop_assume!(!has_unmappable);
            prop_assert_eq!(decode(&raw), oracle(&raw));
        }

        #[test]
        fn no_bytes_panic(raw: Vec<u8>) {
            prop_assert_eq!(decode(&raw), oracle(&raw));
        }
    }
}
