//! How the figures of each chart are computed, in a note beside it, and terms of the glossary.

use leptos::prelude::*;

/// The charts and tables that have a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Figure {
    /// Part A.
    Channels,
    /// How much of part A is more than a shared grid.
    Evidence,
    /// Part B.
    Latents,
    /// Part C, the matrix.
    Matrix,
    /// Part C, the signs.
    Signs,
    /// Part D.
    HeldOut,
    /// The table of songs.
    Songs,
}

impl Figure {
    fn method(self) -> &'static str {
        match self {
            Self::Channels => {
                "Each map gives nine signals, one value every 98 samples of 16,384 Hz audio (6 ms). For every two maps of one song by different mappers, and each channel: Pearson’s r, the cosine, and the mean absolute difference of the two signals, cut to the shorter. Then the mean over all pairs, and the population standard deviation. A signal that never changes has r = 0; a channel that no map uses is of no class. A mean over fewer than 30 songs is of a class where its whole 95% interval is (Student’s t; each song counts once, however many pairs it has); below three songs it is of none."
            }
            Self::Evidence => {
                "The lag between two maps is read from their timing points, and whole beats from their onsets; where those leave it open, two stretches of both recordings are heard; pairs of another tempo, of another version of the song or without a known lag are left out. On the bars in which both maps have objects, each map’s own habit is taken away per place in the bar and section of 8 bars; phi is the correlation of what is left. SLIDE, SUSTAIN, X and Y have no such places: of them r less what bars in any order within 8 keep. Intervals are Student’s t over songs, each song counting once. Song share = (cross − floor) / (ceiling − floor), by pairs with at most 28% more objects on one side, with jackknife intervals; not reproducible where ceiling less floor is not surely above 0.10. Nothing is drawn at random."
            }
            Self::Latents => {
                "The encoder turns 18 frames of nine channels into one column of latents; the mean of its distribution is taken. The latents of the study’s own run were drawn from it instead, with a seed that is not recorded. A column depends on about 2 s of the map, so neighbouring columns repeat each other. Of every pair the columns are cut to the shorter, and each latent is correlated with itself. Above 0.30 the study calls a latent perceptual, below 0.05 stylistic; over fewer than 30 songs where the whole 95% interval of the mean is."
            }
            Self::Matrix => {
                "Of each map, every latent is correlated with every channel; the matrix is the mean over maps. Down-sampled: the channel is averaged over the 18 frames of a column. Up-sampled: the latent is repeated 18 times. The first is what the study corrected to."
            }
            Self::Signs => {
                "For two or three channels: in how many rows of the matrix do they have the same sign? Expected: the number if each latent were a mix of the nine channels with random weights, by the correlation of channels with channels (½ + asin(R) / π of the latents for two channels, R being the scaled square of that matrix). p, as published: probability of at least this many equal signs if each sign were a fair coin flip (one-sided binomial test, no correction for multiple tests). Latents of one encoder are not independent coins, so that p is too small for channels that go together."
            }
            Self::HeldOut => {
                "An encoder was trained on songs of two mappers, and agreement measured on songs of three and more, which it had not seen. All songs and held-out songs differ in songs, in pairs a song and in the encoder’s weights, so no difference can be put down to one of the three. Both spectra are sorted by size, since the numbers of the latents of two trainings do not correspond."
            }
            Self::Songs => {
                "The same r as in part A, averaged over the pairs of one song instead of all."
            }
        }
    }
}

/// The definition, in a section that is collapsed at first.
#[component]
pub(crate) fn MethodNote(
    /// The chart or table.
    figure: Figure,
) -> impl IntoView {
    view! {
        <details class="computed-how">
            <summary>"How this is computed"</summary>
            <p>{figure.method()}</p>
        </details>
    }
}

/// A term of the glossary: hovering, focus or a tap shows what it means, which
/// `www/terms.js` finds in the list at the end of the page.
///
/// - `word`: as the glossary has it
/// - `text`: as the sentence has it
pub(crate) fn term(word: &'static str, text: &'static str) -> impl IntoView {
    view! { <span class="term" tabindex="0" role="button" data-term=word>{text}</span> }
}
