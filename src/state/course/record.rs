use std::collections::BTreeMap;

use carto_types::{RunRecord, StageTime, StudyPlan};

use super::Course;
use super::songs::SongKey;
use crate::state::view::{Phase, Stage};

impl<F> Course<F> {
    /// All that a summary is made from, and which song stands at which place of
    /// the index in it.
    ///
    /// While files that came late are still read, it is of the plan before them.
    pub(super) fn record(&self, now_s: f64) -> (RunRecord, BTreeMap<u32, SongKey>) {
        let (archives, plan) = match &self.planned {
            Some(planned) => {
                // The plan names archives by their places in the list.
                let facts = planned.archive_ids.iter().filter_map(|id| self.sources.known(*id));
                (facts.collect(), planned.plan.clone())
            }
            None => (self.sources.all_facts().cloned().collect(), StudyPlan::default()),
        };
        let run = RunRecord {
            mode: self.mode,
            archives,
            plan,
            outcomes: self.songs.values().filter_map(|song| song.outcome().cloned()).collect(),
            latent: self.latents.record(),
            is_cancelled: self.phase == Phase::Cancelled,
            issues: self.sources.issues(),
            times: self.times(now_s),
        };
        let keys = self.songs.iter().map(|(key, song)| (song.plan.song_idx, key.clone())).collect();
        (run, keys)
    }

    fn times(&self, now_s: f64) -> Vec<StageTime> {
        let elapsed_s = |stage: Stage| self.clocks[stage as usize].elapsed_s(now_s);
        let time = |stage: &str, wall_s| StageTime { stage: stage.to_owned(), wall_s };
        vec![
            time("scan", elapsed_s(Stage::ReadArchives)),
            time("plan", self.plan_s),
            time("songs", elapsed_s(Stage::NineChannels)),
        ]
    }
}
