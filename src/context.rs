//! What the whole page speaks of, from anywhere below its root.

use leptos::prelude::expect_context;

use crate::own_result::OwnResult;
use crate::results::Results;
use crate::run::Run;

/// The run of the page.
pub(crate) fn use_run() -> Run {
    expect_context::<Run>()
}

/// Results that were not made here.
pub(crate) fn use_results() -> Results {
    expect_context::<Results>()
}

/// What one's own run has come to.
pub(crate) fn use_own_result() -> OwnResult {
    expect_context::<OwnResult>()
}
