//! What the page itself says of jobs that went wrong.

use carto_protocol::JobError;
use carto_types::Cause;

/// The error, and what a person can do about the file or song that it hit.
pub(super) fn message_of(error: &JobError) -> String {
    match error {
        JobError::Panic { .. } => {
            format!("{error}. All else goes on without it; please report this line")
        }
        JobError::BadMessage | JobError::WorkerLost { .. } => {
            format!("{error}. All else goes on without it; drop it again to try once more")
        }
    }
}

/// A job's error by name, for counting.
pub(super) fn cause_of(error: &JobError) -> Cause {
    match error {
        JobError::BadMessage => Cause::BadMessage,
        JobError::Panic { .. } => Cause::Fault,
        JobError::WorkerLost { .. } => Cause::WorkerLost,
    }
}
