//! Clearing a run, and bringing it back.

use std::mem;

use carto_types::DeviceChoice;

use super::latents::Latents;
use super::run::{Changed, ClearedRun, RunController, Work};
use crate::run::view::{Counts, Phase};

impl<F> RunController<F> {
    /// Forgets everything but the mode, the encoder and what was said of owners, which waits
    /// for its maps. Until other maps come the run can be brought back.
    pub(crate) fn clear(&mut self) {
        let is_summary = |work: &Work| matches!(work, Work::Summarise { .. });
        let lacks_summary = self.jobs.values().any(is_summary);
        self.release_all();
        let has_stopped_latents = self.has_stopped_latents;
        // Job ids go on: late answers must find nothing.
        let mut latents = mem::replace(&mut self.latents, Latents::new(DeviceChoice::default()));
        let songs = latents.set_aside();
        if has_stopped_latents {
            latents.resume();
        }
        let next = Self {
            leaves_out_doubtful: self.leaves_out_doubtful,
            now_s: self.now_s,
            next_job_id: self.next_job_id,
            has_dropped_jobs: true,
            latents,
            owners: self.owners.clone(),
            keeping: mem::take(&mut self.keeping),
            changed: Changed::ALL,
            ..Self::new(self.mode)
        };
        let mut run = mem::replace(self, next);
        let before = run.cleared.take();
        let now_s = self.now_s;
        run.clocks.iter_mut().for_each(|clock| clock.set_running(false, now_s));
        // The demo set can be had at any time: it takes no run's place here.
        let is_kept = run.phase != Phase::Empty && (before.is_none() || !run.is_demo());
        self.cleared = match is_kept {
            false => before,
            true => Some(Box::new(ClearedRun { run, latents: songs, lacks_summary })),
        };
    }

    /// What was found in the run that can be brought back; `None` where there is none.
    pub(crate) fn cleared(&self) -> Option<Counts> {
        self.cleared.as_ref().map(|cleared| cleared.run.counts())
    }

    /// Brings back the run that was cleared last, in the place of what is there.
    ///
    /// What was in work goes on; what is left of drops whose folders were still walked does
    /// not come any more.
    pub(crate) fn undo_clear(&mut self) {
        let Some(cleared) = self.cleared.take() else { return };
        let ClearedRun { run, latents: songs, lacks_summary } = *cleared;
        self.release_all();
        let mut latents = mem::replace(&mut self.latents, Latents::new(DeviceChoice::default()));
        latents.bring_back(songs);
        if run.has_stopped_latents {
            latents.pause();
        }
        let (phase, owners) = (run.phase, mem::take(&mut self.owners));
        let has_other_owners = run.owners != owners;
        *self = Self {
            now_s: self.now_s,
            next_job_id: self.next_job_id,
            has_dropped_jobs: true,
            latents,
            owners,
            keeping: mem::take(&mut self.keeping),
            changed: Changed::ALL,
            n_walks: 0,
            are_latents_behind: true,
            ..run
        };
        if lacks_summary {
            self.summary_timing.is_closed = false;
            self.summary_timing.is_stale = true;
        }
        if has_other_owners {
            self.plan_again();
        }
        if phase == Phase::Running {
            self.go_on();
        }
    }
}
