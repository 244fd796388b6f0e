//! The data model: what is read, planned, computed, shown and saved of a run.
//!
//! Plain data with serde, and total functions on it: nothing here reads a file, sums
//! over frames or knows a browser. Every other crate computes on these types, and they
//! cross the worker boundary as they are.

mod channel;
#[cfg(feature = "json")]
pub mod crossval;
mod facts;
mod latent;
mod outcome;
mod plan;
#[cfg(feature = "json")]
pub mod published;
mod result;
mod summary;

pub use channel::SignalChannel;
pub use facts::{
    ArchiveFacts, DemoArchive, Issue, MapFacts, MapRefusal, Mode, RegistryFields, SetHead,
    Severity, SourceKind,
};
pub use latent::{
    Backend, EncoderFacts, EncoderOrigin, LatentAgreement, LatentClass, LatentMap, LatentPair,
    LatentRun, LatentSong, LatentSummary, MapCoupling, MapLatents, SignRow, Synthesis, TrackB,
};
pub use outcome::{ChannelAgreement, MapOutcome, MapStatus, PairOutcome, SongOutcome};
pub use plan::{IndexedSet, IndexedSong, PlannedMap, RegistryRow, SongPlan, StudyPlan};
pub use result::{
    HeldOut, HeldOutDim, RESULT_FORMAT, Refreshed, ResultMap, ResultOrigin, ResultPair, ResultSong,
    RunCounts, RunParameters, RunResult, ShownResult, ShownSong,
};
pub use summary::{ChannelSummary, OutputFile, RunRecord, StageTime, Summary, TrackA};
