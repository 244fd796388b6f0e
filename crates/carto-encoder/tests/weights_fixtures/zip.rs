//! Writes zip files as torch does: stored, with padding in front of the data.

/// Stored entries in the given order.
pub(crate) fn stored(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in entries {
        let offset = file.len() as u32;
        let size = content.len() as u32;
        // Version 2.0, names in UTF-8, stored, no time and date.
        let mut fields = vec![20, 0, 0, 8, 0, 0, 0, 0, 0, 0];
        fields.extend([crc32(content), size, size].iter().flat_map(|word| word.to_le_bytes()));
        fields.extend((name.len() as u16).to_le_bytes());

        let padding = (64 - (file.len() + 30 + name.len()) % 64) as u16;
        file.extend(b"PK\x03\x04");
        file.extend(&fields);
        file.extend(padding.to_le_bytes());
        file.extend(name.as_bytes());
        file.extend(vec![b'Z'; usize::from(padding)]);
        file.extend(content);

        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&fields);
        directory.extend([0; 12]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, size) = (file.len() as u32, directory.len() as u32);
    let count = (entries.len() as u16).to_le_bytes();
    file.extend(directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend([count, count].concat());
    file.extend([size.to_le_bytes(), start.to_le_bytes()].concat());
    file.extend([0, 0]);
    file
}

/// The checksum of zip, bit by bit.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    let byte = |crc: u32, &byte: &u8| (0..8).fold(crc ^ u32::from(byte), |crc, _| step(crc));
    !bytes.iter().fold(!0, byte)
}
