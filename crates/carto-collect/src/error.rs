use std::io;
use std::path::PathBuf;

use crate::stop::Stopped;

/// What ends a run. Whatever was written before it is kept, and the same
/// command goes on from there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CollectError {
    /// It was asked to.
    #[error("stopped; the same command goes on from here")]
    Stopped,
    /// Another run writes into the folder.
    #[error("another run is writing into {}", folder.display())]
    InUse {
        /// The folder.
        folder: PathBuf,
    },
    /// A file of an earlier run.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file of this run.
    #[error("{} cannot be written", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file of an earlier run that something else has changed.
    #[error("{}: line {line} is not what was written there; delete the line or the file", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
    },
    /// Too little space to go on.
    #[error(
        "{free_mb} MB are free where {} is, and {min_mb} MB must stay free; make room and run the \
         same command again",
        folder.display()
    )]
    DiskFull {
        /// The folder.
        folder: PathBuf,
        /// 10^6 bytes.
        free_mb: u64,
        /// 10^6 bytes.
        min_mb: u64,
    },
    /// osu! does not know the application.
    #[error(
        "{url} refuses the credentials with status {status}; check OSU_CLIENT_ID and \
         OSU_CLIENT_SECRET"
    )]
    CredentialsRefused {
        /// What was asked.
        url: String,
        /// Its answer.
        status: u16,
    },
    /// An answer that holds no token. It is not quoted: it may hold one.
    #[error("{url} answers without a token; check its address")]
    NoToken {
        /// What was asked.
        url: String,
    },
    /// A new token that does not open anything.
    #[error("{url} refuses a token that it has just given; check OSU_CLIENT_ID and its address")]
    TokenRefused {
        /// What was asked.
        url: String,
    },
    /// The service wants to be left alone.
    #[error("{url} asks to wait {minutes} minutes; run the same command again after that")]
    LongWait {
        /// What was asked.
        url: String,
        /// Rounded up.
        minutes: u64,
    },
    /// Failures in a row.
    #[error("{n_failures} failures in a row, the last: {last}; run the same command again later")]
    GaveUp {
        /// How many.
        n_failures: usize,
        /// The last of them.
        last: ItemError,
    },
    /// The token cannot be had.
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
    /// Asked as often as the rules allow.
    #[error("{url} was asked {attempts} times, at last: {reason}")]
    Unanswered {
        /// What was asked.
        url: String,
        /// How often.
        attempts: u32,
        /// The last failure.
        reason: String,
    },
    /// A refusal that asking again does not change.
    #[error("{url} answers with status {status}")]
    Refused {
        /// What was asked.
        url: String,
        /// Its answer.
        status: u16,
    },
    /// Another layout than expected.
    #[error("{url} answers with something else than expected: {reason}")]
    Malformed {
        /// What was asked.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Pages without an end.
    #[error("{url} names no next page that leads to an end")]
    NoNextPage {
        /// What was asked.
        url: String,
    },
    /// A page about a map, or about trouble, instead of the map.
    #[error("{url} answers with something that is not a .osu file")]
    NotAMap {
        /// What was asked.
        url: String,
    },
}

/// What one request can come to: the loss of one thing, or the end of the run.
#[derive(Debug)]
pub(crate) enum Trouble {
    Item(ItemError),
    Run(CollectError),
}

impl From<ItemError> for Trouble {
    fn from(error: ItemError) -> Self {
        Self::Item(error)
    }
}

impl From<CollectError> for Trouble {
    fn from(error: CollectError) -> Self {
        Self::Run(error)
    }
}

impl From<Stopped> for Trouble {
    fn from(_: Stopped) -> Self {
        Self::Run(CollectError::Stopped)
    }
}
