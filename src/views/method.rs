//! How what a view shows is found, with its terms, in plain language.

use carto_types::Mode;
use carto_ui::derived_string;
use leptos::prelude::*;

use crate::context::use_results;
use crate::view_state::{Tab, use_view_state};

/// Titles and texts, in their order.
type Texts = &'static [(&'static str, &'static str)];

/// From archives to the class of a channel: how the published results were found.
const PUBLISHED_STEPS: Texts = &[
    (
        "A song has two mappers",
        "Archives with the same title and artist are one song. For each mapper stands the map with the highest overall difficulty, of equals the first: that setting is the hit window, so it need not be the hardest map. Guests count as the set’s host.",
    ),
    CHANNELS,
    PAIRS,
    (
        "The mean gives a class",
        "The study calls a channel perceptual where its mean r over all pairs is above 0.3, and stylistic where it is below 0.1. The words are the study’s: maps of different songs on one bar grid reach a mean r of 0.23 in ONSET and 0.27 in COMBO, and a low r is style only where a mapper repeats what others do not. X and Y are hardly repeated by one mapper either.",
    ),
    LATENTS,
];

/// The same for a person's own maps.
const YOURS_STEPS: Texts = &[
    (
        "Drop maps of two mappers",
        "Archives with the same title and artist are one song. Of two mappers the two difficulties nearest in star rating are compared. Under Rules you can have it as published: the map with the highest overall difficulty for each mapper.",
    ),
    CHANNELS,
    PAIRS,
    CLASS_OF_MEAN,
    EVIDENCE,
    (
        "Your files stay here",
        "All of it is computed in this browser. What was left out is listed with the reason and what to do.",
    ),
];

/// The same of a result that was made by the rules of osu!.
const OPENED_STEPS: Texts = &[
    (
        "A song has two mappers",
        "Archives with the same title and artist are one song. Of two mappers the two difficulties nearest in star rating are compared.",
    ),
    CHANNELS,
    PAIRS,
    CLASS_OF_MEAN,
    EVIDENCE,
    LATENTS,
];

const LATENTS: (&str, &str) = (
    "An encoder is asked the same",
    "A trained network turns the nine channels into 32 latents. Each latent of a pair is compared as a channel is, and correlated with the channels of its own map.",
);

const CLASS_OF_MEAN: (&str, &str) = (
    "The mean gives a class",
    "By the bounds of the published study a channel is perceptual where its mean r over all pairs is above 0.3, and stylistic below 0.1. Of fewer than 30 songs it has a class only where the 95% interval of the mean lies in it: the table and each row say the interval, and more songs make it narrower. The lines of the chart are the spread over pairs, which more songs do not change.",
);

const EVIDENCE: (&str, &str) = (
    "What is left is placed",
    "Maps are aligned by their timing points first, and by their recordings where those leave it open. Two maps of different songs on one bar grid agree too: that is the floor. One mapper’s two difficulties are the ceiling. A channel agrees beyond the grid where what is left lies surely above 0.10, and between floor and ceiling it has a song share and a mapper share. Where the ceiling is no higher than the floor, a low agreement is no style.",
);

const CHANNELS: (&str, &str) = (
    "A map becomes nine curves",
    "Each of nine channels is a curve with 167 values a second: how long ago something was hit, whether a slider is held, where the cursor is.",
);

const PAIRS: (&str, &str) = (
    "Curves are compared in pairs",
    "For every two mappers of a song, each channel of one is correlated with the same channel of the other: r is 1 where they move together. It says nothing of what comes later or earlier in the other map: of the same ONSET curve, 12 milliseconds late, r is 0.84, and 50 milliseconds late 0.55.",
);

/// From a map to its label probabilities.
const BEATMAPS_STEPS: Texts = &[
    (
        "A map becomes 44 numbers",
        "Its difficulty settings, star rating and tempo, and statistics of its objects: how many gaps are streamed, how far objects are apart, how varied the rhythm is. With DT or HR they are those of the map as it is played then.",
    ),
    (
        "A classifier gives probabilities",
        "Players had sorted 9,579 maps into collections with fifteen labels: it was trained on 7,662 of them and tested on the others, by other songs. For each map it gives the probability of each label; they add up to 100%.",
    ),
    (
        "You see what decided",
        "Open a map: each number in turn is replaced by that of a usual map, and what this changes is the number’s effect on the most probable label.",
    ),
    (
        "Mappers of one song are compared",
        "The overlap of two maps is the sum, over labels, of the smaller probability: 100% where they are alike.",
    ),
    (
        "Your own labels",
        "A classifier can be trained on your collections or folders, in this browser. It is tested on songs that it was not trained on.",
    ),
];

/// From two maps of a song to their agreement over time.
const SONG_STEPS: Texts = &[
    (
        "Two maps on one time line",
        "The times of the second map are moved by the lag between the two, where it is known. Bars and beats are those of the timing points of the first.",
    ),
    (
        "Nine channels over time",
        "Each map’s curves are drawn from the line between them: the first above, the second below. Where the two halves mirror each other, the maps agree.",
    ),
    (
        "Agreement through the song",
        "In each window of some bars, r of every channel and their mean. Behind it is what the same window of the first map reaches with the second moved by whole bars: 5% to 95% of those shifts.",
    ),
    (
        "Both playfields, and the song",
        "Objects appear as osu! shows them, at each map’s own approach rate and circle size. The audio comes from your archive and is decoded by your browser.",
    ),
];

/// From the maps of two mappers of a song to what sets one of them apart.
const MAPPER_STEPS: Texts = &[
    (
        "The same songs",
        "A mapper is compared with the other mappers of the same songs, so that the music explains nothing: of each two the difficulties nearest in star rating, and at most half a star apart. Guest difficulties count as their makers’.",
    ),
    (
        "Numbers of a map",
        "The mean level of each of the nine channels, spacing and turns from one object to the next, and 44 features such as approach rate and stream density.",
    ),
    (
        "A difference with its interval",
        "Of each song the mean over the other mappers; over songs the mean, with a 95% interval. It is drawn in spreads: 1 is as far as two mappers’ maps of one song usually lie apart.",
    ),
    (
        "Which way",
        "A direction needs ten songs, an interval on one side of 0, a p-value that allows for the number of dimensions, and the same side at equal stars. All else is undetermined.",
    ),
];

/// The terms of the view of mappers.
const MAPPER_TERMS: Texts = &[
    ("dimension", "One number of a map: a channel’s mean level, SPACING, TURN, or a feature."),
    ("SPACING", "From an object to the next, the mean of ln(1 + distance in osu!pixels)."),
    ("TURN", "The mean cosine of the angle at objects: 1 goes straight on, −1 goes back."),
    ("head-to-head", "One mapper less another, over the songs that both mapped."),
    ("guest difficulty", "A difficulty in the set of another host; it counts as its maker’s."),
    ("typical", "The dimensions with a direction that stand farthest from 0."),
];

/// The terms of the views of agreement, each with its definition; `www/terms.js` finds them here.
const AGREEMENT_TERMS: Texts = &[
    ("song", "A title and an artist, whoever mapped it."),
    ("archive", "One .osz file: a song’s audio, with the maps that one person uploaded for it."),
    ("map", "One difficulty of an archive, an .osu file."),
    (
        "mapper",
        "Who made a difficulty: a guest where its name says so, else the archive’s host. As published it is always the host.",
    ),
    ("pair", "Two maps of one song by different mappers."),
    ("channel", "One of the nine curves of a map."),
    (
        "agreement",
        "r, Pearson’s correlation between the curves of a pair. Shared bars and breaks raise it; audio files that begin at different times lower it.",
    ),
    (
        "lag",
        "By how much the times of two maps of one song lie apart, mostly since their audio files begin at different times.",
    ),
    (
        "phi",
        "Agreement on which places of a bar have an event, after each map’s own habit per place and section of 8 bars is taken away. 0 is what a shared grid gives, 1 is the same map.",
    ),
    ("floor", "What two maps share that have only a bar grid in common."),
    ("ceiling", "What one mapper repeats: two difficulties of one set by the same person."),
    (
        "song share",
        "How far from floor to ceiling two mappers of one song come: (cross − floor) / (ceiling − floor).",
    ),
    ("mapper share", "The rest, 1 − song share: what one mapper repeats and two do not share."),
    (
        "cosine",
        "The cosine of the angle between two curves, 1 where they are proportional. Unlike r it also rewards what stays constant.",
    ),
    (
        "latent",
        "One of the 32 numbers that an encoder, a trained network, gives for every tenth of a second. It sees all nine channels from 0.9 seconds before to 1.1 seconds after.",
    ),
    ("perceptual", "The study’s word for a mean r above 0.3."),
    (
        "stylistic",
        "The study’s word for a mean r below 0.1, for latents below 0.05. That a mapper repeats it is not part of it.",
    ),
    ("held out", "Songs that an encoder was not trained on."),
    (
        "p",
        "The probability of a count at least as high if every sign were a fair coin flip (one-sided binomial test).",
    ),
    (
        "expected signs",
        "How many of the latents would have one sign for these channels if each were a mix of the nine channels with random weights.",
    ),
    ("spread", "The standard deviation over pairs, which is no error of the mean."),
];

/// The terms of the view of beatmaps.
const BEATMAPS_TERMS: Texts = &[
    ("map", "One difficulty of an archive, an .osu file."),
    ("mapper", "The host of the map’s set, as its file names them."),
    ("feature", "One of the 44 numbers of a map. All of them can be columns and are saved as CSV."),
    ("stars", "Star rating, computed here by the game’s formula for the mods that are chosen."),
    ("streams", "The share of gaps between objects that are no longer than a quarter beat."),
    (
        "spacing",
        "The mean distance between consecutive objects, in osu!pixels: the field is 512 wide.",
    ),
    ("label", "What players call a kind of map, such as stream, jump or tech."),
    (
        "probability",
        "How sure the classifier is of a label: of maps with 40%, about 40 in 100 have it.",
    ),
    ("typical", "The middle half of the maps with a label that the classifier was trained on."),
    ("collection", "A list of maps in osu!, kept in collection.db."),
];

/// What is said of a view: what it is about, the steps, and the terms.
///
/// - `mode`: the rules of the result that was opened, where one was
fn texts(tab: Tab, mode: Option<Mode>) -> (&'static str, Texts, Texts) {
    match tab {
        Tab::Published if mode == Some(Mode::Osu) => {
            ("Opened result", OPENED_STEPS, AGREEMENT_TERMS)
        }
        Tab::Published => ("Published results", PUBLISHED_STEPS, AGREEMENT_TERMS),
        Tab::Yours => ("Your maps", YOURS_STEPS, AGREEMENT_TERMS),
        Tab::Beatmaps => ("Beatmaps", BEATMAPS_STEPS, BEATMAPS_TERMS),
        Tab::Song => ("Song", SONG_STEPS, AGREEMENT_TERMS),
        Tab::Mapper => ("Mappers", MAPPER_STEPS, MAPPER_TERMS),
    }
}

/// The section that the link "How it works" leads to: of the view that is shown.
#[component]
pub(crate) fn Method() -> impl IntoView {
    let tab = use_view_state().tab;
    let opened = use_results().state.opened;
    let mode = move || opened.with(|opened| opened.as_ref().and_then(|it| it.shown.mode));
    let html = derived_string(move || html(tab.get(), mode()));
    view! { <section class="sheet how" id="how" aria-labelledby="how-title" inner_html=html></section> }
}

/// The section as plain HTML, since nothing in it changes but with the view; its texts are
/// constants.
fn html(tab: Tab, mode: Option<Mode>) -> String {
    let (name, steps, terms) = texts(tab, mode);
    let mut html = String::from("<p class='kicker'>");
    html.extend([
        name,
        "</p><h2 id='how-title' class='heading'>How it works</h2><ol class='how__steps'>",
    ]);
    for (title, text) in steps {
        let step = "<li class='how__step'><h3 class='how__title'>";
        html.extend([step, title, "</h3><p>", text, "</p></li>"]);
    }
    html.push_str(
        "</ol><h3 class='how__title how__words'>Terms in this view</h3><dl class='how__glossary'>",
    );
    for (word, meaning) in terms {
        html.extend(["<div><dt>", word, "</dt><dd>", meaning, "</dd></div>"]);
    }
    html + "</dl>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opened_result_is_explained_by_its_own_rules() {
        let said = |mode| html(Tab::Published, mode);
        assert!(said(None).contains("highest overall difficulty"));
        assert!(said(Some(Mode::Published)).contains("highest overall difficulty"));
        let osu = said(Some(Mode::Osu));
        assert!(osu.contains("nearest in star rating") && !osu.contains("highest overall"));
    }
}
