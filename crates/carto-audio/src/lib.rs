//! By how much two recordings of a song lie apart.
//!
//! [`Recording::of`] decodes two [`Stretches`] of an audio file, an early and a late one, and
//! keeps how strongly sounds begin there, two hundred values a second. [`audio_lag`] shifts those
//! of two recordings against each other: where they fit clearly better at one lag than at any
//! other, both are one recording there. The same lag early and late makes them one version of the
//! song; lags that differ make one another cut. Which beat a map is on is settled with that, and no
//! note is looked at.
//!
//! Decoders are symphonia's: mp3, ogg vorbis, wav, flac. Bytes in, numbers out: nothing is read
//! beyond the bytes, no sample is kept, and what is decoded is bounded whatever a file says.

mod correlation;
mod decode;
mod error;
mod onset_strength;
mod recording;
mod stretches;

pub use error::HearingError;
pub use recording::{Recording, audio_lag};
pub use stretches::Stretches;
