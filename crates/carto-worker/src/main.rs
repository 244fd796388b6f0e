//! The web worker that reads archives and compares maps.

mod jobs;

/// Runs when the browser has loaded the worker's script.
fn main() {
    carto_worker_port::serve(|request, files| async move { jobs::run(request, &files) });
}
