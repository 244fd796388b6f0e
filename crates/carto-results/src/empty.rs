use carto_types::{RESULT_FORMAT, ResultOrigin, RunCounts, RunParameters, RunResult};

/// A result without any figure.
pub(crate) fn empty_result() -> RunResult {
    RunResult {
        format: RESULT_FORMAT.to_owned(),
        name: String::new(),
        origin: ResultOrigin::default(),
        parameters: RunParameters::default(),
        counts: RunCounts::default(),
        track_a: None,
        track_b: None,
        synthesis: None,
        held_out: None,
        songs: Vec::new(),
        issues: Vec::new(),
    }
}
