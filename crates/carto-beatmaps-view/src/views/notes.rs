//! Notes below the table.

use leptos::prelude::*;

use super::model::ModelPanel;
use crate::format::percent;
use crate::rows::{MAX_NOTES_PER_SECOND, MAX_STARS, MIN_OVERLAP_SHARE};

/// How to read the table, and how accurate the classifier is.
#[component]
pub(crate) fn Notes() -> impl IntoView {
    view! {
        <div class="beat-notes">
            <div>
                <h2 class="notes__title">"Label probabilities"</h2>
                <p>
                    "One bar for each label, always in the same order; the bars of a map add up to 100%. The largest is printed in "
                    <b>"full ink"</b> ". Numbers from 10% up are written out."
                </p>
            </div>
            <ModelPanel/>
            <div>
                <h2 class="notes__title">"Columns"</h2>
                <p>
                    <b>"Streams: "</b> "share of gaps no longer than a quarter beat (tolerance 1.1). "
                    <b>"Spacing: "</b> "mean distance between consecutive objects in osu!pixels; the playfield is 512 wide. Stars and combo are computed here, the rest by the definitions of the published dataset."
                </p>
            </div>
            <div>
                <h2 class="notes__title">"Joke maps"</h2>
                <p>
                    {format!(
                        "Maps with more than {MAX_STARS} stars or {MAX_NOTES_PER_SECOND} notes a second without mods are marked as likely joke maps, and so are maps in which {}% of the objects or more begin while another lasts (2B maps). They stand last in every order by a number. Of the 9,579 maps of the published dataset, four have that many stars or notes.",
                        percent(MIN_OVERLAP_SHARE),
                    )}
                </p>
            </div>
        </div>
    }
}
