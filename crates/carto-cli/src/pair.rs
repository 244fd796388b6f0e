//! `carto pair`: the evidence of one pair of maps.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use carto_archive::measure;
use carto_audio::{Recording, Stretches, audio_lag};
use carto_beatmap::limits::Limits;
use carto_evidence::{Alignment, EvidenceMap, compare_pair};
use carto_study::read_single_map;
use carto_types::{AudioLag, MAX_RECORDING_BYTES, MapRefusal, Mode, frames_ms};

use crate::files::read_bytes;
use crate::{args, terminal};

/// Print how much two maps of a song agree, and how much of it is more than a shared grid, as JSON
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The first map (.osu): times are on its time line
    #[arg(value_name = "A.osu")]
    a: PathBuf,
    /// The second map (.osu); `lag_ms` is what is added to its times
    #[arg(value_name = "B.osu")]
    b: PathBuf,
    /// The two are difficulties of one set and play one audio file: the lag is 0
    #[arg(long)]
    same_set: bool,
    /// The recordings of both maps (mp3, ogg vorbis, wav, flac): they settle lag and version, and
    /// timing points are the check
    #[arg(long, num_args = 2, value_names = ["A.mp3", "B.mp3"], conflicts_with = "same_set")]
    audio: Option<Vec<PathBuf>>,
    /// Rules by which the maps are read
    #[arg(long, value_parser = args::mode(), default_value = Mode::Published.name())]
    mode: Mode,
}

/// Prints the evidence of one pair as a JSON object.
///
/// # Errors
///
/// A file that cannot be read, a map that the rules refuse or that is too long, a recording that
/// cannot be heard.
pub(crate) fn run(args: &Args) -> Result<()> {
    let (a, b) = (read(&args.a, args.mode)?, read(&args.b, args.mode)?);
    let alignment = match args.audio.as_deref() {
        _ if args.same_set => Alignment::of_one_file(&a, &b),
        Some([audio_a, audio_b]) => Alignment::of_audio(&a, &b, hear(audio_a, audio_b)?),
        _ => Alignment::of_timing_points(&a, &b),
    };
    let evidence = compare_pair(&a, &b, &alignment, &[]);
    print_line!("{}", serde_json::to_string_pretty(&evidence)?);
    Ok(())
}

/// The lag between two recordings.
fn hear(a: &Path, b: &Path) -> Result<AudioLag> {
    // The decoders are not ours, and what one says when it fails is nothing to a person.
    terminal::silence_panics();
    let files = [AudioFile::read(a)?, AudioFile::read(b)?];
    let shorter = if files[0].length_ms <= files[1].length_ms { &files[0] } else { &files[1] };
    let stretches = Stretches::within(shorter.length_ms).with_context(|| shorter.cannot())?;
    let hear = |file: &AudioFile<'_>| {
        Recording::of(&file.bytes, &stretches).with_context(|| file.cannot())
    };
    Ok(audio_lag(&hear(&files[0])?, &hear(&files[1])?))
}

/// A recording before it is heard.
struct AudioFile<'a> {
    path: &'a Path,
    bytes: Vec<u8>,
    length_ms: f64,
}

impl<'a> AudioFile<'a> {
    fn read(path: &'a Path) -> Result<Self> {
        let bytes = read_bytes(path, MAX_RECORDING_BYTES)?;
        let mut file = Self { path, bytes, length_ms: 0.0 };
        let limits = carto_archive::Limits::default();
        let length = measure(&*file.bytes, file.bytes.len() as u64, &limits);
        let n_frames = length.with_context(|| file.cannot())?.n_frames;
        file.length_ms = frames_ms(u32::try_from(n_frames)?);
        Ok(file)
    }

    fn cannot(&self) -> String {
        format!("{} cannot be heard", self.path.display())
    }
}

fn read(path: &Path, mode: Mode) -> Result<EvidenceMap> {
    let name = path.display();
    let bytes = read_bytes(path, Limits::default().max_bytes)?;
    match read_single_map(&bytes, mode) {
        Ok(beatmap) => EvidenceMap::new(beatmap).with_context(|| format!("{name} is refused")),
        Err(MapRefusal { message, .. }) => {
            let is_read_by_osu =
                mode == Mode::Published && read_single_map(&bytes, Mode::Osu).is_ok();
            if is_read_by_osu {
                bail!("{name} is refused by the published rules: {message}; `--mode osu` reads it");
            }
            bail!("{name} is refused: {message}");
        }
    }
}
