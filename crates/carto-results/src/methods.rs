//! A paragraph for a paper, from the run's own parameters.

use carto_charts::number::{counted, grouped};
use carto_types::{
    Backend, ClassBounds, EncoderFacts, EncoderOrigin, HeldOut, Mode, ResultOrigin, RunResult,
    SignalChannel, Synthesis, TrackA, TrackB,
};

use crate::evidence_methods::evidence_methods;

/// What was compared and how, as plain text in paragraphs, with a line on how to
/// cite it.
///
/// States numbers and definitions, and nothing that they would show.
#[must_use]
pub fn methods(result: &RunResult) -> String {
    let parameters = &result.parameters;
    let mut paragraphs = vec![maps(result)];
    paragraphs.extend(result.track_a.as_ref().map(channels));
    match &result.evidence {
        Some(evidence) => {
            let has_latents = result.track_b.is_some();
            paragraphs.push(evidence_methods(evidence, &result.songs, has_latents));
        }
        // A run by the published rules is described as it was published.
        None if parameters.mode != Some(Mode::Published) => {
            paragraphs.extend(result.why_no_evidence().map(sentence));
        }
        None => {}
    }
    if result.track_b.is_some() || result.synthesis.is_some() {
        let mut text = latents(result, parameters.encoder.as_ref());
        if let Some(track) = &result.track_b {
            text.push_str(&latent_agreement(track));
        }
        paragraphs.push(text);
    }
    paragraphs.extend(result.synthesis.as_ref().map(coupling));
    paragraphs.extend(result.held_out.as_ref().map(held_out));
    if let Some(step) = parameters.step {
        paragraphs.push(format!(
            "The figures at hand come from a link and are rounded to steps of {step}; p-values \
             and means over matrices are computed from the rounded ones."
        ));
    }
    paragraphs.push(citation(&result.origin));
    paragraphs.join("\n\n") + "\n"
}

/// `No evidence: ...` and a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}

fn program(origin: &ResultOrigin) -> &str {
    if origin.program.is_empty() { "a program that is not named" } else { &origin.program }
}

fn maps(result: &RunResult) -> String {
    let mut text = format!(
        "Maps of one song by different mappers were compared with {}. ",
        program(&result.origin)
    );
    text.push_str(match result.parameters.mode {
        Some(Mode::Published) => {
            "Which maps take part and how they are read follows the rules of the published \
             pipeline (osu-dreamer-cartography, experiment/run_analysis.py, commit 7ec522b). For \
             each host of a song's sets stands the map with the highest overall difficulty (the \
             setting; of equals the first), and guest difficulties count as the host's. All maps \
             of a song were given the length of its shortest audio file."
        }
        Some(Mode::Osu) => {
            "Maps were read as osu! itself reads them, with audio under any name, in any format \
             that could be measured. A difficulty counts as the work of who made it, by osu!'s \
             API, a table, its name and the set's tags, or its name alone, else of the host of its set; of each two mappers \
             of a song the two difficulties nearest in star rating were compared."
        }
        None => "Which maps take part and how they are read is that program's own.",
    });
    let counts = result.counts;
    let said = [
        (counts.n_archives, "archive"),
        (counts.n_beatmaps, "map"),
        (counts.n_songs, "song"),
        (counts.n_encoded, "map"),
    ]
    .map(|(n, word)| n.map(|n| counted(n, word, &format!("{word}s"))));
    let said: Vec<_> = said
        .into_iter()
        .zip(["read", "in them", "with two mappers or more", "with a signal"])
        .filter_map(|(count, what)| Some(format!("{} {what}", count?)))
        .collect();
    if !said.is_empty() {
        text.push_str(&format!(" Counts: {}.", said.join(", ")));
    }
    if let Some(left_out) = result.parameters.left_out {
        text.push_str(&match left_out.n_pairs() {
            0 => {
                " Pairs whose audio differs in length, or that one mapper made both maps of, were \
                  to be left out; there were none."
                    .to_owned()
            }
            n => format!(
                " Left out of all figures: {}, of which {}.",
                counted(n, "pair", "pairs"),
                left_out.text()
            ),
        });
    }
    if result.parameters.is_cancelled {
        text.push_str(" The run was stopped early: the figures are those of the finished songs.");
    }
    text
}

fn channels(track: &TrackA) -> String {
    let bounds = ClassBounds::CHANNELS;
    format!(
        "Channels: each map is a signal of nine channels ({}) in frames of 98/16384 s. {} of {} \
         were compared channel by channel by Pearson's r (0 where a side is constant), cosine and \
         mean absolute difference; the full cosine is the mean over every tenth frame. Figures \
         are means and population standard deviations over pairs, each of which counts the same; \
         the standard deviation is that of pairs and no error of the mean. Maps were compared as \
         they are: offsets between their audio files were not corrected, and what shared bars and \
         breaks contribute was not subtracted. A mean r above {} is called perceptual, below {} \
         stylistic, else mixed.",
        SignalChannel::ALL.map(SignalChannel::name).join(", "),
        counted(track.pairs_compared, "pair", "pairs"),
        counted(track.songs_analyzed, "song", "songs"),
        bounds.perceptual_above,
        bounds.stylistic_below,
    )
}

fn latents(result: &RunResult, encoder: Option<&EncoderFacts>) -> String {
    let Some(encoder) = encoder else {
        let unnamed = "Latents: the encoder is not named in these figures.";
        return format!("{unnamed}{}", drawn(result).unwrap_or_default());
    };
    let origin = match encoder.origin {
        EncoderOrigin::Bundled => "bundled with the page",
        EncoderOrigin::File => "from a file",
        EncoderOrigin::Published => "the published checkpoint",
    };
    let mut text = format!(
        "Latents: an encoder ({}, {origin}, sha256 of its weights {}, {} hidden channels, {} \
         numbers) gives {} latents for every {} frames.",
        encoder.name,
        encoder.weights_sha256,
        encoder.hidden_dim,
        grouped(encoder.n_parameters),
        encoder.n_latent_dims,
        encoder.frames_per_latent,
    );
    if encoder.is_untrained {
        text.push_str(" Its weights are random: its latents mean nothing about music.");
    }
    let means = || " Latents are the means of its distributions.".to_owned();
    text.push_str(&drawn(result).unwrap_or_else(means));
    match &result.parameters.backend {
        Some(Backend::Cpu { .. }) => text.push_str(" They were computed on the processor."),
        Some(Backend::Gpu { is_software: false, .. }) => {
            text.push_str(" They were computed on a graphics processor.");
        }
        Some(Backend::Gpu { is_software: true, .. }) => {
            text.push_str(" They were computed by a program that imitates a graphics processor.");
        }
        None => {}
    }
    text
}

/// How latents were drawn, as a sentence after another; `None` where nothing says that they were.
fn drawn(result: &RunResult) -> Option<String> {
    let parameters = &result.parameters;
    let how = match parameters.sample_seed {
        Some(seed) => format!("with seed {seed}"),
        None if parameters.is_seed_unrecorded => "with a seed that is not recorded".to_owned(),
        None => return None,
    };
    Some(format!(" Latents were drawn from its distributions {how}."))
}

fn latent_agreement(track: &TrackB) -> String {
    let bounds = ClassBounds::LATENTS;
    format!(
        " {} of {} were compared latent by latent by Pearson's r and cosine; figures are means \
         and population standard deviations over pairs. A mean r above {} is called perceptual, \
         below {} stylistic, else mixed.",
        counted(track.pairs_compared, "pair", "pairs"),
        counted(track.songs_analyzed, "song", "songs"),
        bounds.perceptual_above,
        bounds.stylistic_below,
    )
}

fn coupling(table: &Synthesis) -> String {
    format!(
        "Latents and channels: Pearson's r of each latent with each channel, averaged over the \
         frames of a latent, is the mean over {}. How often two or three channels share a sign \
         over the {} latents is held against chance by the one-sided binomial test (1/2 a latent \
         for two, 1/4 for three), for all 36 pairs and 84 triples, with all cells and without \
         those of |r| below {}. The p-values are not corrected for the number of tests, and they \
         take latents for independent: channels that correlate have one sign in most latents of \
         an encoder with random weights too.",
        counted(table.n_maps, "map", "maps"),
        table.n_latent_dims,
        table.sign_threshold,
    )
}

fn held_out(held_out: &HeldOut) -> String {
    format!(
        "Held-out songs: {} of {} that the encoder {} was not trained on, in the words of their \
         maker: {}. Its latents and songs are other ones than those above.",
        counted(held_out.n_pairs, "pair", "pairs"),
        counted(held_out.n_songs, "song", "songs"),
        held_out.checkpoint,
        held_out.description,
    )
}

fn citation(origin: &ResultOrigin) -> String {
    let commit = origin.commit.as_ref().map(|commit| format!("commit {commit}"));
    let parts = [Some(program(origin).to_owned()), origin.repository.clone(), commit];
    let parts = parts.into_iter().flatten().chain(origin.date.clone());
    let mut text = format!("To cite: {}.", parts.collect::<Vec<_>>().join(", "));
    if let Some(note) = &origin.note {
        text.push_str(&format!(" Note: {note}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use carto_types::DoubtCounts;

    use super::*;
    use crate::fixtures;

    #[test]
    fn every_parameter_of_a_run_is_in_its_words() {
        let mut result = fixtures::result(70);
        result.parameters.sample_seed = Some(12);
        result.parameters.left_out = Some(DoubtCounts { n_one_mapper: 1, n_other_audio: 4 });
        let text = methods(&result);
        for words in [
            "Left out of all figures: 5 pairs, of which 4 with audio of another or unknown length, 1 with one mapper on both sides.",
            "with osu! Latent Space Cartography 0.1.0.",
            "rules of the published pipeline",
            "812 archives read, 3,950 maps in them, 292 songs with two mappers or more, 732 maps with a signal",
            "ONSET, COMBO, SLIDE, SUSTAIN, WHISTLE, FINISH, CLAP, X, Y",
            "460 pairs of 292 songs",
            "above 0.3 is called perceptual, below 0.1 stylistic",
            &"ab12cd34".repeat(8),
            "1,234,567 numbers) gives 32 latents for every 18 frames",
            "drawn from its distributions with seed 12",
            "3 pairs of 2 songs",
            "below 0.05 stylistic",
            "the mean over 722 maps",
            "not corrected for the number of tests, and they take latents for independent",
            "highest overall difficulty (the setting; of equals the first)",
            "length of its shortest audio file",
            "offsets between their audio files were not corrected",
            "235 pairs of 80 songs that the encoder epoch=3.ckpt was not trained on",
            "To cite: osu! Latent Space Cartography 0.1.0, 2026-03-01.",
        ] {
            assert!(text.contains(words), "{text}\nlacks {words:?}");
        }
        assert!(!text.contains("link"));
    }

    #[test]
    fn what_is_not_known_is_called_so() {
        let mut result = fixtures::result(71);
        result.parameters = carto_types::RunParameters::default();
        result.parameters.step = Some(0.0005);
        result.parameters.is_cancelled = true;
        result.parameters.is_seed_unrecorded = true;
        result.origin = ResultOrigin::default();
        result.counts = carto_types::RunCounts::default();
        let text = methods(&result);
        for words in [
            "with a program that is not named. Which maps take part and how they are read is that program's own. The run was stopped",
            "the encoder is not named in these figures. Latents were drawn from its distributions with a seed that is not recorded.",
            "steps of 0.0005",
        ] {
            assert!(text.contains(words), "{text}\nlacks {words:?}");
        }
        assert!(!text.contains("Counts"));
        (result.track_a, result.track_b, result.synthesis, result.held_out) =
            (None, None, None, None);
        assert_eq!(methods(&result).matches("\n\n").count(), 3);
        assert!(methods(&result).contains("No evidence: a link holds means only."));
    }
}
