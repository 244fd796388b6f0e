use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use anyhow::{Context, Result, bail};
use carto_beatmap::limits::Limits;
use carto_beatmap::signal::BeatmapSignal;
use carto_beatmap::{published, signal};

use crate::{args, npy};

/// Writes the nine channels of one map, by the published rules.
pub(crate) fn run(args: &args::Encode) -> Result<()> {
    let name = args.map.display();
    let signal = signal(&args.map, args.frames)?;
    if let Some((channel, frame_idx)) = signal.first_non_finite() {
        eprintln!(
            "carto: warning: {name}: {} is NaN from frame {frame_idx} on, as in the published \
             pipeline; `carto analyze` leaves such a map out",
            channel.name()
        );
    }
    let values = signal.values().iter().map(|&value| value as f32);
    npy::write_f32(&args.out, [carto_types::SignalChannel::COUNT, args.frames], values)
        .with_context(|| format!("{} cannot be written", args.out.display()))
}

/// The nine channels of one map, by the published rules.
///
/// # Errors
///
/// In one line, with the file and why it is refused.
pub(crate) fn signal(map: &Path, n_frames: usize) -> Result<BeatmapSignal> {
    let name = map.display();
    let bytes = fs::read(map).with_context(|| format!("{name} cannot be read"))?;
    let limits = Limits::default();
    let beatmap = published::read(&bytes, &limits)
        .with_context(|| format!("{name} is refused by the published rules"))?;
    signal::encode(&beatmap, n_frames, limits.max_frames)
        .with_context(|| format!("{name} has no signal of {n_frames} frames"))
}

/// Prints the number of frames of an audio file.
pub(crate) fn print_audio_frames(args: &args::AudioFrames) -> Result<()> {
    let name = args.audio.display();
    let file = File::open(&args.audio).with_context(|| format!("{name} cannot be read"))?;
    let n_bytes = file.metadata().with_context(|| format!("{name} cannot be read"))?.len();
    let limits = carto_archive::Limits::default();
    match carto_archive::measure(BufReader::new(file), n_bytes, &limits) {
        Ok(length) => {
            say!("{}", length.n_frames);
            Ok(())
        }
        Err(error) => bail!("{name}: {error}"),
    }
}
