#[cfg_attr(
    not(feature = "train"),
    allow(dead_code, reason = "read only where there is something to train with")
)]
mod training;

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand, ValueEnum};
pub(crate) use training::{CrossVal, Evaluate, Pack, Train, TrainEncoder, TrainWhat};

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
    Latent(Latent),
    AudioFrames(AudioFrames),
    Demo(Demo),
    Convert(Convert),
    Features(Features),
    Classify(crate::classifier::Classify),
    Figures(crate::figures::Figures),
    Dataset(crate::dataset::Args),
    RandomEncoder(RandomEncoder),
    Import(Import),
    Publish(Publish),
    Collect(crate::collect::Collect),
    Pack(Pack),
    Train(Train),
    Evaluate(Evaluate),
    #[command(name = "crossval")]
    CrossVal(CrossVal),
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
    /// Encoder (.safetensors, .ckpt): compares latents too
    #[arg(long, value_name = "FILE")]
    pub(crate) encoder: Option<PathBuf>,
    /// What computes latents
    #[arg(long, value_enum, default_value_t, requires = "encoder")]
    pub(crate) device: Device,
    /// Draw latents, as the published run did, instead of taking their means
    #[arg(long, value_name = "SEED", requires = "encoder")]
    pub(crate) sample: Option<u64>,
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

impl From<Mode> for carto_types::Mode {
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

/// What computes latents
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Device {
    /// All cores of the processor
    #[default]
    Cpu,
    /// The graphics processor
    Gpu,
}

/// Write the latents of one map as a NumPy array
#[derive(Debug, clap::Args)]
pub(crate) struct Latent {
    /// The map, or its nine channels as float32 `[9, L]`
    #[arg(value_name = "FILE.osu|FILE.npy")]
    pub(crate) input: PathBuf,
    /// Frames of the signal, as for `carto encode`; an array has its own
    #[arg(long, value_name = "L")]
    pub(crate) frames: Option<usize>,
    /// Encoder (.safetensors, .ckpt)
    #[arg(long, value_name = "FILE")]
    pub(crate) encoder: PathBuf,
    /// float32 `[32, l]`, C order, l = L / 18 rounded up
    #[arg(long, value_name = "FILE.npy")]
    pub(crate) out: PathBuf,
    /// What computes latents
    #[arg(long, value_enum, default_value_t)]
    pub(crate) device: Device,
    /// Draw, as the published run did, instead of taking the mean
    #[arg(long, value_name = "SEED")]
    pub(crate) sample: Option<u64>,
}

impl Latent {
    /// Whether the input is an array and not a map.
    pub(crate) fn is_array(&self) -> bool {
        self.input.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("npy"))
    }
}

impl Args {
    /// Reads the command line.
    ///
    /// # Errors
    ///
    /// Wrong usage, also where two arguments do not go together.
    pub(crate) fn read() -> Result<Self, clap::Error> {
        let args = Self::try_parse()?;
        if let Command::Latent(latent) = &args.command
            && latent.frames.is_none()
            && !latent.is_array()
        {
            let message = "a map needs --frames: what `carto audio-frames` prints for its audio";
            return Err(clap::Error::raw(ErrorKind::MissingRequiredArgument, message));
        }
        Ok(args)
    }
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

/// Write what the classifier sees of maps as a table, one row a map
#[derive(Debug, clap::Args)]
pub(crate) struct Features {
    /// Archives (.osz), single maps (.osu) or folders of them
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Where the table goes instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
    /// As the maps are when played with a mod
    #[arg(long, value_enum, ignore_case = true)]
    pub(crate) mods: Option<Mods>,
}

/// As the maps are when played with a mod
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Mods {
    /// Double time
    #[value(name = "DT")]
    DoubleTime,
    /// Hard rock
    #[value(name = "HR")]
    HardRock,
}

impl From<Mods> for carto_features::Mods {
    fn from(mods: Mods) -> Self {
        match mods {
            Mods::DoubleTime => Self::DoubleTime,
            Mods::HardRock => Self::HardRock,
        }
    }
}

/// Keep the encoder of a checkpoint, and nothing else of it, as safetensors
#[derive(Debug, clap::Args)]
pub(crate) struct Convert {
    /// PyTorch checkpoint (.ckpt, .pt) or safetensors, told by its content
    #[arg(value_name = "IN")]
    pub(crate) checkpoint: PathBuf,
    /// Encoder with hyper-parameters, source and sha256 in its header
    #[arg(value_name = "OUT.safetensors")]
    pub(crate) out: PathBuf,
    /// Round to 16 bits: half the size
    #[arg(long)]
    pub(crate) half: bool,
}

/// Write an encoder that was never trained, for testing
#[derive(Debug, clap::Args)]
pub(crate) struct RandomEncoder {
    /// Another number gives other weights
    #[arg(long)]
    pub(crate) seed: u64,
    /// Hidden channels; the published encoder has 360
    #[arg(long, value_name = "H")]
    pub(crate) hidden_dim: usize,
    /// Encoder as safetensors, marked as untrained
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Round to 16 bits: half the size
    #[arg(long)]
    pub(crate) half: bool,
}

/// Make a result file, which the page opens, of tables in the published layouts
#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// track_a.json, track_b.json, synthesis.json, track_b_cv.json, cv_comparison.json of the
    /// published site, or *_results.json of a run; told by their content
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Result file
    #[arg(long, value_name = "FILE.json")]
    pub(crate) out: PathBuf,
    /// The same decoded, as the page reads it when it opens
    #[arg(long, value_name = "FILE.bin")]
    pub(crate) shown: Option<PathBuf>,
    /// What to call it; else the files' names
    #[arg(long, value_name = "N")]
    pub(crate) name: Option<String>,
    /// Program that made the figures
    #[arg(long, value_name = "P")]
    pub(crate) program: Option<String>,
    /// Where its source or data is
    #[arg(long, value_name = "R")]
    pub(crate) repository: Option<String>,
    /// Commit of that repository
    #[arg(long, value_name = "C")]
    pub(crate) commit: Option<String>,
    /// Day or month in which the figures were made or fetched
    #[arg(long, value_name = "YYYY-MM[-DD]", value_parser = parse_date)]
    pub(crate) date: Option<String>,
}

/// Check a result file and add it to a folder of results with its index.json
#[derive(Debug, clap::Args)]
pub(crate) struct Publish {
    /// Result file: what `carto analyze` and the page write as result.json
    #[arg(value_name = "RUN.json")]
    pub(crate) result: PathBuf,
    /// Folder of results; made if it is not there
    #[arg(long, value_name = "DIR")]
    pub(crate) to: PathBuf,
    /// What to call it, where it has no name yet
    #[arg(long, value_name = "N")]
    pub(crate) name: Option<String>,
    /// Day on which the figures were made
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    pub(crate) date: Option<String>,
}

fn parse_day(text: &str) -> Result<String, String> {
    let parts: Vec<_> = text.split('-').collect();
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| is_digits(part));
    let is_day = match parts[..] {
        [year, month, day] if [year.len(), month.len(), day.len()] == [4, 2, 2] => {
            number(year).is_some()
                && number(month).is_some_and(|month| (1..=12).contains(&month))
                && number(day).is_some_and(|day| (1..=31).contains(&day))
        }
        _ => false,
    };
    if is_day { Ok(text.to_owned()) } else { Err("a day as 2026-03-01".to_owned()) }
}

/// A day, or a month where the day is not known.
fn parse_date(text: &str) -> Result<String, String> {
    let day = if text.len() == "2026-03".len() { format!("{text}-01") } else { text.to_owned() };
    parse_day(&day).map(|_| text.to_owned()).map_err(|day| format!("{day}, or a month as 2026-03"))
}
