//! A run: what is missing in the folder is fetched, stage by stage.

use std::path::Path;

use crate::beatmaps_file::BeatmapsFile;
use crate::collections_file::CollectionsFile;
use crate::collector_api::CollectorApi;
use crate::config::Config;
use crate::credentials::Credentials;
use crate::disk::{DiskGuard, FreeSpace, Lock};
use crate::error::{CollectError, RequestError};
use crate::labels::Labels;
use crate::maps::{MapsFolder, OsuFiles};
use crate::osu_api::{BATCH, OsuApi};
use crate::pacer::Pacer;
use crate::report::{Event, Failure, MissingCollection, Stage, Summary};
use crate::stop::Stop;
use crate::web::{Web, client};

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// Summary of the folder; `None` where the folder cannot be read.
    pub summary: Option<Summary>,
    /// Why the run ended before everything was tried.
    pub error: Option<CollectError>,
}

/// Collects what is not there yet, and says in a summary what cannot be had.
///
/// The future may be dropped and the process killed at any point: the same
/// call goes on from there, and gives the same files as one that was never
/// interrupted.
///
/// # Arguments
///
/// - `disk`: knows the free space
/// - `stop`: ends the run between two files
/// - `on_event`: is called with everything that happens
pub async fn collect(
    config: &Config,
    credentials: Credentials,
    labels: Labels,
    disk: &(dyn FreeSpace + Sync),
    stop: Stop,
    on_event: &mut (dyn FnMut(Event) + Send),
) -> Outcome {
    let mut summary = None;
    let ended = async {
        let _lock = Lock::take(&config.out)?;
        let is_local = config.osu.is_loopback() || config.collector.is_loopback();
        let client = client(is_local)?;
        let retry = config.retry.clone();
        let web = Web { client, retry, stop, random: fastrand::Rng::new(), on_event };
        let folder = config.out.clone();
        let disk = DiskGuard { disk, folder, min_free_bytes: config.min_free_bytes };
        let mut files = Folder::open(&config.out, labels)?;
        let summary = summary.insert(Summary::default());
        files.count(summary);
        // Before any request: what an earlier run has found out stays.
        disk.check()?;
        let mut run = Run { config, web, disk, summary, n_failures: 0 };
        let ended = run.all(credentials, &mut files).await;
        files.count(run.summary);
        run.summary.is_complete = ended.is_ok();
        // A disk that is full is the more useful thing to hear of.
        let written = run.summary.write(&config.out);
        ended.and(written)
    };
    let error = ended.await.err();
    Outcome { summary, error }
}

/// All that a run writes, as earlier runs left it.
#[derive(Debug)]
struct Folder {
    collections: CollectionsFile,
    beatmaps: BeatmapsFile,
    maps: MapsFolder,
}

impl Folder {
    /// Opens the files of a folder, or makes them.
    ///
    /// # Errors
    ///
    /// Files that cannot be read or written, or that something else has changed.
    fn open(path: &Path, labels: Labels) -> Result<Self, CollectError> {
        Ok(Self {
            collections: CollectionsFile::open(path, labels)?,
            beatmaps: BeatmapsFile::open(path)?,
            maps: MapsFolder::open(path)?,
        })
    }

    /// Sets the counts of a summary: how much of what is wanted is there.
    fn count(&self, summary: &mut Summary) {
        let ids = self.collections.beatmaps();
        summary.n_wanted_collections = self.collections.wanted().len();
        (summary.n_collections, summary.n_appearances) = self.collections.counts();
        summary.n_beatmaps = ids.len();
        summary.n_described = ids.iter().filter(|&&id| self.beatmaps.has(id)).count();
        summary.n_maps = ids.iter().filter(|&&id| self.maps.has(id)).count();
    }
}

struct Run<'a> {
    config: &'a Config,
    web: Web<'a>,
    disk: DiskGuard<'a>,
    summary: &'a mut Summary,
    /// Number of failures in a row.
    n_failures: usize,
}

impl Run<'_> {
    async fn all(
        &mut self,
        credentials: Credentials,
        files: &mut Folder,
    ) -> Result<(), CollectError> {
        self.fetch_collections(&mut files.collections).await?;
        let ids = files.collections.beatmaps();
        self.fetch_beatmaps(&mut files.beatmaps, &ids, credentials).await?;
        files.beatmaps.arrange(&ids)?;
        self.fetch_maps(&mut files.maps, &ids).await
    }

    async fn fetch_collections(&mut self, file: &mut CollectionsFile) -> Result<(), CollectError> {
        let wanted = file.wanted();
        let missing: Vec<_> = wanted.iter().copied().filter(|&id| !file.has(id)).collect();
        self.start(Stage::Collections, wanted.len(), missing.len());
        let pacer = Pacer::new(self.config.api_pause);
        let mut api = CollectorApi::new(self.config.collector.clone(), pacer);
        for id in missing {
            let found = api.collection(&mut self.web, id).await;
            match self.unless_failed(|| format!("collection {id}"), found)? {
                Some(Some(collection)) => file.add(id, collection)?,
                Some(None) => {
                    let label = file.label(id).to_owned();
                    self.summary.missing_collections.push(MissingCollection { id, label });
                }
                None => {}
            }
            self.advance(1);
        }
        // Labels may have changed while their collections were all known.
        file.write()?;
        file.write_labels()
    }

    async fn fetch_beatmaps(
        &mut self,
        file: &mut BeatmapsFile,
        ids: &[u64],
        credentials: Credentials,
    ) -> Result<(), CollectError> {
        let missing: Vec<_> = ids.iter().copied().filter(|&id| !file.has(id)).collect();
        self.start(Stage::Beatmaps, ids.len(), missing.len());
        let pacer = Pacer::new(self.config.api_pause);
        let mut api = OsuApi::new(self.config.osu.clone(), credentials, pacer);
        for batch in missing.chunks(BATCH) {
            self.disk.check()?;
            let found = api.beatmaps(&mut self.web, batch).await;
            let name = || {
                let ids: Vec<_> = batch.iter().map(u64::to_string).collect();
                format!("what the API says of {}", ids.join(", "))
            };
            if let Some(found) = self.unless_failed(name, found)? {
                file.add(&found)?;
                let left_out = batch.iter().filter(|&&id| !file.has(id));
                self.summary.left_out_by_api.extend(left_out);
            }
            self.advance(batch.len());
        }
        Ok(())
    }

    async fn fetch_maps(
        &mut self,
        folder: &mut MapsFolder,
        ids: &[u64],
    ) -> Result<(), CollectError> {
        let missing: Vec<_> = ids.iter().copied().filter(|&id| !folder.has(id)).collect();
        self.start(Stage::Maps, ids.len(), missing.len());
        let pacer = Pacer::new(self.config.map_pause);
        let mut osu = OsuFiles::new(self.config.osu.clone(), pacer);
        let mut n_maps = 0_usize;
        for id in missing {
            let free_bytes = self.disk.check()?;
            let found = osu.map(&mut self.web, id).await;
            match self.unless_failed(|| format!("map {id}"), found)? {
                Some(Some(bytes)) => {
                    folder.add(id, &bytes)?;
                    n_maps += 1;
                    if n_maps.is_multiple_of(100) {
                        let folder_bytes = folder.n_bytes;
                        (self.web.on_event)(Event::Disk { n_maps, folder_bytes, free_bytes });
                    }
                }
                Some(None) => self.summary.deleted_maps.push(id),
                None => {}
            }
            self.advance(1);
        }
        Ok(())
    }

    /// What a request gave; `None` where it failed, which the summary notes.
    ///
    /// # Errors
    ///
    /// What ends the run: too many failures in a row are the loss of the service.
    fn unless_failed<T>(
        &mut self,
        name: impl FnOnce() -> String,
        result: Result<T, RequestError>,
    ) -> Result<Option<T>, CollectError> {
        let error = match result {
            Ok(found) => {
                self.n_failures = 0;
                return Ok(Some(found));
            }
            Err(RequestError::Item(error)) => error,
            Err(RequestError::Run(error)) => return Err(error),
        };
        let (what, reason) = (name(), error.to_string());
        (self.web.on_event)(Event::Failed { what: what.clone(), reason: reason.clone() });
        self.summary.failures.push(Failure { what, reason });
        self.n_failures += 1;
        if self.n_failures >= self.config.max_failures_in_row {
            return Err(CollectError::GaveUp { n_failures: self.n_failures, last: error });
        }
        Ok(None)
    }

    fn start(&mut self, stage: Stage, n_items: usize, n_missing: usize) {
        self.n_failures = 0;
        (self.web.on_event)(Event::Started { stage, n_items, n_there: n_items - n_missing });
    }

    fn advance(&mut self, n_items: usize) {
        (self.web.on_event)(Event::Advanced { n_items });
    }
}
