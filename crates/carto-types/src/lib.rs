//! The data model: what is read, planned, computed, shown and saved of a run.
//!
//! Plain data with serde, and total functions on it: nothing here reads a file, sums
//! over frames or knows a browser. Every other crate computes on these types, and they
//! cross the worker boundary as they are.

mod agreement;
mod beatmaps;
mod channel;
mod collections;
mod correlation;
#[cfg(feature = "json")]
pub mod crossval;
pub mod csv;
mod doubt;
mod encoder;
mod facts;
mod file_kind;
mod issue;
mod issue_group;
#[cfg(feature = "json")]
mod json_fault;
mod keys;
mod mods;
mod outcome;
mod owner;
mod pack;
mod plan;
#[cfg(feature = "json")]
pub mod published;
mod result;
mod run;
mod set_folders;
mod shown_result;
mod song_row;
mod source;

pub use agreement::{
    AgreementClass, ChannelAgreement, ChannelSummary, ClassBounds, HeldOut, HeldOutDim,
    LatentAgreement, LatentPairAgreement, LatentSummary, PairAgreement, TrackA, TrackB,
};
pub use beatmaps::{
    FoldScore, Influence, LabelSource, LabelledMap, MapTexts, MapsRead, ModelFacts, ReadMap,
    TrainedModel,
};
pub use channel::SignalChannel;
pub use collections::{
    AddedCollection, CollectedMap, CollectionFormat, LabelRule, WrittenCollections,
};
pub use correlation::{ChannelCorrelations, ChannelMatrix, SignRow, Synthesis, strongest_channels};
pub use doubt::{DoubtCounts, PairDoubt};
pub use encoder::{Backend, EncoderFacts, EncoderOrigin};
pub use facts::{ArchiveFacts, DemoArchive, MapFacts, Mode, RegistryFields, SetHead};
pub use file_kind::{
    FileKind, is_hit_sound, is_lazer_file, is_read_by_published_rules, known_without_maps,
    why_no_source,
};
pub use issue::{Cause, Issue, MapRefusal, Severity};
pub use issue_group::IssueGroup;
#[cfg(feature = "json")]
pub use json_fault::json_fault;
pub use keys::{creator_key, match_key, song_key};
pub use mods::Mods;
pub use outcome::{
    AudioRelation, HOP_SAMPLES, LatentMap, LatentPair, LatentRun, LatentSong, MapLatents,
    MapOutcome, MapStatus, PairOutcome, SAMPLE_RATE_HZ, SongOutcome, frames_ms,
};
pub use owner::{OwnerEvidence, OwnerRow, OwnerTable, Ownership};
pub use pack::{PackContents, PackedArchive};
pub use plan::{
    IndexedSet, IndexedSong, PlannedMap, PlannedPair, RegistryRow, SongPlan, StudyPlan,
};
pub use result::{
    FIRST_RESULT_FORMAT, RESULT_FORMAT, ResultLabel, ResultLink, ResultMap, ResultOrigin,
    ResultPair, ResultSong, RunCounts, RunParameters, RunResult, address_stem, file_stem,
};
pub use run::{OutputFile, RunRecord, SongMeans, StageTime, Summary};
pub use set_folders::{FolderListing, FoundSet, Grouped, LAZER_FOLDER, group_sets};
pub use shown_result::ShownResult;
pub use song_row::{OtherAudio, SongMap, SongMapper, SongPair, SongRow, SongStatus};
pub use source::{SourceFiles, SourceKind, files_of_slot};
