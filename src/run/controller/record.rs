use std::rc::Rc;

use carto_types::{RunRecord, StageTime};

use super::command::SharedRun;
use super::run::RunController;
use crate::run::view::{Phase, Stage};

impl<F> RunController<F> {
    /// All that a summary is made from.
    ///
    /// While files that came late are still read, it is of the plan before them.
    pub(super) fn record(&self) -> SharedRun {
        let (archives, plan) = match &self.planned {
            Some(planned) => {
                // The plan names archives by their places in the list.
                let facts = planned.archive_ids.iter().filter_map(|id| self.sources.known(*id));
                (facts.collect(), Rc::clone(&planned.plan))
            }
            None => (self.sources.all_facts().cloned().collect(), Rc::default()),
        };
        RunRecord {
            mode: self.mode,
            owners: self.owners_here(),
            archives,
            plan,
            outcomes: self.songs.values().filter_map(|song| song.outcome().cloned()).collect(),
            latent: self.latents.record(),
            is_cancelled: self.phase == Phase::Cancelled,
            issues: self.sources.issues(),
            times: self.times(),
        }
    }

    fn times(&self) -> Vec<StageTime> {
        let elapsed_s = |stage: Stage| self.clocks[stage as usize].elapsed_s(self.now_s);
        let time = |stage: &str, wall_s| StageTime { stage: stage.to_owned(), wall_s };
        vec![
            time("scan", elapsed_s(Stage::ReadArchives)),
            time("plan", self.plan_s),
            time("songs", elapsed_s(Stage::NineChannels)),
        ]
    }
}
