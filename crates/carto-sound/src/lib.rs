//! Plays two maps of a song in the browser: one clock, the recording at three rates, hitsounds of
//! both maps, a metronome, and clips of what is seen and heard.
//!
//! # How to use it
//!
//! 1. [`Transport::new`] when the view opens: it opens no sound device. Keep one for the view.
//! 2. [`Transport::set_ticks`], [`Transport::set_beats`] and [`Transport::set_span_ms`] once the
//!    maps are there, on map A's clock: the lag is added to B's times before.
//! 3. [`Recording::decode`] with the bytes of the archive's audio, at any time and without a
//!    gesture, then [`Transport::set_recording`], during play too. Of two uploads of a song one
//!    recording is played; where it begins is said with it. Where [`RecordingError`] comes
//!    back, its text is what a person is told; nothing else is to be done, since the metronome
//!    plays where there is no recording.
//! 4. [`Transport::play`] in the handler of a click or key, before any `await` in it: browsers
//!    open a sound device only there. Until the device runs the state is
//!    [`PlayState::Starting`]; after one and a half seconds without it time runs silently, and
//!    [`Transport::no_sound`] has the words for it.
//! 5. While [`Transport::is_playing`], draw each frame at [`Transport::now_ms`]. The listener of
//!    [`Transport::on_change`] hears when that begins and ends. Pause, seek and rate need no
//!    gesture.
//! 6. [`ClipRecorder::start`] while the view draws both playfields on one canvas.
//!
//! In a test of the page, [`Transport::analyser`] is what hears the sound, and
//! [`Transport::level`] how loud it is.
//!
//! # One clock
//!
//! Time is the audio context's, with or without a recording: ticks, beats and recording are
//! scheduled on it ahead of time, exact to a sample, and what is drawn follows it less the latency
//! of the device ([`Transport::now_ms`]). Only where no device runs it is the machine's.
//!
//! # How the recording is played
//!
//! The browser decodes the whole file. At 1 x its samples are played as they are; at 0.5 and
//! 0.75 x they are stretched by overlapping windows of equal waveform, in pieces of 0.24 s shortly
//! before they are heard. A media element would keep the pitch too and take less memory, but it
//! seeks inexactly in mp3 files of variable bit rate and drifts from the audio clock by tens of
//! milliseconds: more than what two mappers differ by. The price is memory: 21 MB a minute in
//! two channels at 44.1 kHz, so what is longer than six minutes is kept in one channel. That is
//! at most 127 MB for six minutes, 106 MB for ten, and while ten minutes are mixed to one channel
//! 318 MB; longer than 40 minutes is refused.
//!
//! Chromium, Firefox and WebKit put the first sample of an mp3 or ogg file at the same time: on
//! three mp3 files and one ogg file of beatmaps most of their samples lay at the same time.

mod best_fit;
mod clip;
mod clip_format;
mod cues;
mod engine;
mod graph;
mod level;
mod lookahead;
mod output_clock;
mod pieces;
mod rate;
mod recording;
mod run;
mod score;
mod stall;
mod stretch;
mod take;
mod timeline;
mod transport;
mod voice_samples;

pub use clip::{Clip, ClipError, ClipRecorder};
pub use clip_format::{ClipFormat, MAX_CLIP_MS};
pub use cues::{Beat, Metronome, Side};
pub use engine::{NoSound, PlayState};
pub use rate::Rate;
pub use recording::{Recording, RecordingError};
pub use transport::Transport;
