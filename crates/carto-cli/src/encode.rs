use std::fs::{self, File};
use std::io::BufReader;

use anyhow::{Context, Result, bail};
use carto_core::limits::Limits;
use carto_core::{published, signal};

use crate::{args, npy};

/// Writes the nine channels of one map, by the published rules.
pub(crate) fn run(args: &args::Encode) -> Result<()> {
    let name = args.map.display();
    let bytes = fs::read(&args.map).with_context(|| format!("{name} cannot be read"))?;
    let limits = Limits::default();
    let beatmap = published::read(&bytes, &limits)
        .with_context(|| format!("{name} is refused by the published rules"))?;
    let signal = signal::encode(&beatmap, args.frames, limits.max_frames)
        .with_context(|| format!("{name} has no signal of {} frames", args.frames))?;
    if let Some((channel, frame_idx)) = signal.first_non_finite() {
        eprintln!(
            "carto: warning: {name}: {} is NaN from frame {frame_idx} on, as in the published \
             pipeline; `carto analyze` leaves such a map out",
            channel.name()
        );
    }
    npy::write_f32(&args.out, [signal::SignalChannel::COUNT, args.frames], signal.values())
        .with_context(|| format!("{} cannot be written", args.out.display()))
}

/// Prints the number of frames of an audio file.
pub(crate) fn print_audio_frames(args: &args::AudioFrames) -> Result<()> {
    let name = args.audio.display();
    let file = File::open(&args.audio).with_context(|| format!("{name} cannot be read"))?;
    let n_bytes = file.metadata().with_context(|| format!("{name} cannot be read"))?.len();
    let limits = carto_archive::Limits::default();
    match carto_archive::measure(BufReader::new(file), n_bytes, &limits) {
        Ok(length) => {
            println!("{}", length.n_frames);
            Ok(())
        }
        Err(error) => bail!("{name}: {error}"),
    }
}
