//! What the page itself says of files and songs that came to nothing.

use std::borrow::Cow;

use carto_protocol::JobError;
use carto_types::{Issue, MapStatus, Mode, Severity};

/// Something that was left out.
pub(super) fn skipped(subject: String, cause: &str, message: String) -> Issue {
    Issue { severity: Severity::Skipped, subject, cause: cause.into(), message }
}

/// A map that takes no part.
pub(super) fn refused(cause: &str, message: &str) -> MapStatus {
    MapStatus::Refused { cause: cause.into(), message: message.into() }
}

/// Whether a refused map, or its song, may be read when the file is dropped once more:
/// the cause lies in the file's handle or the worker.
pub(super) fn is_retryable(status: &MapStatus) -> bool {
    const CAUSES: [&str; 5] =
        ["unreadable-archive", "unreadable-file", "worker-lost", "bad-message", "fault"];
    matches!(status, MapStatus::Refused { cause, .. } if CAUSES.contains(&&**cause))
}

/// Whether a file could not be read as a whole.
pub(super) fn is_unreadable(issue: &Issue) -> bool {
    ["unreadable-archive", "unreadable-file"].contains(&&*issue.cause)
}

/// What maps of one mapper share.
pub(super) fn creator_key(mode: Mode, name: &str) -> Cow<'_, str> {
    match mode {
        Mode::Published => Cow::Borrowed(name),
        // Names in osu! do not differ by case.
        Mode::Tolerant => Cow::Owned(name.trim().to_lowercase()),
    }
}

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
pub(super) fn cause_of(error: &JobError) -> &'static str {
    match error {
        JobError::BadMessage => "bad-message",
        JobError::Panic { .. } => "fault",
        JobError::WorkerLost { .. } => "worker-lost",
    }
}
