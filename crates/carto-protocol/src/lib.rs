//! The calls between the page and its workers.
//!
//! Each worker program has a closed set of calls: [`AnalysisRequest`],
//! [`AudioRequest`], [`EncoderRequest`], [`ResultsRequest`], [`BeatmapsRequest`], [`SongRequest`] and
//! [`MapperRequest`]. A [`Call`] says
//! which set it belongs to and what type its reply and its progress have, so that a
//! request to another program's worker, or a reply of another call's type, does not
//! compile. What calls carry is the data model of [`carto_types`].
//!
//! A worker does one job at a time and is told of the next one only when it has ended
//! the last, so messages need no names of jobs: the page knows what each worker is at.

mod analysis;
mod audio;
mod beatmaps;
mod call;
mod codec;
mod encoder;
#[cfg(test)]
mod encoder_tests;
mod folders;
mod mapper;
mod message;
mod results;
mod song;
#[cfg(test)]
mod song_tests;
#[cfg(test)]
mod tests;

pub use analysis::{
    AnalysisRequest, AskKept, CompareSong, Kept, MakeDemo, MapDone, OpenPack, PlanStudy,
    ScanArchive, Summarise,
};
pub use audio::{AudioRequest, HearSong};
pub use beatmaps::{
    BeatmapsRequest, ClassifyMaps, ExplainMap, LoadClassifier, ModelSource, OpenCollectionDb,
    ReadLabels, ReadMaps, TrainClassifier, TrainingProgress, WriteCollections,
};
pub use call::{Call, NoProgress};
pub use codec::{CodecError, decode, encode};
pub use encoder::{
    BytesLoaded, CompareLatents, EncodeMap, EncodePair, EncodeStrips, EncodedMap, EncodedPair,
    EncodedStrips, EncoderRequest, EncoderSource, LatentsOfStretch, LoadEncoder, LoadedEncoder,
    MeasureLatents, MeasuredLatents, TileDone,
};
pub use folders::{DropPart, FoundPart};
pub use mapper::{
    CompareMapper, ComparedMapper, FindMoments, ListMappers, MapperRequest, MeasureSong,
    WriteMapper,
};
pub use message::{Head, JobError, Message, PROTOCOL_VERSION};
pub use results::{
    CompareResults, ExportResult, LabelResult, MakeLink, OpenResult, OpenedResult, PackFiles,
    ReadCrossValidation, RefreshPublished, RefreshedResult, ResultSource, ResultText,
    ResultsRequest,
};
pub use song::{
    AgreementOfStretch, OpenPair, OpenedPair, PairMap, ReachOfShifts, ReadRecording, SongRequest,
    WriteSong,
};
