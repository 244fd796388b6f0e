use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Beatmaps in, agreement between mappers out.
#[derive(Debug, Parser)]
#[command(name = "carto", version, about, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Analyze(Analyze),
    Encode(Encode),
    AudioFrames(AudioFrames),
    Demo(Demo),
}

/// Compare the maps of all songs that two or more mappers have mapped
#[derive(Debug, clap::Args)]
pub(crate) struct Analyze {
    /// Archives (.osz), single maps (.osu) or folders of them
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Folder for the results; made if it is not there
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Which rules decide what takes part
    #[arg(long, value_enum, default_value_t)]
    pub(crate) mode: Mode,
}

/// Which rules decide what takes part
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum Mode {
    /// Those of the published pipeline, quirks included
    #[default]
    Published,
    /// Those of osu! itself, with audio under any name and format
    Tolerant,
}

impl From<Mode> for carto_protocol::Mode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Published => Self::Published,
            Mode::Tolerant => Self::Tolerant,
        }
    }
}

/// Write the nine channels of one map as a NumPy array
#[derive(Debug, clap::Args)]
pub(crate) struct Encode {
    /// The map (.osu)
    #[arg(value_name = "FILE.osu")]
    pub(crate) map: PathBuf,
    /// Frames of the signal: what `carto audio-frames` prints for the audio
    #[arg(long, value_name = "L")]
    pub(crate) frames: usize,
    /// float32 `[9, L]`, C order
    #[arg(long, value_name = "FILE.npy")]
    pub(crate) out: PathBuf,
}

/// Print how many frames an audio file has
#[derive(Debug, clap::Args)]
pub(crate) struct AudioFrames {
    /// mp3, ogg (Vorbis, Opus, FLAC), wav, flac or m4a
    #[arg(value_name = "FILE")]
    pub(crate) audio: PathBuf,
}

/// Write the demo set: invented songs by invented mappers, as archives
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// Folder for the archives; made if it is not there
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Another number gives another set
    #[arg(long, default_value_t = carto_study::DEMO_SEED)]
    pub(crate) seed: u64,
}
