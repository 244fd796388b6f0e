//! A run, from dropped files to written ones, as a state machine without a browser.
//!
//! Whoever drives it tells the time with [`RunController::at`], calls an action or
//! passes on what a worker replied, ends all jobs if
//! [`RunController::take_dropped_jobs`] says so, and carries out
//! [`RunController::next_commands`]. What there is to do always follows from what is
//! known, so that going on after a stop, files that come late and songs that need no
//! second look need no path of their own.

mod actions;
mod clearing;
mod command;
mod hearing;
mod issues;
mod keeping;
mod latents;
mod next;
mod notes;
mod offer;
mod owners;
mod record;
mod replies;
mod run;
mod song_list;
mod songs;
mod sources;
#[cfg(test)]
mod tests;
mod views;

pub(super) use self::command::{AnalysisCommand, AudioCommand, Command, EncoderCommand, JobId};
pub(super) use self::latents::Loaded;
pub(super) use self::run::{LatestSummary, RunController};
pub(super) use self::sources::Arrival;
