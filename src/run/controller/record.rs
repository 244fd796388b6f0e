use std::rc::Rc;

use carto_types::{RunRecord, StageTime, StudyPlan};

use super::command::SharedRun;
use super::run::RunController;
use crate::run::view::{Phase, Stage};

impl<F> RunController<F> {
    /// All that a summary is made from; of one without files what its figures need, since
    /// writing all facts of a library takes the page a tenth of a second.
    ///
    /// While files that came late are still read, it is of the plan before them.
    pub(super) fn record(&self, has_files: bool) -> SharedRun {
        let (archives, plan) = match &self.planned {
            Some(_) if !has_files => (Vec::new(), Rc::new(self.plan_of_finished())),
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
            leaves_out_doubtful: self.leaves_out_doubtful,
            issues: self.sources.issues(),
            times: self.times(),
        }
    }

    /// What figures need of the plan: the songs that are compared.
    fn plan_of_finished(&self) -> StudyPlan {
        let finished = self.songs.values().filter(|song| song.outcome().is_some());
        StudyPlan {
            songs: finished.map(|song| song.plan.clone()).collect(),
            ..StudyPlan::default()
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
