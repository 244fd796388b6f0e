use serde::{Deserialize, Serialize};

use crate::codec::{CodecError, encode, split};

/// Changes with every change of a type that crosses the boundary.
pub const PROTOCOL_VERSION: u32 = 13;

/// Worker → page: a [`Head`], and behind it the reply or progress that it announces.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Message(Vec<u8>);

/// What a message of a worker is. Every job ends in exactly one [`Head::Reply`] or
/// [`Head::Failed`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Head {
    /// The worker listens. First of all messages.
    Ready {
        /// [`PROTOCOL_VERSION`] of the worker.
        version: u32,
    },
    /// The job goes on; what the call's progress is stands behind the head.
    Progress,
    /// Ends the job; the call's reply stands behind the head.
    Reply,
    /// Ends a job that gave no reply; also sent by the panic hook.
    Failed(JobError),
}

impl Message {
    /// Says that the worker listens, and in which version.
    pub fn ready() -> Self {
        Self::of(&Head::Ready { version: PROTOCOL_VERSION }, &())
    }

    /// Ends a job without a reply.
    pub fn failed(error: JobError) -> Self {
        Self::of(&Head::Failed(error), &())
    }

    pub(crate) fn reply<T: Serialize>(reply: &T) -> Self {
        Self::of(&Head::Reply, reply)
    }

    pub(crate) fn progress<T: Serialize>(progress: &T) -> Self {
        Self::of(&Head::Progress, progress)
    }

    fn of<T: Serialize>(head: &Head, body: &T) -> Self {
        // Nothing that crosses the boundary fails to be written; bytes that are no message
        // would be named as such by whoever reads them.
        Self(encode(&(head, body)).unwrap_or_default())
    }

    /// The message as it travels.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The head of a message, and the bytes of what it announces.
    ///
    /// # Errors
    ///
    /// [`CodecError`] for bytes that are no message.
    pub fn read(bytes: &[u8]) -> Result<(Head, &[u8]), CodecError> {
        split(bytes)
    }
}

/// Why a job as a whole came to nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum JobError {
    /// A message could not be read: page and worker are of different versions.
    #[error("the page and its worker do not understand each other: reload the page")]
    BadMessage,
    /// A fault of ours.
    #[error("a fault in this program: {message}")]
    Panic {
        /// What the panic said, with file and line.
        message: String,
    },
    /// The worker could not be started or broke down.
    #[error("the worker stopped: {message}")]
    WorkerLost {
        /// What the browser said.
        message: String,
    },
}
