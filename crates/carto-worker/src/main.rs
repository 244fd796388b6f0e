//! The web worker that reads archives and compares maps.
//!
//! It says [`Ready`](carto_protocol::Response::Ready) once, then does one job
//! after another, each answered before the next is looked at. The page stops it
//! by ending the worker, so nothing here needs to be interruptible.
//!
//! Dropped files are read by slices, synchronously, as only workers may.

mod blocks;
mod file_source;
mod jobs;
mod message;
mod panics;
mod port;

/// Runs when the browser has loaded the worker's script.
fn main() {
    panics::name_panics();
    port::listen();
}
