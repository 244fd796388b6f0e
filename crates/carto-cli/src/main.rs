//! The `carto` command: the page's study on folders, with its files.
//!
//! Exit codes: 0 done, with or without warnings; 1 nothing could be analysed,
//! or the one file asked for is refused; 2 wrong usage; 130 stopped by ctrl-C.
//! Errors go to stderr, one line each.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is a command")]

#[macro_use]
mod terminal;

mod analyze;
mod args;
mod cache;
mod classifier;
mod collect;
mod convert;
mod counts;
#[cfg(feature = "train")]
mod crossval;
mod dataset;
mod demo;
mod drawn_files;
mod encode;
mod encoder;
#[cfg(feature = "train")]
mod evaluate;
mod evidence;
mod examples;
mod features;
mod figures;
mod files;
mod hearing;
mod import;
mod inputs;
mod latent;
mod latent_means;
mod latents;
mod mapper;
mod npy;
mod objects;
mod owners;
mod pair;
mod picture;
mod place;
mod planned;
mod publish;
mod results_index;
mod run_cache;
mod song;
#[cfg(feature = "train")]
mod tables;
#[cfg(feature = "train")]
mod train;
#[cfg(feature = "train")]
mod training;
#[cfg(not(feature = "train"))]
#[path = "no_training.rs"]
mod training;
#[cfg(feature = "train")]
mod training_set;
mod with_latents;

use std::process::ExitCode;

use anyhow::Result;
use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

/// Measures how much osu! mappers agree on the maps of a song.
#[derive(Debug, Parser)]
#[command(name = "carto", version, about, max_term_width = 100)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Analyze(analyze::Args),
    Encode(encode::Args),
    Latent(latent::Args),
    Pair(pair::Args),
    Song(song::Args),
    Mapper(mapper::Args),
    Objects(objects::Args),
    AudioFrames(encode::AudioFramesArgs),
    Demo(demo::Args),
    Convert(convert::Args),
    Features(features::Args),
    Owners(owners::Args),
    Classify(classifier::Classify),
    Figures(figures::Args),
    Dataset(dataset::Args),
    RandomEncoder(convert::RandomEncoderArgs),
    Import(import::Args),
    Publish(publish::Args),
    Collect(collect::Args),
    Pack(args::Pack),
    Train(Train),
    Evaluate(args::Evaluate),
    #[command(name = "crossval")]
    CrossVal(args::CrossVal),
}

/// Train an encoder or a classifier
#[derive(Debug, clap::Args)]
#[cfg_attr(not(feature = "train"), command(after_help = args::left_out_help()))]
struct Train {
    #[command(subcommand)]
    model: TrainedModel,
}

#[derive(Debug, Subcommand)]
enum TrainedModel {
    Encoder(args::TrainEncoder),
    Classifier(classifier::TrainClassifier),
}

fn main() -> ExitCode {
    if std::env::args_os().len() < 2 {
        let about = Args::command().get_about().map(ToString::to_string).unwrap_or_default();
        eprintln!("{}", examples::without_arguments(&about));
        return ExitCode::from(2);
    }
    let command = match parse() {
        Ok(command) => command,
        Err(error) => return usage(&error),
    };
    match run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("carto: {error:#}");
            ExitCode::from(collect::exit_code(&error))
        }
    }
}

/// Reads the command line; wrong usage is also two arguments that do not go together.
fn parse() -> Result<Command, clap::Error> {
    let matches = examples::add_to(Args::command(), "").try_get_matches()?;
    let Args { command } = Args::from_arg_matches(&matches)?;
    match &command {
        Command::Latent(args) => args.check()?,
        Command::Classify(args) => args.check()?,
        _ => {}
    }
    Ok(command)
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Analyze(args) => analyze::run(&args),
        Command::Encode(args) => encode::run(&args),
        Command::Latent(args) => latent::run(&args),
        Command::Pair(args) => pair::run(&args),
        Command::Song(args) => song::run(&args),
        Command::Mapper(args) => mapper::run(&args),
        Command::Objects(args) => objects::run(&args),
        Command::AudioFrames(args) => encode::print_audio_frames(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Convert(args) => convert::run(&args),
        Command::Features(args) => features::run(&args),
        Command::Owners(args) => owners::run(&args),
        Command::Classify(args) => classifier::classify(&args),
        Command::Figures(args) => figures::run(&args),
        Command::Dataset(args) => dataset::run(&args),
        Command::RandomEncoder(args) => convert::write_random(&args),
        Command::Import(args) => import::run(&args),
        Command::Publish(args) => publish::run(&args),
        Command::Collect(args) => collect::run(&args),
        Command::Pack(args) => training::pack(&args),
        Command::Evaluate(args) => training::evaluate(&args),
        Command::CrossVal(args) => training::cross_validate(&args),
        Command::Train(Train { model: TrainedModel::Encoder(args) }) => {
            training::train_encoder(&args)
        }
        Command::Train(Train { model: TrainedModel::Classifier(args) }) => {
            training::train_classifier(&args)
        }
    }
}

/// Prints help as it is, and wrong usage in one line.
fn usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let text = error.to_string();
    // What is wrong stands before the first empty line, one fault a line.
    let wrong: Vec<_> = text.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    let wrong = wrong.join(" ");
    let wrong = wrong.strip_prefix("error: ").unwrap_or("a command is missing");
    let question = did_you_mean(error).map(|what| format!("; did you mean {what}?"));
    let command =
        command_of_line(std::env::args_os().skip(1).map_while(|it| it.into_string().ok()));
    eprintln!("carto: {wrong}{}; see {command} --help", question.unwrap_or_default());
    ExitCode::from(2)
}

/// What is written most nearly like what was not understood: `` `analyze` ``.
fn did_you_mean(error: &clap::Error) -> Option<String> {
    let kinds =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    kinds.into_iter().filter_map(|kind| error.get(kind)).find_map(|value| match value {
        ContextValue::String(one) => Some(format!("`{one}`")),
        // The parser lists the least alike first.
        ContextValue::Strings(several) => several.last().map(|it| format!("`{it}`")),
        _ => None,
    })
}

/// The command whose help explains the fault, by the words that were typed: `carto analyze`,
/// else `carto`.
fn command_of_line(words: impl Iterator<Item = String>) -> String {
    let mut command = Args::command();
    let mut path = "carto".to_owned();
    for word in words {
        let Some(inner) = command.find_subcommand(&word).cloned() else { break };
        path.extend([" ", &word]);
        command = inner;
    }
    path
}
