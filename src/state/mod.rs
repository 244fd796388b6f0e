//! The run: what was dropped, what is known of it, what is left to do.
//!
//! [`course`] is a state machine without a browser in it: actions, answers and
//! the clock go in, orders and views come out. The engine ties it to the pool and to
//! the signals of [`Run`], which is all that the views see.

mod announce;
mod bundled;
mod course;
mod demo;
mod desk;
mod engine;
mod results;
mod run;
mod view;
mod weights_file;

pub(crate) use results::{Asked, Results};
pub(crate) use run::Run;
pub(crate) use view::{
    EncoderState, LatentView, Phase, SongRow, SongStatus, Stage, StageState, StageView,
};
