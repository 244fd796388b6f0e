//! Latents that nobody asked for: when they start, how they stay out of the way, and
//! when a person is asked first.

use carto_protocol::EncoderSource;

use super::automatic::Automatic;
use super::{Latents, Loading, Source};
use crate::run::view::Question;

/// The longest work that is begun without asking, in seconds.
const MAX_UNASKED_S: f64 = 120.0;

/// The least work from which the rest is estimated, in seconds. A short first map takes
/// as long as its worker needs to start: it would promise an hour to a thousand maps that
/// take a minute.
const MIN_MEASURED_S: f64 = 5.0;

impl<F> Latents<F> {
    /// Names the encoder that may be taken without a word of a person.
    ///
    /// - `is_metered`: whether what is fetched costs the person, who is asked first then
    pub(in crate::run::controller) fn offer(&mut self, source: EncoderSource, is_metered: bool) {
        self.automatic.source = Some(source);
        self.automatic.is_metered = is_metered;
    }

    /// Lets latents start by themselves, or not. What was started so is stopped with
    /// it, and goes on with it.
    pub(in crate::run::controller) fn set_automatic(&mut self, is_on: bool) {
        self.automatic.is_on = is_on;
        if self.automatic.is_background {
            if !is_on {
                self.release();
            }
            self.is_paused = !is_on;
        }
        self.automatic.question = None;
        self.automatic.is_put_off = false;
    }

    /// Whether the present encoder was taken by itself.
    pub(in crate::run::controller) fn is_background(&self) -> bool {
        self.automatic.is_background()
    }

    /// Whether an encoder would be taken once songs are compared.
    pub(in crate::run::controller) fn may_start(&self) -> bool {
        let Automatic { source, is_on, question, .. } = &self.automatic;
        *is_on && source.is_some() && question.is_none() && !self.is_wanted()
    }

    /// Says whether the nine channels have work that no worker has taken yet.
    pub(in crate::run::controller) fn hold(&mut self, is_held: bool) {
        self.automatic.is_held = is_held;
    }

    /// Takes the encoder that was offered, or asks whether it may be fetched.
    pub(in crate::run::controller) fn start_by_itself(&mut self) {
        if self.automatic.is_held || !self.may_start() {
            return;
        }
        if self.automatic.is_metered {
            self.automatic.question = Some(Question::Fetch);
        } else {
            self.take_offered();
        }
    }

    fn take_offered(&mut self) {
        if let Some(source) = self.automatic.source.clone() {
            self.encoder = Loading::Wanted(Source { source, file: None });
            self.is_paused = false;
            self.automatic.is_background = true;
        }
    }

    /// Stops and asks, where the rest takes long and nobody has agreed to it. Whether it
    /// asks now.
    ///
    /// The time is that of the frames so far: it is estimated with the first map, or after
    /// some seconds where maps are short, and again when there is more to do than then.
    pub(in crate::run::controller) fn ask_if_long(&mut self, now_s: f64) -> bool {
        let Automatic { is_background, question, is_agreed, n_frames_estimated, .. } =
            self.automatic;
        if !is_background || question.is_some() || is_agreed || !self.is_working() {
            return false;
        }
        let tally = self.tally();
        let elapsed_s = self.clock.elapsed_s(now_s);
        let is_measured = tally.n_maps_done > 0 && elapsed_s >= MIN_MEASURED_S;
        if !is_measured || tally.n_frames <= n_frames_estimated {
            return false;
        }
        self.automatic.n_frames_estimated = tally.n_frames;
        let s_per_frame = elapsed_s / tally.n_frames_done as f64;
        let left_s = s_per_frame * tally.n_frames.saturating_sub(tally.n_frames_done) as f64;
        if left_s <= MAX_UNASKED_S {
            return false;
        }
        self.release();
        self.automatic.question = Some(Question::Time { left_s: left_s as u32 });
        true
    }

    /// Takes a person's answer to what was asked.
    pub(in crate::run::controller) fn answer(&mut self, is_wanted: bool) {
        match (self.automatic.question.take(), is_wanted) {
            // How long it takes is not known yet: it may be asked about afterwards.
            (Some(Question::Fetch), true) => self.take_offered(),
            // As if switched off, for this visit.
            (Some(Question::Fetch), false) => self.automatic.is_on = false,
            (Some(Question::Time { .. }), true) => self.automatic.agree(),
            (Some(Question::Time { .. }), false) => {
                self.is_paused = true;
                self.automatic.is_put_off = true;
            }
            (None, _) => {}
        }
    }
}
