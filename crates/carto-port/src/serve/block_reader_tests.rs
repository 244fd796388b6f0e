use std::cell::RefCell;
use std::io::Cursor;

use super::*;

/// Memory that counts how it is read, or refuses to be.
struct Memory {
    bytes: Vec<u8>,
    reads: RefCell<Vec<(u64, u64)>>,
}

impl Memory {
    fn new(n_bytes: usize) -> Self {
        let bytes = (0..n_bytes).map(|idx| (idx * 31 / 7) as u8).collect();
        Self { bytes, reads: RefCell::default() }
    }
}

impl ByteRange for &Memory {
    fn len(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn read_range(&self, start: u64, end: u64) -> io::Result<Vec<u8>> {
        self.reads.borrow_mut().push((start, end));
        Ok(self.bytes[start as usize..end as usize].to_vec())
    }
}

#[test]
fn reads_what_memory_reads_wherever_one_seeks() {
    let memory = Memory::new(300_001);
    let mut reader = BlockReader::new(&memory);
    let mut oracle = Cursor::new(&memory.bytes);
    // A walk that meets block borders, both ends and places beyond the end.
    let mut state = 1_u64;
    for _ in 0..3_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let (draw, n_bytes) = (state >> 33, (state >> 20) as usize % 70_000);
        let to = match draw % 4 {
            0 => SeekFrom::Start(draw % 310_000),
            1 => SeekFrom::End(-((draw % 310_000) as i64)),
            2 => SeekFrom::Current((draw % 200_001) as i64 - 100_000),
            _ => SeekFrom::Start((draw % 5) * BLOCK_LEN),
        };
        assert_eq!(reader.seek(to).ok(), oracle.seek(to).ok(), "{to:?}");
        let (mut actual, mut expected) = (Vec::new(), Vec::new());
        (&mut reader).take(n_bytes as u64).read_to_end(&mut actual).unwrap();
        (&mut oracle).take(n_bytes as u64).read_to_end(&mut expected).unwrap();
        assert!(actual == expected, "{n_bytes} bytes after {to:?}");
    }
}

#[test]
fn the_directory_and_one_entry_are_read_once_each() {
    let memory = Memory::new(10 * BLOCK_LEN as usize);
    let mut reader = BlockReader::new(&memory);
    let mut bytes = [0; 100];
    for turn in 0..50 {
        reader.seek(SeekFrom::End(-1_000 + turn)).unwrap();
        reader.read_exact(&mut bytes).unwrap();
        reader.seek(SeekFrom::Start(500 + turn as u64 * 100)).unwrap();
        reader.read_exact(&mut bytes).unwrap();
    }
    let last = 9 * BLOCK_LEN;
    assert_eq!(*memory.reads.borrow(), [(last, last + BLOCK_LEN), (0, BLOCK_LEN)]);
}

#[test]
fn offsets_beyond_four_gibibytes_stay_exact() {
    struct Vast;
    impl ByteRange for Vast {
        fn len(&self) -> u64 {
            (5 << 30) + 7
        }

        fn read_range(&self, start: u64, end: u64) -> io::Result<Vec<u8>> {
            Ok((start..end).map(|at| (at % 251) as u8).collect())
        }
    }
    let mut reader = BlockReader::new(Vast);
    assert_eq!(reader.seek(SeekFrom::End(-5)).unwrap(), (5 << 30) + 2);
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).unwrap();
    let expected: Vec<u8> = ((5_u64 << 30) + 2..(5 << 30) + 7).map(|at| (at % 251) as u8).collect();
    assert_eq!(bytes, expected);
}

#[test]
fn a_file_that_shrank_is_an_error_and_never_a_wrong_byte() {
    struct Shrunk;
    impl ByteRange for Shrunk {
        fn len(&self) -> u64 {
            1_000
        }

        fn read_range(&self, _: u64, _: u64) -> io::Result<Vec<u8>> {
            Ok(vec![0; 10])
        }
    }
    let error = BlockReader::new(Shrunk).read(&mut [0; 4]).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
}

#[test]
fn whoever_goes_on_reads_more_at_once() {
    let memory = Memory::new(4 << 20);
    let mut reader = BlockReader::new(&memory);
    let mut bytes = Vec::new();
    reader.seek(SeekFrom::Start(100)).unwrap();
    reader.read_to_end(&mut bytes).unwrap();
    assert!(bytes == memory.bytes[100..]);
    let lengths: Vec<u64> =
        memory.reads.borrow().iter().map(|(start, end)| (end - start) >> 10).collect();
    assert_eq!(lengths, [64, 128, 256, 512, 1024, 1024, 1024, 64]);
    // A jump begins anew.
    reader.seek(SeekFrom::Start(1 << 20)).unwrap();
    reader.read_exact(&mut [0; 10]).unwrap();
    assert_eq!(memory.reads.borrow().last(), Some(&(1 << 20, (1 << 20) + BLOCK_LEN)));
}

#[test]
fn what_was_read_ahead_is_not_read_again_and_is_gone_on_from() {
    let memory = Memory::new(1 << 20);
    let mut reader = BlockReader::new(&memory);
    for range in reader.missing(vec![0..1000, 500..3000, 900_000..2 << 20]) {
        let bytes = memory.bytes[range.start as usize..range.end as usize].to_vec();
        reader.put(Block { start: range.start, bytes });
    }
    let mut bytes = Vec::new();
    (&mut reader).take(3000).read_to_end(&mut bytes).unwrap();
    reader.seek(SeekFrom::Start(950_000)).unwrap();
    reader.read_to_end(&mut bytes).unwrap();
    assert!(bytes[..3000] == memory.bytes[..3000] && bytes[3000..] == memory.bytes[950_000..]);
    assert_eq!(*memory.reads.borrow(), []);
    assert_eq!(reader.missing(vec![10..2000, 900_000..1_000_000]), []);

    reader.seek(SeekFrom::Start(2990)).unwrap();
    reader.read_exact(&mut [0; 20]).unwrap();
    assert_eq!(*memory.reads.borrow(), [(3000, 3000 + BLOCK_LEN)]);
}

#[test]
fn near_ranges_are_read_as_one() {
    let far = 200_000 + MAX_GAP + 1;
    let ranges = vec![far..far + 5, 90_000..200_000, 10..100_000, 300_000_000..400_000_000];
    assert_eq!(merged(ranges, 350_000_000), [10..200_000, far..far + 5, 300_000_000..350_000_000]);
    assert_eq!(merged(vec![7..7, 900..1000], 800), []);
}
