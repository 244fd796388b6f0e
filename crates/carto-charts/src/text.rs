//! The texts around a chart: what several charts say alike.

use carto_types::{AgreementClass, ClassBounds, EncoderFacts};

use crate::class::{MANY_SONGS, MIN_SONGS, class_word};
use crate::mean::{NOT_USED, PairMean};
use crate::number::{capital, counted, fixed, in_words};

/// What is written around a chart that is saved as a picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChartText {
    /// The printed heading, which claims nothing.
    pub heading: String,
    /// The name of the picture: its finding in one line.
    pub title: String,
    /// All numbers, for those who cannot see the picture.
    pub description: String,
    /// What the marks are and how to read them, line by line below the chart.
    pub caption: Vec<String>,
}

impl ChartText {
    /// - `finding`: what follows the heading in the title, if there is anything to say
    /// - `numbers`: what follows the caption in the description
    pub(crate) fn new(
        heading: String,
        finding: Option<String>,
        caption: Vec<String>,
        numbers: &str,
    ) -> Self {
        let title = match finding {
            Some(finding) => format!("{heading}: {finding}"),
            None => heading.clone(),
        };
        let description = format!("{} {numbers}", caption.join(" ")).trim_end().to_owned();
        Self { heading, title, description, caption }
    }
}

/// Why cosine never stands without correlation.
pub const COSINE_NOTE: &str =
    "Cosine also rewards what stays constant; r counts only what moves together.";

/// What a caption says of the encoder behind a chart: its name, and whether it was trained.
#[must_use]
pub fn encoder_caption(encoder: Option<&EncoderFacts>) -> String {
    match encoder {
        Some(encoder) => caption_of(&encoder.name, encoder.is_untrained),
        None => caption_of("not named by its program", false),
    }
}

pub(crate) fn caption_of(name: &str, is_untrained: bool) -> String {
    const MAX_CHARS: usize = 48;
    let caveat = match is_untrained {
        true => " Its weights are random: these latents mean nothing about music.",
        false => "",
    };
    format!("Encoder: {}.{caveat}", shortened(name, MAX_CHARS))
}

/// What the heading says where there are too few songs to class any mean, and why.
///
/// - `things`: what is compared, in the plural
pub(crate) fn few_songs((n_pairs, n_songs): (u32, u32), things: &str) -> String {
    match n_songs < MIN_SONGS {
        true => format!(
            "Too few songs to say: {}, and an interval needs three songs.",
            evidence(n_pairs, n_songs)
        ),
        false => format!(
            "Too few songs to say: over {} the 95% intervals of all {things} reach across a \
             threshold.",
            counted(n_songs, "song", "songs")
        ),
    }
}

/// What the heading adds for the means that so few songs do not class; empty where there are
/// none.
///
/// - `things`: their number and what they are: `three channels`
pub(crate) fn too_few_for(n_unsure: usize, things: &str, n_songs: u32) -> String {
    match n_unsure {
        0 => String::new(),
        _ => format!(" For {things}, {} are too few to say.", counted(n_songs, "song", "songs")),
    }
}

/// What a picture's caption says of its classes where songs are few.
pub(crate) fn class_caption(n_songs: u32) -> Option<&'static str> {
    (1..MANY_SONGS).contains(&n_songs).then_some(
        "A class is named where the whole 95% interval of the mean r lies in it (Student’s t, \
         each song counted once).",
    )
}

/// More channels than this are counted, not listed.
const MAX_LISTED: usize = 4;

/// `ONSET and COMBO`, `X`, `six of nine channels`, `all nine channels`.
pub(crate) fn channel_list(names: &[&str], n_all: usize) -> String {
    let in_all = in_words(n_all);
    match names {
        [] => "no channel".to_owned(),
        [one] => (*one).to_owned(),
        all if all.len() == n_all => format!("all {in_all} channels"),
        many if many.len() > MAX_LISTED => {
            format!("{} of {in_all} channels", in_words(many.len()))
        }
        [all_but_last @ .., last] => format!("{} and {last}", all_but_last.join(", ")),
    }
}

/// What a mean stands on: `460 pairs of 292 songs`.
pub(crate) fn evidence(n_pairs: u32, n_songs: u32) -> String {
    format!("{} of {}", counted(n_pairs, "pair", "pairs"), counted(n_songs, "song", "songs"))
}

/// What a picture's caption says of the whiskers, where there are any.
pub(crate) fn whisker_caption(n_pairs: u32) -> &'static str {
    if n_pairs > 1 { ", whisker ± 1 standard deviation over pairs" } else { "" }
}

/// All rows with their numbers, class by class, then those with too few songs for one, those
/// that nobody uses, and last those without a value.
pub(crate) fn by_class<'a>(
    bounds: ClassBounds,
    rows: impl Iterator<Item = (&'a str, PairMean)> + Clone,
) -> String {
    let mut lists = Vec::new();
    let mut push = |heading: &str, members: Vec<String>| {
        if !members.is_empty() {
            lists.push(format!("{heading}: {}.", members.join(", ")));
        }
    };
    for class in AgreementClass::ALL.map(Some).into_iter().chain([None]) {
        let is_member = |value: &PairMean| {
            value.mean.is_some() && !value.is_unused && value.class(bounds) == class
        };
        let members = rows.clone().filter(|(_, value)| is_member(value));
        let members = members.map(|(name, value)| format!("{name} {}", mean_and_spread(value)));
        push(&capital(class_word(class)), members.collect());
    }
    let unused = rows.clone().filter(|(_, value)| value.mean.is_some() && value.is_unused);
    push(&capital(NOT_USED), unused.map(|(name, _)| name.to_owned()).collect());
    let missing = rows.filter(|(_, value)| value.mean.is_none());
    push("No value", missing.map(|(name, _)| name.to_owned()).collect());
    lists.join(" ")
}

/// `0.71 ± 0.10`.
pub(crate) fn mean_and_spread(value: PairMean) -> String {
    let std = value.std.map_or_else(String::new, |std| format!(" ± {}", fixed(std, 2)));
    value.mean_text() + &std
}

/// How many means are of each class, as `two perceptual, no mixed`, and of none since there are
/// too few songs or nobody uses them.
pub(crate) fn class_counts(
    bounds: ClassBounds,
    values: impl Iterator<Item = PairMean> + Clone,
    count: impl Fn(usize) -> String,
) -> String {
    let n_unused = values.clone().filter(|value| value.is_unused).count();
    let values = values.filter(|value| value.mean.is_some() && !value.is_unused);
    let n_of = |class| values.clone().filter(|value| value.class(bounds) == class).count();
    let mut counts = AgreementClass::ALL
        .map(|class| format!("{} {}", count(n_of(Some(class))), class.name()))
        .join(", ");
    let n_unsure = n_of(None);
    if n_unsure > 0 {
        counts.push_str(&format!(", {} with {}", count(n_unsure), class_word(None)));
    }
    if n_unused > 0 {
        counts.push_str(&format!(", {} {NOT_USED}", count(n_unused)));
    }
    counts
}

/// The first characters of a text, and dots where it is longer.
pub(crate) fn shortened(text: &str, max_chars: usize) -> String {
    match text.char_indices().nth(max_chars) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use carto_types::EncoderOrigin;

    use super::*;

    #[test]
    fn a_caption_names_the_encoder_and_that_it_is_untrained() {
        let mut encoder = EncoderFacts {
            name: "tiny.safetensors".to_owned(),
            origin: EncoderOrigin::File,
            weights_sha256: String::new(),
            hidden_dim: 8,
            n_latent_dims: 3,
            frames_per_latent: 16,
            n_parameters: 12_345,
            note: None,
            is_untrained: true,
        };
        assert_eq!(
            encoder_caption(Some(&encoder)),
            "Encoder: tiny.safetensors. Its weights are random: these latents mean nothing about music."
        );
        (encoder.name, encoder.is_untrained) = ("é".repeat(60), false);
        assert_eq!(encoder_caption(Some(&encoder)), format!("Encoder: {}….", "é".repeat(48)));
        assert_eq!(encoder_caption(None), "Encoder: not named by its program.");
    }
}
