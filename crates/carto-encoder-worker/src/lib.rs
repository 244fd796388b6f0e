//! The web worker that loads an encoder and computes latents.
//!
//! Loading gives the page the encoder alone, as one file; from then on every
//! job brings that file along, and a worker reads it once. So any number of
//! workers can share the maps, and a worker that breaks down is replaced
//! without another download.
//!
//! It is two programs of one source, since a browser refuses a program with
//! instructions that it does not know; both choose between processor and
//! graphics processor when they load an encoder.

mod device;
mod encode;
mod fetch;
mod load;
mod means;
mod over_time;
mod published;
mod worker;

use std::rc::Rc;

use carto_encoder::cpu::{CpuEncoder, TileEncoder};
use pulp::Simd;

/// Does the page's jobs from now on, with the instructions of `simd`.
///
/// - `instructions`: their name, for a person
pub fn serve<S: Simd>(simd: S, instructions: &'static str) {
    let pack = move |folded| -> Box<dyn TileEncoder> {
        Box::new(CpuEncoder::new(folded, simd, instructions))
    };
    let worker = Rc::new(worker::Worker::new(Box::new(pack)));
    carto_port::serve::serve(move |request, files| {
        let worker = Rc::clone(&worker);
        async move { worker.run(request, files).await }
    });
}
