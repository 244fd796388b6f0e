use std::rc::Rc;

use carto_protocol::{AnalysisRequest, AudioRequest, EncoderRequest};
use carto_types::{ArchiveFacts, LatentRun, LatentSong, RunRecord, SongOutcome, StudyPlan};

/// Names one job; never used twice in a page's life.
pub(in crate::run) type JobId = u32;

/// A request to a worker.
#[derive(Debug)]
pub(crate) struct Command<R, F> {
    /// The controller's name for the job, by which it takes the reply.
    pub(crate) job_id: JobId,
    /// What to do.
    pub(crate) request: R,
    /// In the order that the call tells.
    pub(crate) files: Vec<F>,
    /// Whether it goes before what waits.
    pub(crate) is_urgent: bool,
}

/// A command for a worker that reads archives and compares maps. What may be large is
/// shared, not copied.
pub(crate) type AnalysisCommand<F> = Command<AnalysisRequest<Rc<ArchiveFacts>, SharedRun>, F>;

/// A command for a worker that hears recordings.
pub(crate) type AudioCommand<F> = Command<AudioRequest, F>;

/// A command for a worker of the encoder.
pub(crate) type EncoderCommand<F> = Command<EncoderRequest, F>;

/// A run's record whose parts are those that the page keeps, not copies of them.
pub(crate) type SharedRun =
    RunRecord<Rc<ArchiveFacts>, Rc<StudyPlan>, Rc<SongOutcome>, Rc<LatentSong>>;

/// The encoder's part of a [`SharedRun`].
pub(crate) type SharedLatents = LatentRun<Rc<LatentSong>>;
