//! The web worker that reads what kind of map each is, classifies and trains.

mod answers;
mod jobs;
mod labels;
mod models;
mod rows;
mod training;

/// Runs when the browser has loaded the worker's script.
fn main() {
    carto_worker_port::serve(|request, files| async move { jobs::run(request, &files).await });
}
