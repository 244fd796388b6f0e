//! What ends a run, and why one thing cannot be had.

use std::io;
use std::path::PathBuf;

use crate::stop::Stopped;

/// What ends a run. Whatever was written before it is kept, and the same
/// command goes on from there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CollectError {
    /// The run was asked to stop.
    #[error("stopped; the same command goes on from here")]
    Stopped,
    /// Another run writes into the folder.
    #[error("another run is writing into {}", folder.display())]
    InUse {
        /// Folder of both runs.
        folder: PathBuf,
    },
    /// A file of an earlier run cannot be read.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// Path of the file.
        path: PathBuf,
        /// Error of the system.
        source: io::Error,
    },
    /// A file of this run cannot be written.
    #[error("{} cannot be written", path.display())]
    Unwritable {
        /// Path of the file.
        path: PathBuf,
        /// Error of the system.
        source: io::Error,
    },
    /// A file of an earlier run that something else has changed.
    #[error("{}: line {line} is not what was written there; delete the line or the file", path.display())]
    Damaged {
        /// Path of the file.
        path: PathBuf,
        /// Number of the line, counted from 1.
        line: usize,
    },
    /// The disk has too little free space to go on.
    #[error(
        "{free_mb} MB are free where {} is, and {min_mb} MB must stay free; make room and run the \
         same command again",
        folder.display()
    )]
    DiskFull {
        /// Folder of the run.
        folder: PathBuf,
        /// Free space of the disk, in 10^6 bytes.
        free_mb: u64,
        /// Free space that must stay, in 10^6 bytes.
        min_mb: u64,
    },
    /// osu! does not know the OAuth application.
    #[error(
        "{url} refuses the credentials with status {status}; check OSU_CLIENT_ID and \
         OSU_CLIENT_SECRET"
    )]
    CredentialsRefused {
        /// Address of the request.
        url: String,
        /// Status of the answer.
        status: u16,
    },
    /// An answer without a token. Messages do not quote it: a part of it may be one.
    #[error("{url} answers without a token; check its address")]
    NoToken {
        /// Address of the request.
        url: String,
    },
    /// The API refuses a token that it has just given.
    #[error("{url} refuses a token that it has just given; check OSU_CLIENT_ID and its address")]
    TokenRefused {
        /// Address of the request.
        url: String,
    },
    /// The service asks for a longer pause than the rules allow.
    #[error("{url} asks to wait {minutes} minutes; run the same command again after that")]
    LongWait {
        /// Address of the request.
        url: String,
        /// Length of the pause, rounded up.
        minutes: u64,
    },
    /// Too many failures in a row.
    #[error("{n_failures} failures in a row, the last: {last}; run the same command again later")]
    GaveUp {
        /// Number of failures in a row.
        n_failures: usize,
        /// Last failure.
        last: ItemError,
    },
    /// The request for a token failed.
    #[error("no token: {0}; run the same command again later")]
    TokenUnanswered(ItemError),
    /// The system offers nothing to make requests with.
    #[error("requests cannot be made")]
    Client(#[source] reqwest::Error),
    /// The system offers nothing to encrypt with.
    #[error("requests cannot be encrypted")]
    Encryption(#[from] rustls::Error),
}

impl From<Stopped> for CollectError {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// Why one thing could not be had. The run goes on without it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ItemError {
    /// Every request that the rules allow failed.
    #[error("{url} was asked {attempts} times, at last: {reason}")]
    Unanswered {
        /// Address of the request.
        url: String,
        /// Number of requests.
        attempts: u32,
        /// Failure of the last request.
        reason: String,
    },
    /// A refusal that asking again does not change.
    #[error("{url} answers with status {status}")]
    Refused {
        /// Address of the request.
        url: String,
        /// Status of the answer.
        status: u16,
    },
    /// An answer in another layout than the service's.
    #[error("{url} answers with something else than expected: {reason}")]
    Malformed {
        /// Address of the request.
        url: String,
        /// What is wrong with the answer.
        reason: String,
    },
    /// A list whose pages have no end.
    #[error("{url} names no next page that leads to an end")]
    NoNextPage {
        /// Address of the request.
        url: String,
    },
    /// A web page about the map, or about an error, instead of the map.
    #[error("{url} answers with something that is not a .osu file")]
    NotAMap {
        /// Address of the request.
        url: String,
    },
}

/// What a failed request costs: one thing, or the whole run.
#[derive(Debug)]
pub(crate) enum RequestError {
    Item(ItemError),
    Run(CollectError),
}

impl From<ItemError> for RequestError {
    fn from(error: ItemError) -> Self {
        Self::Item(error)
    }
}

impl From<CollectError> for RequestError {
    fn from(error: CollectError) -> Self {
        Self::Run(error)
    }
}

impl From<Stopped> for RequestError {
    fn from(_: Stopped) -> Self {
        Self::Run(CollectError::Stopped)
    }
}
