use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

use super::encoder_weights::EncoderWeights;
use super::error::WeightsError;
use super::limits::WeightsLimits;
use super::partial_file::{PartialFile, Stop};
use super::{safetensors_reader, torch};

/// What is asked for first: it holds the whole header of the published encoder
/// as safetensors, and shows what kind of file it is.
const HEAD_BYTES: u64 = 16 << 10;
const ZIP_MAGIC: &[u8] = b"PK\x03\x04";
/// How the pickle of a checkpoint begins that is older than torch 1.6: protocol
/// 2 and the number 0x1950a86a20f9469cfc6c (`torch/serialization.py`).
const LEGACY_MAGIC: &[u8] = b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.";
const LFS_POINTER: &[u8] = b"version https://git-lfs";

/// Reads an encoder out of a file of which only some ranges are fetched.
///
/// Works with anything that can hand out ranges, at its own pace: ask
/// [`Self::step`] what is missing, fetch it, hand it to [`Self::feed`], ask
/// again. A checkpoint takes four rounds: the head of the file, its directory at
/// the end, the pickle, and the encoder's storages, which lie side by side. A
/// safetensors file takes two. The same bytes always give the same requests.
///
/// Between rounds only bytes are kept; each step reads the small tables again.
#[derive(Debug)]
pub struct WeightsPlan {
    name: String,
    limits: WeightsLimits,
    file: PartialFile,
}

/// What [`WeightsPlan::step`] came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// These bytes of the file are missing: ascending, disjoint, never empty.
    Need(Vec<Range<u64>>),
    /// The encoder.
    Done(Box<EncoderWeights>),
}

impl WeightsPlan {
    /// A plan for a file of `size_bytes`; `name` is what the weights call their source.
    #[must_use]
    pub fn new(name: &str, size_bytes: u64, limits: WeightsLimits) -> Self {
        Self { name: name.to_owned(), limits, file: PartialFile::new(size_bytes) }
    }

    /// Goes on as far as the bytes at hand allow.
    ///
    /// # Errors
    ///
    /// [`WeightsError`] where the file gives no encoder; every further step gives the
    /// same error.
    pub fn step(&self) -> Result<Step, WeightsError> {
        match self.read() {
            Ok(weights) => Ok(Step::Done(Box::new(weights))),
            Err(Stop::Need(ranges)) => Ok(Step::Need(ranges)),
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    /// Takes bytes of the file from `start` on: what was asked for, parts of it
    /// in any order, or more.
    ///
    /// # Errors
    ///
    /// [`WeightsError::BadPiece`] beyond the end of the file.
    pub fn feed(&mut self, start: u64, bytes: Vec<u8>) -> Result<(), WeightsError> {
        self.file.insert(start, bytes)
    }

    fn read(&self) -> Result<EncoderWeights, Stop> {
        let size_bytes = self.file.size_bytes();
        if size_bytes == 0 {
            return Err(WeightsError::Empty.into());
        }
        let head = self.file.get(0..HEAD_BYTES.min(size_bytes))?;
        if head.starts_with(ZIP_MAGIC) {
            torch::read(&self.file, &self.name, &self.limits)
        } else if head.get(8) == Some(&b'{') {
            safetensors_reader::read(&self.file, &self.name, &self.limits)
        } else if head.starts_with(LEGACY_MAGIC) {
            Err(WeightsError::LegacyTorch.into())
        } else if head.starts_with(LFS_POINTER) {
            Err(WeightsError::LfsPointer.into())
        } else {
            Err(WeightsError::UnknownFormat.into())
        }
    }
}

/// Reads an encoder from a PyTorch checkpoint or a safetensors file, whatever it
/// is called, and of it only what the encoder needs.
///
/// `name` is what the weights call their source.
///
/// # Errors
///
/// [`WeightsError`], which names the first tensor that does not fit.
pub fn read_weights(
    mut source: impl Read + Seek,
    name: &str,
    limits: &WeightsLimits,
) -> Result<EncoderWeights, WeightsError> {
    let size_bytes = source.seek(SeekFrom::End(0))?;
    let mut plan = WeightsPlan::new(name, size_bytes, *limits);
    loop {
        let ranges = match plan.step()? {
            Step::Done(weights) => return Ok(*weights),
            Step::Need(ranges) => ranges,
        };
        for range in ranges {
            let n_bytes = range.end - range.start;
            let mut bytes = Vec::new();
            source.seek(SeekFrom::Start(range.start))?;
            source.by_ref().take(n_bytes).read_to_end(&mut bytes)?;
            if bytes.len() as u64 != n_bytes {
                return Err(WeightsError::CutShort);
            }
            plan.feed(range.start, bytes)?;
        }
    }
}
