use crate::beatmaps_file::BeatmapsFile;
use crate::client::client;
use crate::collections_file::CollectionsFile;
use crate::collector_api::CollectorApi;
use crate::config::Config;
use crate::credentials::Credentials;
use crate::disk::{DiskGuard, FreeSpace};
use crate::error::{CollectError, ItemError, Trouble};
use crate::event::{Event, Stage};
use crate::files::Lock;
use crate::folder::Folder;
use crate::labels::Labels;
use crate::maps_folder::MapsFolder;
use crate::osu_api::{BATCH, OsuApi};
use crate::osu_files::OsuFiles;
use crate::pacer::Pacer;
use crate::stop::Stop;
use crate::summary::{Failure, MissingCollection, Summary};
use crate::web::Web;

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// What the folder holds now; `None` where that cannot be read.
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
/// - `tell`: is told what happens
pub async fn collect(
    config: &Config,
    credentials: Credentials,
    labels: Labels,
    disk: &(dyn FreeSpace + Sync),
    stop: Stop,
    tell: &mut (dyn FnMut(Event) + Send),
) -> Outcome {
    let mut summary = None;
    let ended = async {
        let _lock = Lock::take(&config.out)?;
        let is_local = config.osu.is_loopback() || config.collector.is_loopback();
        let client = client(is_local)?;
        let retry = config.retry.clone();
        let web = Web { client, retry, stop, random: fastrand::Rng::new(), tell };
        let folder = config.out.clone();
        let disk = DiskGuard { disk, folder, min_free_bytes: config.min_free_bytes };
        let files = Folder::open(&config.out, labels)?;
        let summary = summary.insert(Summary::default());
        files.count(summary);
        // Before anything is asked for: what an earlier run has found out stays.
        disk.check()?;
        let mut run = Run { config, web, disk, summary, n_failures: 0 };
        let ended = run.all(credentials, files).await;
        run.summary.is_complete = ended.is_ok();
        // A disk that is full is the more useful thing to hear of.
        let written = run.summary.write(&config.out);
        ended.and(written)
    };
    let error = ended.await.err();
    Outcome { summary, error }
}

struct Run<'a> {
    config: &'a Config,
    web: Web<'a>,
    disk: DiskGuard<'a>,
    summary: &'a mut Summary,
    /// In a row.
    n_failures: usize,
}

impl Run<'_> {
    async fn all(
        &mut self,
        credentials: Credentials,
        mut files: Folder,
    ) -> Result<(), CollectError> {
        let listed = self.collections(&mut files.collections).await;
        let ids = files.collections.beatmaps();
        let described = match listed {
            Ok(()) => self.beatmaps(&mut files.beatmaps, &ids, credentials).await,
            Err(error) => Err(error),
        };
        files.count(self.summary);
        let Folder { beatmaps, mut maps, .. } = files;
        let written = match described {
            Ok(()) => self.arrange_and_fetch(beatmaps, &mut maps, &ids).await,
            Err(error) => Err(error),
        };
        self.summary.n_maps = ids.iter().filter(|&&id| maps.has(id)).count();
        written
    }

    async fn collections(&mut self, file: &mut CollectionsFile) -> Result<(), CollectError> {
        let wanted = file.wanted();
        let missing: Vec<_> = wanted.iter().copied().filter(|&id| !file.has(id)).collect();
        self.start(Stage::Collections, wanted.len(), missing.len());
        let pacer = Pacer::new(self.config.api_pause);
        let mut api = CollectorApi::new(self.config.collector.clone(), pacer);
        for id in missing {
            match api.collection(&mut self.web, id).await {
                Ok(Some(listed)) => {
                    self.n_failures = 0;
                    file.add(id, listed)?;
                }
                Ok(None) => {
                    self.n_failures = 0;
                    let label = file.label(id).to_owned();
                    self.summary.missing_collections.push(MissingCollection { id, label });
                }
                Err(trouble) => self.failed(format!("collection {id}"), trouble)?,
            }
            self.advance(1);
        }
        // Labels may have changed while their collections were all known.
        file.write()?;
        file.write_labels()
    }

    async fn beatmaps(
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
            match api.beatmaps(&mut self.web, batch).await {
                Ok(found) => {
                    file.add(&found)?;
                    let left_out = batch.iter().filter(|&&id| !file.has(id));
                    self.summary.left_out_by_api.extend(left_out);
                    self.n_failures = 0;
                }
                Err(trouble) => {
                    let ids: Vec<_> = batch.iter().map(u64::to_string).collect();
                    self.failed(format!("what the API says of {}", ids.join(", ")), trouble)?;
                }
            }
            self.advance(batch.len());
        }
        Ok(())
    }

    async fn arrange_and_fetch(
        &mut self,
        beatmaps: BeatmapsFile,
        maps: &mut MapsFolder,
        ids: &[u64],
    ) -> Result<(), CollectError> {
        beatmaps.arrange(ids)?;
        let missing: Vec<_> = ids.iter().copied().filter(|&id| !maps.has(id)).collect();
        self.start(Stage::Maps, ids.len(), missing.len());
        let pacer = Pacer::new(self.config.map_pause);
        let mut files = OsuFiles::new(self.config.osu.clone(), pacer);
        let mut n_written = 0;
        for id in missing {
            let free_bytes = self.disk.check()?;
            match files.map(&mut self.web, id).await {
                Ok(Some(bytes)) => {
                    maps.add(id, &bytes)?;
                    self.n_failures = 0;
                    n_written += 1;
                    self.tell_disk(n_written, maps.n_bytes, free_bytes);
                }
                Ok(None) => {
                    self.n_failures = 0;
                    self.summary.deleted_maps.push(id);
                }
                Err(trouble) => self.failed(format!("map {id}"), trouble)?,
            }
            self.advance(1);
        }
        Ok(())
    }

    /// Notes the loss of one thing; too many in a row are the loss of the service.
    fn failed(&mut self, what: String, trouble: Trouble) -> Result<(), CollectError> {
        let error: ItemError = match trouble {
            Trouble::Item(error) => error,
            Trouble::Run(error) => return Err(error),
        };
        let reason = error.to_string();
        (self.web.tell)(Event::Failed { what: what.clone(), reason: reason.clone() });
        self.summary.failures.push(Failure { what, reason });
        self.n_failures += 1;
        if self.n_failures >= self.config.patience {
            return Err(CollectError::GaveUp { n_failures: self.n_failures, last: error });
        }
        Ok(())
    }

    fn start(&mut self, stage: Stage, n_items: usize, n_missing: usize) {
        self.n_failures = 0;
        (self.web.tell)(Event::Started { stage, n_items, n_there: n_items - n_missing });
    }

    fn advance(&mut self, n_items: usize) {
        (self.web.tell)(Event::Advanced { n_items });
    }

    fn tell_disk(&mut self, n_maps: usize, folder_bytes: u64, free_bytes: u64) {
        if n_maps.is_multiple_of(100) {
            (self.web.tell)(Event::Disk { n_maps, folder_bytes, free_bytes });
        }
    }
}
