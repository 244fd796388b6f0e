//! The method and its glossary, in plain language.

use leptos::prelude::*;

/// Title and text of each step from a dropped file to the class of a channel.
const STEPS: [(&str, &str); 4] = [
    (
        "A song needs two mappers",
        "Archives with the same title and artist are one song. Of two mappers the two difficulties nearest in star rating are compared; as published, the one with the highest overall difficulty stands for each mapper.",
    ),
    (
        "A map becomes nine curves",
        "Each of nine channels is a curve with 167 values a second: how long ago something was hit, whether a slider is held, where the cursor is.",
    ),
    (
        "Curves are compared in pairs",
        "For every two mappers of a song, each channel of one is correlated with the same channel of the other: r is 1 where they move together and 0 where they have nothing in common.",
    ),
    (
        "The mean gives a class",
        "The study calls a channel perceptual where its mean r over all pairs is above 0.3, and stylistic where it is below 0.1: it reads the first as the music, the second as the mapper’s own. Rules and bounds are the study’s.",
    ),
];

/// The terms of this page, each with its definition; `www/terms.js` finds them here.
const GLOSSARY: [(&str, &str); 14] = [
    ("song", "A title and an artist, whoever mapped it."),
    ("archive", "One .osz file: a song’s audio, with the maps that one person uploaded for it."),
    ("map", "One difficulty of an archive, an .osu file."),
    (
        "mapper",
        "Who made a difficulty: a guest where its name says so, else the archive’s host. As published it is always the host.",
    ),
    ("pair", "Two maps of one song by different mappers."),
    ("channel", "One of the nine curves of a map."),
    ("agreement", "r, Pearson’s correlation between the curves of a pair."),
    (
        "cosine",
        "The cosine of the angle between two curves, 1 where they are proportional. Unlike r it also rewards what stays constant.",
    ),
    (
        "latent",
        "One of the 32 numbers into which an encoder, a trained network, packs a tenth of a second of all nine channels.",
    ),
    ("perceptual", "The study’s word for a mean r above 0.3: what both mappers do."),
    (
        "stylistic",
        "The study’s word for a mean r below 0.1, for latents below 0.05: what each mapper does their own way.",
    ),
    ("held out", "Songs that an encoder was not trained on."),
    (
        "p",
        "The probability of a count at least as high if every sign were a fair coin flip (one-sided binomial test).",
    ),
    ("spread", "The standard deviation over pairs."),
];

/// The section that the link "How it works" leads to.
#[component]
pub(crate) fn Method() -> impl IntoView {
    view! { <section class="sheet how" id="how" aria-labelledby="how-title" inner_html=html()></section> }
}

/// The section as plain HTML, since nothing in it changes; its texts are constants.
fn html() -> String {
    let mut html = String::from(
        "<p class='kicker'>The method</p>\
        <h2 id='how-title' class='heading'>How it works</h2><ol class='how__steps'>",
    );
    for (title, text) in STEPS {
        let step = "<li class='how__step'><h3 class='how__title'>";
        html.extend([step, title, "</h3><p>", text, "</p></li>"]);
    }
    html.push_str(
        "</ol><h3 class='how__title how__words'>Terms on this page</h3><dl class='how__glossary'>",
    );
    for (word, meaning) in GLOSSARY {
        html.extend(["<div><dt>", word, "</dt><dd>", meaning, "</dd></div>"]);
    }
    html + "</dl>"
}
