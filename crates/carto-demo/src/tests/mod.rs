//! Tests of the demo set on what it hands out: texts and audio.

mod agreement;
mod archives;
mod audio;
mod objects;
mod reading;
mod text;
