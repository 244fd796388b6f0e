//! Words for what went wrong.

use carto_types::{Issue, Severity};

/// Something that was left out.
pub(crate) fn skipped(subject: &str, cause: &str, message: impl Into<String>) -> Issue {
    issue(Severity::Skipped, subject, cause, message)
}

/// Something that was used but is odd.
pub(crate) fn warning(subject: &str, cause: &str, message: impl Into<String>) -> Issue {
    issue(Severity::Warning, subject, cause, message)
}

fn issue(severity: Severity, subject: &str, cause: &str, message: impl Into<String>) -> Issue {
    let (subject, cause) = (subject.to_owned(), cause.to_owned());
    Issue { severity, subject, cause, message: message.into() }
}
