//! NumPy's array files, as far as this command needs them: float32 in two
//! dimensions and C order.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use anyhow::{Result, bail, ensure};

const MAGIC: &[u8] = b"\x93NUMPY";

/// A longer header than this is no header: NumPy's have 118 bytes.
const MAX_HEADER_BYTES: u64 = 4096;

/// Reads `[n_rows, columns]`; returns the columns and the values.
///
/// # Errors
///
/// What is wrong with the file, in words that do not name it; nothing is
/// allocated beyond `max_columns`.
pub(crate) fn read_f32(
    mut file: impl Read,
    n_rows: usize,
    max_columns: usize,
) -> Result<(usize, Vec<f32>)> {
    let n_columns = n_columns(&read_header(&mut file)?, n_rows)?;
    ensure!(n_columns <= max_columns, "it has {n_columns} columns, limit is {max_columns}");
    let n_bytes = n_rows * n_columns * size_of::<f32>();
    let mut bytes = Vec::new();
    // One more, so that what follows is noticed.
    file.take(n_bytes as u64 + 1).read_to_end(&mut bytes)?;
    ensure!(bytes.len() == n_bytes, "it ends early or has more behind its numbers");
    let values = bytes.as_chunks::<4>().0.iter().map(|&bytes| f32::from_le_bytes(bytes));
    Ok((n_columns, values.collect()))
}

fn read_header(file: &mut impl Read) -> Result<String> {
    let mut read = |n_bytes: u64| -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        file.take(n_bytes).read_to_end(&mut bytes)?;
        ensure!(bytes.len() as u64 == n_bytes, "it is no NumPy array");
        Ok(bytes)
    };
    let start = read(8)?;
    ensure!(start.starts_with(MAGIC), "it is no NumPy array");
    // Version 1 has two bytes for the length of the header, later ones four.
    let length = read(if start.get(6) == Some(&1) { 2 } else { 4 })?;
    let n_bytes = length.iter().rev().fold(0, |n, &byte| (n << 8) | u64::from(byte));
    ensure!(n_bytes <= MAX_HEADER_BYTES, "its header has {n_bytes} bytes, which none has");
    Ok(String::from_utf8_lossy(&read(n_bytes)?).into_owned())
}

/// Columns by a header: `{'descr': '<f4', 'fortran_order': False, 'shape': (9, 50), }`.
fn n_columns(header: &str, n_rows: usize) -> Result<usize> {
    let value = |key: &str| {
        let (_, rest) = header.split_once(&format!("'{key}':"))?;
        Some(rest.trim_start())
    };
    let dtype = value("descr").and_then(|rest| rest.strip_prefix('\'')?.split('\'').next());
    let order = value("fortran_order").map(|rest| rest.starts_with("True"));
    let shape = value("shape").and_then(|rest| rest.strip_prefix('(')?.split_once(')'));
    let (Some(dtype), Some(is_fortran), Some((shape, _))) = (dtype, order, shape) else {
        bail!("its header is not understood: {:?}", header.trim());
    };
    ensure!(dtype == "<f4", "its numbers are of type {dtype:?}: save it as float32");
    ensure!(!is_fortran, "it is in Fortran order: save `numpy.ascontiguousarray` of it");
    let sizes: Vec<Option<usize>> = shape.split(',').map(|size| size.trim().parse().ok()).collect();
    match sizes[..] {
        [Some(rows), Some(n_columns)] if rows == n_rows => Ok(n_columns),
        _ => bail!("its shape is ({shape}) instead of ({n_rows}, L)"),
    }
}

/// Writes float32 in C order, version 1.0 of the format.
pub(crate) fn write_f32(
    path: &Path,
    shape: [usize; 2],
    values: impl IntoIterator<Item = f32>,
) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    write(&mut file, shape, values)?;
    file.flush()
}

fn write(
    file: &mut impl Write,
    [rows, columns]: [usize; 2],
    values: impl IntoIterator<Item = f32>,
) -> io::Result<()> {
    let mut header =
        format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}");
    // Magic, version, length and header fill blocks of 64 bytes, with a line end last.
    while !(10 + header.len() + 1).is_multiple_of(64) {
        header.push(' ');
    }
    header.push('\n');
    let header_len = u16::try_from(header.len()).map_err(io::Error::other)?;

    file.write_all(MAGIC)?;
    file.write_all(b"\x01\x00")?;
    file.write_all(&header_len.to_le_bytes())?;
    file.write_all(header.as_bytes())?;
    for value in values {
        file.write_all(&value.to_le_bytes())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(shape: [usize; 2]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let values = (0..shape[0] * shape[1]).map(|idx| idx as f32 / 8.0);
        write(&mut bytes, shape, values).unwrap();
        bytes
    }

    fn read(bytes: &[u8]) -> Result<(usize, Vec<f32>)> {
        read_f32(bytes, 9, 100)
    }

    #[test]
    fn what_is_written_is_read_back() {
        let (n_columns, values) = read(&written([9, 7])).unwrap();
        assert_eq!((n_columns, values.len()), (7, 63));
        assert_eq!(values[62], 62.0 / 8.0);
    }

    #[test]
    fn every_other_file_is_refused_with_its_reason() {
        let bytes = written([9, 7]);
        let with = |from: &str, to: &str| {
            let at = bytes.windows(from.len()).position(|part| part == from.as_bytes()).unwrap();
            [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
        };
        for (bytes, reason) in [
            (Vec::new(), "no NumPy array"),
            (b"\x89PNG\r\n\x1a\n and more".to_vec(), "no NumPy array"),
            (bytes[..9].to_vec(), "no NumPy array"),
            (bytes[..40].to_vec(), "no NumPy array"),
            (with("descr", "dtype"), "not understood"),
            (with("'<f4'", "[('x'"), "not understood"),
            (with("<f4", "<f8"), "of type \"<f8\""),
            (with("False", "True "), "Fortran"),
            (with("(9, 7)", "(7, 9)"), "shape is (7, 9) instead of (9, L)"),
            (with("(9, 7)", "(9,-7)"), "shape is (9,-7)"),
            (with("(9, 7), }", "(9, 999) }"), "999 columns, limit is 100"),
            (bytes[..bytes.len() - 1].to_vec(), "ends early"),
            ([&bytes[..], b"x"].concat(), "more behind"),
        ] {
            let error = read(&bytes).unwrap_err().to_string();
            assert!(error.contains(reason), "{error} instead of {reason}");
        }
    }
}
