use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{JobError, JobId, PROTOCOL_VERSION, Request, Response};

/// What a page asks its workers; each program of workers has one such type.
pub trait Question: DeserializeOwned {
    /// The job that it is about.
    fn job_id(&self) -> JobId;
}

/// What workers answer. Every job ends in exactly one answer that is not
/// [in between](Answer::is_in_between).
pub trait Answer: Serialize + DeserializeOwned {
    /// Changes with every change of these messages.
    const VERSION: u32;

    /// The worker listens. First of all answers.
    fn ready() -> Self;

    /// The version that the worker speaks, where this is the first answer.
    fn version(&self) -> Option<u32>;

    /// A job went wrong as a whole.
    fn failed(job_id: Option<JobId>, error: JobError) -> Self;

    /// Why a job went wrong as a whole, where this says so.
    fn failure(&self) -> Option<&JobError>;

    /// Whether the job goes on after this answer.
    fn is_in_between(&self) -> bool;
}

impl Question for Request {
    fn job_id(&self) -> JobId {
        Self::job_id(self)
    }
}

impl Answer for Response {
    const VERSION: u32 = PROTOCOL_VERSION;

    fn ready() -> Self {
        Self::Ready { version: PROTOCOL_VERSION }
    }

    fn version(&self) -> Option<u32> {
        match self {
            Self::Ready { version } => Some(*version),
            _ => None,
        }
    }

    fn failed(job_id: Option<JobId>, error: JobError) -> Self {
        Self::Failed { job_id, error }
    }

    fn failure(&self) -> Option<&JobError> {
        match self {
            Self::Failed { error, .. } => Some(error),
            _ => None,
        }
    }

    fn is_in_between(&self) -> bool {
        Self::is_in_between(self)
    }
}
