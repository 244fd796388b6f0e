use super::view::{Phase, Stage, StageState, StageView};

/// Least time between two sentences about skipped files, in seconds.
const SKIPPED_GAP_S: f64 = 5.0;

/// Decides what a screen reader is told: a sentence at every quarter of a
/// stage, when files are skipped, and at the end. Never a stream of numbers.
#[derive(Debug, Default)]
pub(super) struct Announcer {
    phase: Phase,
    /// Of each stage, the latest quarter told: 0 to 4; `None` before its start.
    quarters: [Option<usize>; 3],
    is_hearing_told: bool,
    n_skipped_told: usize,
    skipped_at_s: Option<f64>,
}

impl Announcer {
    /// The sentence that is due, if any; to be called whenever the views change.
    ///
    /// - `n_songs`: songs that are compared
    /// - `n_to_hear`: songs whose recordings are still to be heard
    /// - `n_skipped`: files and maps that were left out
    pub(super) fn observe(
        &mut self,
        phase: Phase,
        stages: &[StageView],
        n_songs: usize,
        n_to_hear: usize,
        n_skipped: usize,
        now_s: f64,
    ) -> Option<String> {
        if phase == Phase::Empty {
            *self = Self::default();
            return None;
        }
        let has_turned = std::mem::replace(&mut self.phase, phase) != phase;
        if has_turned && phase == Phase::Running {
            self.quarters = Default::default();
        }
        let progress = stages.iter().filter_map(|stage| self.quarter_sentence(stage)).next_back();
        match phase {
            Phase::Done if has_turned => Some(done_sentence(stages, n_songs, n_skipped)),
            Phase::Cancelled if has_turned => Some(stopped_sentence(stages, n_songs)),
            _ => progress
                .or_else(|| self.hearing_sentence(n_to_hear))
                .or_else(|| self.skipped_sentence(n_skipped, now_s)),
        }
    }

    fn quarter_sentence(&mut self, view: &StageView) -> Option<String> {
        let told = &mut self.quarters[view.stage as usize];
        let is_begun = matches!(view.state, StageState::Running | StageState::Done);
        if !is_begun || view.n_total == 0 {
            return None;
        }
        let quarter = (4 * view.n_done / view.n_total).min(4);
        // A total that grew takes the quarter back without a word.
        let is_news = told.is_none_or(|told| told < quarter);
        *told = Some(quarter);
        is_news.then(|| format!("{}.", behind_us(view)))
    }

    /// That recordings are heard, once.
    fn hearing_sentence(&mut self, n_to_hear: usize) -> Option<String> {
        let is_hearing = n_to_hear > 0;
        let was_told = std::mem::replace(&mut self.is_hearing_told, is_hearing);
        let songs = || plural(n_to_hear, "song", "songs");
        (is_hearing && !was_told).then(|| format!("Hearing the recordings of {}.", songs()))
    }

    fn skipped_sentence(&mut self, n_skipped: usize, now_s: f64) -> Option<String> {
        let is_soon = self.skipped_at_s.is_some_and(|at_s| now_s < at_s + SKIPPED_GAP_S);
        if n_skipped < self.n_skipped_told {
            self.n_skipped_told = n_skipped;
        }
        if n_skipped == self.n_skipped_told || is_soon {
            return None;
        }
        self.n_skipped_told = n_skipped;
        self.skipped_at_s = Some(now_s);
        Some(format!("{}; the list below says why.", skipped(n_skipped)))
    }
}

/// "Nine channels: 38 of 61 maps".
fn behind_us(view: &StageView) -> String {
    let (name, noun) = match view.stage {
        Stage::ReadArchives => ("Reading archives", "archives"),
        Stage::NineChannels => ("Nine channels", "maps"),
        Stage::ComparePairs => ("Comparing maps", "pairs"),
    };
    format!("{name}: {} of {} {noun}", view.n_done, view.n_total)
}

fn done_sentence(stages: &[StageView], n_songs: usize, n_skipped: usize) -> String {
    let n_pairs = stages.iter().find(|view| view.stage == Stage::ComparePairs);
    let n_pairs = n_pairs.map_or(0, |view| view.n_done);
    let pairs = plural(n_pairs, "pair of maps", "pairs of maps");
    let songs = plural(n_songs, "song", "songs");
    if n_skipped == 0 {
        format!("Done: {pairs} compared in {songs}.")
    } else {
        format!("Done: {pairs} compared in {songs}. {}.", skipped(n_skipped))
    }
}

fn stopped_sentence(stages: &[StageView], n_songs: usize) -> String {
    let at = stages.iter().find(|view| view.state == StageState::Stopped);
    let at =
        at.map_or_else(|| "Stopped".to_owned(), |view| format!("Stopped. {}", behind_us(view)));
    match n_songs {
        0 => format!("{at}."),
        n_songs => format!("{at}. {} stay.", plural(n_songs, "finished song", "finished songs")),
    }
}

fn skipped(n_skipped: usize) -> String {
    format!("{} skipped", plural(n_skipped, "file or map is", "files or maps are"))
}

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(stage: Stage, state: StageState, n_done: usize, n_total: usize) -> StageView {
        StageView { stage, state, n_done, n_total, per_s: None, left_s: None, elapsed_s: 0.0 }
    }

    #[test]
    fn a_stage_speaks_at_its_quarters_only() {
        let mut announcer = Announcer::default();
        let said: Vec<String> = (0..=61)
            .filter_map(|n_done| {
                let state = if n_done < 61 { StageState::Running } else { StageState::Done };
                let stages = [view(Stage::NineChannels, state, n_done, 61)];
                announcer.observe(Phase::Running, &stages, 0, 0, 0, 0.0)
            })
            .collect();
        assert_eq!(
            said,
            [0, 16, 31, 46, 61].map(|n_done| format!("Nine channels: {n_done} of 61 maps."))
        );
    }

    #[test]
    fn a_stage_that_has_not_begun_is_silent() {
        let mut announcer = Announcer::default();
        let stages = [view(Stage::ComparePairs, StageState::Waiting, 0, 10)];
        assert_eq!(announcer.observe(Phase::Running, &stages, 0, 0, 0, 0.0), None);
    }

    #[test]
    fn skipped_files_are_told_now_and_then() {
        let mut announcer = Announcer::default();
        let mut observe = |n, now_s| announcer.observe(Phase::Running, &[], 0, 0, n, now_s);
        assert_eq!(observe(0, 0.0), None);
        assert_eq!(
            observe(1, 1.0).as_deref(),
            Some("1 file or map is skipped; the list below says why.")
        );
        assert_eq!(observe(4, 2.0), None);
        assert_eq!(
            observe(4, 6.0).as_deref(),
            Some("4 files or maps are skipped; the list below says why.")
        );
        assert_eq!(observe(4, 60.0), None);
    }

    #[test]
    fn hearing_is_told_when_it_begins_and_when_it_begins_again() {
        let mut announcer = Announcer::default();
        let mut observe = |n| announcer.observe(Phase::Running, &[], 0, n, 0, 0.0);
        assert_eq!(observe(0), None);
        assert_eq!(observe(3).as_deref(), Some("Hearing the recordings of 3 songs."));
        assert_eq!(observe(2), None);
        assert_eq!(observe(0), None);
        assert_eq!(observe(1).as_deref(), Some("Hearing the recordings of 1 song."));
    }

    #[test]
    fn a_run_that_goes_on_says_where_it_stands() {
        let mut announcer = Announcer::default();
        let mut observe = |phase, n_done| {
            let stages = [view(Stage::ReadArchives, StageState::Running, n_done, 8)];
            announcer.observe(phase, &stages, 0, 0, 0, 0.0)
        };
        let first = Some("Reading archives: 5 of 8 archives.");
        assert_eq!(observe(Phase::Running, 5).as_deref(), first);
        assert!(observe(Phase::Cancelled, 5).is_some());
        assert_eq!(observe(Phase::Running, 5).as_deref(), first);
        assert_eq!(observe(Phase::Running, 5), None);
    }

    #[test]
    fn the_end_and_the_stop_are_told_once() {
        let mut announcer = Announcer::default();
        let stopped = [view(Stage::NineChannels, StageState::Stopped, 38, 61)];
        let mut observe = |phase| announcer.observe(phase, &stopped, 0, 0, 0, 0.0);
        assert_eq!(observe(Phase::Running), None);
        assert_eq!(
            observe(Phase::Cancelled).as_deref(),
            Some("Stopped. Nine channels: 38 of 61 maps.")
        );
        assert_eq!(observe(Phase::Cancelled), None);
        assert_eq!(
            observe(Phase::Done).as_deref(),
            Some("Done: 0 pairs of maps compared in 0 songs.")
        );
    }
}
