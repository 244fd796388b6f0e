//! What crosses the worker boundary, and the layouts of result files.
//!
//! Nothing here computes. Types of `carto-core` do not cross the boundary:
//! the wire format changes only when this crate does, and the first message
//! each way carries [`PROTOCOL_VERSION`].

mod codec;
#[cfg(feature = "json")]
pub mod crossval;
mod exchange;
mod facts;
mod latent;
mod messages;
mod outcome;
mod plan;
#[cfg(feature = "json")]
pub mod published;
mod result;
mod sources;
mod summary;

pub use codec::{DecodeError, decode, encode};
pub use exchange::{Answer, Question};
pub use facts::{
    ArchiveFacts, Issue, MapFacts, MapRefusal, Mode, RegistryFields, SetHead, Severity, SourceKind,
};
pub use latent::{
    Backend, EncoderFacts, EncoderOrigin, LatentAgreement, LatentClass, LatentMap, LatentPair,
    LatentRun, LatentSong, LatentSummary, MapCoupling, MapLatents, SignRow, Synthesis, TrackB,
};
pub use messages::{DemoArchive, JobError, JobId, Request, Response};
pub use outcome::{ChannelAgreement, MapOutcome, MapStatus, PairOutcome, SongOutcome};
pub use plan::{IndexedSet, IndexedSong, PlannedMap, RegistryRow, SongPlan, StudyPlan};
pub use result::{
    HeldOut, HeldOutDim, RESULT_FORMAT, Refreshed, ResultMap, ResultOrigin, ResultPair, ResultSong,
    RunCounts, RunParameters, RunResult, ShownResult, ShownSong,
};
pub use sources::{DeviceChoice, EncoderSource, ResultSource, ResultText};
pub use summary::{ChannelSummary, OutputFile, RunRecord, StageTime, Summary, TrackA};

/// Changes with every change of a type in this crate.
pub const PROTOCOL_VERSION: u32 = 5;
