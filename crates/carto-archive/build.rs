//! Writes the table of Shift-JIS that the library carries.
//!
//! `encoding_rs` itself brings the tables of all other encodings too, some 200 kB that
//! the page would load for a file name; its Shift-JIS alone takes 10 kB.

use std::io::Write;
use std::path::PathBuf;

use encoding_rs::SHIFT_JIS;
use flate2::Compression;
use flate2::write::DeflateEncoder;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    let table = deflate(&planes_of_differences(&code_points()))?;
    std::fs::write(folder.join("shift_jis.deflate"), table)?;
    Ok(())
}

/// The code point of every pair of a lead byte and a trail byte, 0 where it is none:
/// 60 lead bytes of 188 trail bytes each, in their order.
fn code_points() -> Vec<u16> {
    let leads = (0x81..=0x9f).chain(0xe0..=0xfc);
    let pairs = leads.flat_map(|lead| {
        let trails = (0x40..=0x7e).chain(0x80..=0xfc);
        trails.map(move |trail| [lead, trail])
    });
    pairs.map(|pair| code_point(pair).unwrap_or(0)).collect()
}

fn code_point(pair: [u8; 2]) -> Option<u16> {
    let text = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&pair)?;
    let mut letters = text.chars();
    let letter = letters.next().filter(|_| letters.next().is_none())?;
    u16::try_from(u32::from(letter)).ok()
}

/// Each value less the one before, all high bytes before all low ones: most letters
/// follow each other, so this packs to half the size.
fn planes_of_differences(values: &[u16]) -> Vec<u8> {
    let before = std::iter::once(&0).chain(values);
    let differences: Vec<_> =
        values.iter().zip(before).map(|(value, before)| value.wrapping_sub(*before)).collect();
    let byte = |place: usize| differences.iter().map(move |value| value.to_be_bytes()[place]);
    byte(0).chain(byte(1)).collect()
}

fn deflate(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}
