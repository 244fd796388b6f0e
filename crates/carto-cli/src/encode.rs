//! `carto encode` and `carto audio-frames`: one map's signal, and the length that it needs.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use carto_beatmap::limits::Limits;
use carto_beatmap::signal::BeatmapSignal;
use carto_beatmap::{published, signal};
use carto_types::SignalChannel;

use crate::npy;

/// Write the nine channels of one map as a NumPy array
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The map (.osu)
    #[arg(value_name = "FILE.osu")]
    map: PathBuf,
    /// Frames of the signal: what `carto audio-frames` prints for the audio
    #[arg(long, value_name = "L")]
    frames: usize,
    /// float32 `[9, L]`, C order
    #[arg(long, value_name = "FILE.npy")]
    out: PathBuf,
}

/// Print how many frames an audio file has
#[derive(Debug, clap::Args)]
pub(crate) struct AudioFramesArgs {
    /// mp3, ogg (Vorbis, Opus, FLAC), wav, flac or m4a
    #[arg(value_name = "FILE")]
    audio: PathBuf,
}

/// Writes the nine channels of one map, by the published rules.
///
/// # Errors
///
/// A map that is refused or has no signal of that length, a file that cannot be written.
pub(crate) fn run(args: &Args) -> Result<()> {
    let name = args.map.display();
    let signal = read_signal(&args.map, args.frames)?;
    if let Some((channel, frame_idx)) = signal.first_non_finite() {
        eprintln!(
            "carto: warning: {name}: {} is NaN from frame {frame_idx} on, as in the published \
             pipeline; `carto analyze` leaves such a map out",
            channel.name()
        );
    }
    let values = signal.values().iter().map(|&value| value as f32);
    npy::write_f32(&args.out, [SignalChannel::COUNT, args.frames], values)
        .with_context(|| format!("{} cannot be written", args.out.display()))
}

/// The nine channels of one map, by the published rules.
///
/// # Errors
///
/// In one line, with the file and why it is refused.
pub(crate) fn read_signal(map: &Path, n_frames: usize) -> Result<BeatmapSignal> {
    let name = map.display();
    let bytes = fs::read(map).with_context(|| format!("{name} cannot be read"))?;
    let limits = Limits::default();
    let beatmap = published::read(&bytes, &limits)
        .with_context(|| format!("{name} is refused by the published rules"))?;
    signal::encode(&beatmap, n_frames, limits.max_frames)
        .with_context(|| format!("{name} has no signal of {n_frames} frames"))
}

/// Prints the number of frames of an audio file.
///
/// # Errors
///
/// A file that cannot be read, and audio whose length cannot be told.
pub(crate) fn print_audio_frames(args: &AudioFramesArgs) -> Result<()> {
    let name = args.audio.display();
    let file = File::open(&args.audio).with_context(|| format!("{name} cannot be read"))?;
    let n_bytes = file.metadata().with_context(|| format!("{name} cannot be read"))?.len();
    let limits = carto_archive::Limits::default();
    match carto_archive::measure(BufReader::new(file), n_bytes, &limits) {
        Ok(length) => print_line!("{}", length.n_frames),
        Err(error) => bail!("{name}: {error}"),
    }
    Ok(())
}
