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

mod cache;
mod device;
mod encode;
mod engine;
mod fetch;
mod load;
mod published;
mod self_test;
mod worker;

use std::rc::Rc;

use pulp::Simd;

/// Does the page's jobs from now on, with the instructions of `simd`.
pub fn serve<S: Simd>(simd: S, instructions: &'static str) {
    let worker = Rc::new(worker::Worker::new(simd, instructions));
    carto_port::serve::serve(move |request, files| {
        let worker = Rc::clone(&worker);
        async move { worker.run(request, files).await }
    });
}
