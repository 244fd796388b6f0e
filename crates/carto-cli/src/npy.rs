//! NumPy's array files.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes float32 in C order, version 1.0 of the format.
pub(crate) fn write_f32(path: &Path, shape: [usize; 2], values: &[f64]) -> io::Result<()> {
    let [rows, columns] = shape;
    let mut header =
        format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}");
    // Magic, version, length and header fill blocks of 64 bytes, with a line end last.
    while !(10 + header.len() + 1).is_multiple_of(64) {
        header.push(' ');
    }
    header.push('\n');
    let header_len = u16::try_from(header.len()).map_err(io::Error::other)?;

    let mut file = BufWriter::new(File::create(path)?);
    file.write_all(b"\x93NUMPY\x01\x00")?;
    file.write_all(&header_len.to_le_bytes())?;
    file.write_all(header.as_bytes())?;
    for &value in values {
        file.write_all(&(value as f32).to_le_bytes())?;
    }
    file.flush()
}
