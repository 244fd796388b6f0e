//! The data model: what is read, planned, computed, shown and saved of a run.
//!
//! Plain data with serde, and total functions on it: nothing here reads a file, sums
//! over frames or knows a browser. Every other crate computes on these types, and they
//! cross the worker boundary as they are.

mod agreement;
mod audio_lag;
mod beatmaps;
mod binomial;
mod by_channel;
mod channel;
mod collections;
mod correlation;
#[cfg(feature = "json")]
pub mod crossval;
pub mod csv;
mod doubt;
mod drawn_map;
mod encoder;
mod evidence;
mod f32_bytes;
mod facts;
mod file_kind;
mod heard_song;
mod inference;
mod issue;
mod issue_group;
#[cfg(feature = "json")]
mod json_fault;
mod keys;
mod latent_evidence;
mod latent_means;
mod mapper_fingerprint;
mod mods;
mod offered_encoder;
mod offered_run;
mod offered_song;
mod outcome;
mod owner;
mod pack;
mod packed;
mod plan;
#[cfg(feature = "json")]
pub mod published;
mod random_signs;
mod result;
mod rising;
mod run;
mod run_evidence;
mod set_evidence;
mod set_folders;
mod shown_result;
mod song_latents;
mod song_over_time;
mod song_row;
mod source;
mod strips;
mod timed_sound;

pub use agreement::{
    AgreementClass, ChannelAgreement, ChannelSummary, ClassBounds, HeldOut, HeldOutDim,
    LatentAgreement, LatentPairAgreement, LatentSummary, PairAgreement, TrackA, TrackB,
};
pub use audio_lag::{AudioLag, MAX_RECORDING_BYTES, PairAudio};
pub use beatmaps::{
    FoldScore, Influence, LabelSource, LabelledMap, MapTexts, MapsRead, ModelFacts, ReadMap,
    TrainedModel,
};
pub use binomial::binomial_tail;
pub use by_channel::{ByChannel, ByEventChannel};
pub use channel::SignalChannel;
pub use collections::{
    AddedCollection, CollectedMap, CollectionFormat, LabelRule, WrittenCollections,
};
pub use correlation::{ChannelCorrelations, ChannelMatrix, SignRow, Synthesis, strongest_channels};
pub use doubt::{DoubtCounts, PairDoubt};
pub use drawn_map::{
    DrawnKind, DrawnMap, DrawnObject, DrawnSlider, DrawnTick, FollowLine, FollowPoint,
};
pub use encoder::{Backend, DeviceChoice, EncoderFacts, EncoderOrigin};
pub use evidence::{
    AlignmentClass, AlignmentSource, BarAgreement, BarFMeasure, BarPearson, OtherSongAgreement,
    PairEvidence, PhiAgreement, SpanAgreement,
};
pub use facts::{ArchiveFacts, DemoArchive, MapFacts, Mode, RegistryFields, SetHead};
pub use file_kind::{
    FileKind, is_hit_sound, is_lazer_file, is_read_by_published_rules, known_without_maps,
    why_no_source,
};
pub use heard_song::HeardSong;
pub use inference::{
    AGREEMENT_MARGIN, COPY_SHARE, CountsLine, Estimate, ExpectedSigns, FEWEST_SONGS, Interval,
    LIKE_COUNTS_LOG_RATIO, MeanOverSongs, MeanPValue, MeanTest, PairGroups, Placement,
    PlacementClass, SongInfluence, Verdict, WANTED_HALF_WIDTH,
};
pub use issue::{Cause, Issue, MapRefusal, Severity};
pub use issue_group::IssueGroup;
#[cfg(feature = "json")]
pub use json_fault::json_fault;
pub use keys::{creator_key, match_key, song_key};
pub use latent_evidence::{BarPair, BarPairOutcome, LatentBars, LatentSpan, latent_name};
pub use latent_means::{LatentMeans, SongLatentMeans};
pub use mapper_fingerprint::{
    DifferenceExample, DifferenceVerdict, DimensionDifference, DimensionGroup, ExampleMap,
    MAPPER_FORMAT, MOST_Q, MOST_STARS_APART, MapValues, MapperCount, MapperFingerprint,
    MapperReport, SongMapValues, SongSigns, StarsApart, TypicalDimension, WhyUndetermined,
    are_of_like_stars,
};
pub use mods::Mods;
pub use offered_encoder::OfferedEncoder;
pub use offered_run::OfferedRun;
pub use offered_song::{OfferedMap, OfferedPair, OfferedSong, song_name};
pub use outcome::{
    AudioRelation, CeilingOutcome, HOP_SAMPLES, LatentMap, LatentPair, LatentRun, LatentSong,
    MapLatents, MapOutcome, MapStatus, PairOutcome, SAMPLE_RATE_HZ, SongOutcome, frames_ms,
};
pub use owner::{OwnerEvidence, OwnerRow, OwnerTable, Ownership};
pub use pack::{PackContents, PackedArchive};
pub use packed::Packed;
pub use plan::{
    EvidencePlan, IndexedSet, IndexedSong, PlannedMap, PlannedPair, RegistryRow, SongPlan,
    StudyPlan,
};
pub use random_signs::{RandomSigns, same_sign_of_three, same_sign_of_two};
pub use result::{
    FIRST_RESULT_FORMAT, RESULT_FORMAT, ResultCeilingPair, ResultLabel, ResultLink, ResultMap,
    ResultOrigin, ResultPair, ResultSong, RunCounts, RunParameters, RunResult, address_stem,
    file_stem,
};
pub use rising::rising_places;
pub use run::{OutputFile, RunRecord, SongMeans, StageTime, Summary};
pub use run_evidence::{EVIDENCE_FORMAT, PairFinding, PairLag, RunEvidence, ShiftCounts};
pub use set_evidence::{
    ByPairKind, DimensionEvidence, EvidenceFloor, EvidenceTable, EvidenceTableKind, PairCounts,
    PairKind, SetEvidence,
};
pub use set_folders::{FolderListing, FoundSet, Grouped, LAZER_FOLDER, group_sets};
pub use shown_result::ShownResult;
pub use song_latents::SongLatents;
pub use song_over_time::{
    AgreementWindow, MomentKind, SectionKind, ShiftReach, SongBar, SongMapTexts, SongMoment,
    SongOverTime, SongSection, SongTexts, StretchAgreement,
};
pub use song_row::{OtherAudio, SongMap, SongMapper, SongPair, SongRow, SongStatus};
pub use source::{SourceFiles, SourceKind, files_of_slot};
pub use strips::{MapStrips, StripLevel, Strips};
pub use timed_sound::{SoundKind, TimedSound};
