//! The method and its words, in plain language.

use leptos::prelude::*;

/// Four steps from a dropped file to a place on the chart.
const STEPS: [(&str, &str); 4] = [
    (
        "A song needs two mappers",
        "Archives with the same title and artist are one song. For each mapper of it, the map with the highest overall difficulty stands for all of theirs.",
    ),
    (
        "A map becomes nine curves",
        "Each curve says 167 times a second what one channel hears: whether something was just hit, whether a slider is held, where the cursor is.",
    ),
    (
        "Curves are compared in pairs",
        "For every two mappers of a song, each channel of one is correlated with the same channel of the other: r is 1 where they move together and 0 where they have nothing in common.",
    ),
    (
        "The mean gives it a place",
        "Averaged over all pairs, a channel above 0.3 follows the music, one below 0.1 is the mapper’s style. The rules and the bounds are those of the published study.",
    ),
];

/// The words of this page, each in a sentence.
const GLOSSARY: [(&str, &str); 14] = [
    ("song", "A title and an artist, whoever mapped it."),
    ("archive", "One .osz file: a song’s audio, with the maps that one person uploaded for it."),
    ("map", "One difficulty of an archive, an .osu file."),
    ("mapper", "The creator named in the map. Guest difficulties count for the archive’s host."),
    ("pair", "Two maps of one song by different mappers."),
    ("channel", "One of the nine curves of a map."),
    ("agreement", "r, Pearson’s correlation between the curves of a pair."),
    (
        "cosine",
        "The angle between two curves, 1 where they point the same way. Unlike r it also rewards what stays constant.",
    ),
    (
        "latent",
        "One of the 32 numbers into which an encoder, a trained network, packs a tenth of a second of all nine channels.",
    ),
    ("perceptual", "Both mappers do it, so it is in the music: a mean r above 0.3."),
    ("stylistic", "Each mapper does it their own way: a mean r below 0.1, for latents below 0.05."),
    ("held out", "Songs that an encoder was not trained on."),
    ("p", "The chance of a count at least as high, if nothing but chance were at work."),
    ("spread", "One standard deviation over pairs: how much they differ among themselves."),
];

/// Plain text, without a box: it needs none.
#[component]
pub(crate) fn HowItWorks() -> impl IntoView {
    view! { <section class="sheet how" id="how" aria-labelledby="how-title" inner_html=html()></section> }
}

/// Nothing here ever changes, so it is plain HTML, from the constants above.
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
        "</ol><h3 class='how__title how__words'>Words on this page</h3><dl class='how__glossary'>",
    );
    for (word, meaning) in GLOSSARY {
        html.extend(["<div><dt>", word, "</dt><dd>", meaning, "</dd></div>"]);
    }
    html + "</dl>"
}
