//! The `carto` command: the page's study on folders, with its files.
//!
//! Exit codes: 0 done, with or without warnings; 1 nothing could be analysed,
//! or the one file asked for is refused; 2 wrong usage; 130 stopped by ctrl-C.
//! Errors go to stderr, one line each.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is a command")]

#[macro_use]
mod say;

mod analyze;
mod args;
mod classifier;
mod collect;
mod convert;
#[cfg(feature = "train")]
mod crossval;
mod dataset;
mod demo;
mod encode;
mod encoder;
#[cfg(feature = "train")]
mod evaluate;
mod features;
mod figures;
mod import;
mod inputs;
mod latent;
mod latents;
mod npy;
mod progress;
mod publish;
mod shelf;
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
mod whole;

use std::process::ExitCode;

use args::{Args, Command};

fn main() -> ExitCode {
    let args = match Args::read() {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    let result = match args.command {
        Command::Analyze(args) => analyze::run(&args),
        Command::Encode(args) => encode::run(&args),
        Command::Latent(args) => latent::run(&args),
        Command::AudioFrames(args) => encode::print_audio_frames(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Convert(args) => convert::run(&args),
        Command::Features(args) => features::run(&args),
        Command::Classify(args) => classifier::classify(&args),
        Command::Figures(args) => figures::run(&args),
        Command::Dataset(args) => dataset::run(&args),
        Command::RandomEncoder(args) => convert::write_random(&args),
        Command::Import(args) => import::run(&args),
        Command::Publish(args) => publish::run(&args),
        Command::Collect(args) => collect::run(&args),
        Command::Pack(args) => training::pack(&args),
        Command::CrossVal(args) => training::cross_validate(&args),
        Command::Evaluate(args) => training::evaluate(&args),
        Command::Train(args) => match args.what {
            args::TrainWhat::Encoder(args) => training::train_encoder(&args),
            args::TrainWhat::Classifier(args) => training::train_classifier(&args),
        },
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("carto: {error:#}");
            ExitCode::from(collect::exit_code(&error))
        }
    }
}

/// Help as it is, wrong usage in one line.
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
    eprintln!("carto: {wrong}; see carto --help");
    ExitCode::from(2)
}
