use carto_types::{Mode, Mods};
use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// Device that computes latents
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Device {
    /// All CPU cores
    #[default]
    Cpu,
    /// The GPU
    Gpu,
}

/// Reads the name of a mode: which rules decide what takes part.
pub(crate) fn mode() -> impl TypedValueParser<Value = Mode> {
    PossibleValuesParser::new([
        PossibleValue::new(Mode::Osu.name())
            .alias(Mode::OLD_NAME_OF_OSU)
            .help("As osu! players know it: read as osu! reads it, each difficulty by who made it"),
        PossibleValue::new(Mode::Published.name()).help(
            "As published: rules of the published pipeline, each difficulty by the host of its set",
        ),
    ])
    .map(|name| Mode::of_name(&name).unwrap_or_default())
}

/// Reads osu!'s abbreviation of a mod, in any case.
pub(crate) fn mods() -> impl TypedValueParser<Value = Mods> {
    PossibleValuesParser::new([
        PossibleValue::new(Mods::DoubleTime.acronym()).help("Double time"),
        PossibleValue::new(Mods::HardRock.acronym()).help("Hard rock"),
    ])
    .map(|name| Mods::of_acronym(&name.to_ascii_uppercase()).unwrap_or_default())
}

/// How to get the commands that a build without the feature `train` leaves out.
#[cfg(not(feature = "train"))]
pub(crate) const HOW_TO_GET_TRAINING: &str = "take the program of a release, or build it with \
     `cargo install --path crates/carto-cli --features train`";

/// The last paragraph of the help of a command that is left out.
#[cfg(not(feature = "train"))]
pub(crate) fn left_out_help() -> String {
    format!("This carto was built without this command: {HOW_TO_GET_TRAINING}.")
}
