//! What is known of latents that start by themselves: the offer, a person's setting, and the
//! question that waits for an answer.

use carto_protocol::EncoderSource;

use crate::run::view::Question;

/// What may start by itself, and what a person said about it.
#[derive(Debug, Default)]
pub(super) struct Automatic {
    /// The encoder to take; `None` where the page offers none.
    pub(super) source: Option<EncoderSource>,
    /// A person's setting.
    pub(super) is_on: bool,
    /// Whether what is fetched costs the person.
    pub(super) is_metered: bool,
    /// Whether the present encoder was taken by itself: its work gives way to the nine
    /// channels.
    pub(super) is_background: bool,
    /// Whether the nine channels have work that no worker has taken yet.
    pub(super) is_held: bool,
    /// What a person is being asked; nothing starts meanwhile.
    pub(super) question: Option<Question>,
    /// Whether a person knows how long it takes and wants it.
    pub(super) is_agreed: bool,
    /// Whether it was the answer to a question that stopped the latents.
    pub(super) is_put_off: bool,
    /// Frames of all maps when the time was estimated last.
    pub(super) n_frames_estimated: usize,
}

impl Automatic {
    /// A person chose an encoder: nothing happens by itself any more.
    pub(super) fn yield_to_choice(&mut self) {
        self.is_background = false;
        self.question = None;
        self.is_put_off = false;
    }

    /// Whether the present encoder is of this source, and was taken by itself.
    pub(super) fn has_taken(&self, source: &EncoderSource) -> bool {
        self.is_background && self.source.as_ref() == Some(source)
    }

    /// Other songs may be another matter. Whether it was the answer to the question about
    /// those before that stopped the latents.
    pub(super) fn forget_songs(&mut self) -> bool {
        self.question = None;
        self.is_agreed = false;
        self.n_frames_estimated = 0;
        std::mem::take(&mut self.is_put_off)
    }

    /// A person wants to go on.
    pub(super) fn agree(&mut self) {
        self.is_agreed = true;
        self.is_put_off = false;
    }

    pub(super) fn is_background(&self) -> bool {
        self.is_background
    }

    pub(super) fn question(&self) -> Option<Question> {
        self.question
    }

    /// Whether the nine channels go first now.
    pub(super) fn is_waiting(&self) -> bool {
        self.is_background && self.is_held
    }
}
