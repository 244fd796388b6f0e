//! The web worker that opens results, writes links and files, and compares.

mod fetch;
mod jobs;
mod live;

/// Runs when the browser has loaded the worker's script.
fn main() {
    carto_worker_port::serve(|request, files| async move { jobs::run(request, &files).await });
}
