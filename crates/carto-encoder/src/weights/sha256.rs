use std::io::Read;

use sha2::{Digest, Sha256};

/// Numbers that are hashed at once.
const BLOCK: usize = 4096;

/// sha256 of everything that `source` still holds, as hex.
///
/// # Errors
///
/// Those of `source`.
pub fn sha256_hex(mut source: impl Read) -> std::io::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => return Ok(format!("{:x}", hasher.finalize())),
            Ok(n_bytes) => hasher.update(&buffer[..n_bytes]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// sha256 of tensors as little-endian floats one behind the other, as hex.
pub(super) fn sha256_of_tensors<'a>(tensors: impl Iterator<Item = &'a [f32]>) -> String {
    let mut hasher = Sha256::new();
    let mut block = vec![0; BLOCK * 4];
    for tensor in tensors {
        for numbers in tensor.chunks(BLOCK) {
            let bytes = &mut block[..numbers.len() * 4];
            for (word, number) in bytes.as_chunks_mut().0.iter_mut().zip(numbers) {
                *word = number.to_le_bytes();
            }
            hasher.update(bytes);
        }
    }
    format!("{:x}", hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 180-2, appendix B.1.
    const OF_ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn is_the_published_hash() -> std::io::Result<()> {
        assert_eq!(sha256_hex(b"abc".as_slice())?, OF_ABC);
        Ok(())
    }

    #[test]
    fn tensors_hash_like_their_bytes() -> std::io::Result<()> {
        let numbers: Vec<f32> = (0..10_000_u16).map(f32::from).collect();
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        let (head, tail) = numbers.split_at(5_001);
        assert_eq!(sha256_of_tensors([head, tail].into_iter()), sha256_hex(bytes.as_slice())?);
        Ok(())
    }
}
