//! How many frames the published pipeline makes of an audio file.
//!
//! It decodes the whole file with ffmpeg to mono 16384 Hz and transforms that
//! with a hop of 98 samples; only the number of frames matters later. The
//! headers give the same number without decoding. What "the same" means is
//! ffmpeg 5.1: its parsers decide what of a damaged file is decoded, so each
//! reader here follows them and says where.

mod adts;
mod error;
mod flac;
mod flac_header;
mod id3;
mod length;
mod measured;
mod mp3;
mod mp4;
mod mp4_boxes;
mod mp4_packets;
mod mpeg_header;
mod ogg;
mod opus;
mod pages;
mod resampling;
mod side_info;
mod vorbis;
mod wav;
mod window;
mod xing;

pub use error::{AudioError, AudioFormat};
pub use id3::behind_tags;
pub use length::{AudioLength, measure, published_accepts_name};
pub use measured::AudioWarning;
pub use resampling::{frames_in, resampled_samples};
