use clap::ValueEnum;

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

/// What computes latents
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Device {
    /// All cores of the processor
    #[default]
    Cpu,
    /// The graphics processor
    Gpu,
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

/// How to get the commands that a build without the feature `train` leaves out.
#[cfg(not(feature = "train"))]
pub(crate) const HOW_TO_GET_TRAINING: &str =
    "take the program of a release, or build it with \
     `cargo install --path crates/carto-cli --features train`";

/// The last paragraph of the help of a command that is left out.
#[cfg(not(feature = "train"))]
pub(crate) fn left_out_help() -> String {
    format!("This carto was built without this command: {HOW_TO_GET_TRAINING}.")
}
