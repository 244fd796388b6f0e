//! Why songs of the table are not compared, in a sentence, with what helps.

use std::collections::BTreeMap;

use carto_charts::number::{counted, grouped};
use carto_types::{Mode, SongRow, SongStatus};
use carto_ui::{derived_bool, derived_string, focus};
use leptos::prelude::*;

use super::data::SongsData;
use crate::context::use_run;
use crate::run::Phase;

/// How many songs are compared, why the others are not, and a button that helps.
///
/// Its room is there from the start, so that nothing moves when the run is over.
#[component]
pub(super) fn MissingSongs(
    /// The songs of the run.
    data: SongsData,
) -> impl IntoView {
    let run = use_run();
    let missing = Memo::new(move |_| data.songs.with(|songs| Missing::of(songs)));
    let sentence = derived_string(move || {
        missing.with(|missing| missing.sentence(run.state.mode.get(), data.phase.get()))
    });
    let is_over = move || matches!(data.phase.get(), Phase::Done | Phase::Cancelled);
    let is_published = move || run.state.mode.get() == Mode::Published;
    let has_missing = move || is_over() && missing.with(|missing| missing.n_missing > 0);
    // By the published rules a song of guests has one mapper: the others may know two.
    let may_others_help = move || {
        let has_none = || run.state.counts.get().n_sets > 0 && missing.with(|it| it.n_songs == 0);
        is_published() && (has_missing() || data.phase.get() == Phase::Done && has_none())
    };
    view! {
        <div class="songs__why">
            <p>{sentence}</p>
            <button
                class="button button--small"
                type="button"
                hidden=derived_bool(move || !may_others_help())
                on:click=move |_| run.set_mode(Mode::Osu)
            >
                "Compare as osu! players know it"
            </button>
            <button
                class="button button--small"
                type="button"
                hidden=derived_bool(move || !has_missing() || is_published())
                on:click=move |_| focus("issues-title")
            >
                "Show what was skipped"
            </button>
        </div>
    }
}

/// The songs that have two mappers and no pair, and those whose pairs no figure counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Missing {
    n_songs: usize,
    n_compared: usize,
    n_missing: usize,
    /// Songs whose pairs are all left out as doubtful.
    n_left_out: usize,
    /// Refused maps of the missing songs.
    n_refused: usize,
    /// The most frequent cause of their refusal.
    cause: Option<String>,
}

impl Missing {
    fn of(songs: &[SongRow]) -> Self {
        let n_of = |status| songs.iter().filter(|song| song.status == status).count();
        let is_left_out = |song: &&SongRow| song.is_left_out();
        let n_left_out = songs.iter().filter(is_left_out).count();
        let missing = songs.iter().filter(|song| song.status == SongStatus::NoPairs);
        let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
        for refusal in
            missing.flat_map(|song| song.maps.iter()).filter_map(|map| map.refusal.as_ref())
        {
            *causes.entry(refusal.cause.as_str()).or_default() += 1;
        }
        let most = causes.iter().max_by_key(|(_, n)| **n).map(|(cause, _)| cause.replace('-', " "));
        Self {
            n_songs: songs.len(),
            n_compared: n_of(SongStatus::Done) - n_left_out,
            n_missing: n_of(SongStatus::NoPairs),
            n_left_out,
            n_refused: causes.values().sum(),
            cause: most,
        }
    }

    fn sentence(&self, mode: Mode, phase: Phase) -> String {
        let Self { n_songs, n_compared, n_missing, n_left_out, n_refused, cause } = self;
        let are = if *n_compared == 1 { "is" } else { "are" };
        let compared = match phase {
            Phase::Empty => return String::new(),
            Phase::Running | Phase::Cancelled if *n_songs == 0 => return String::new(),
            _ if *n_songs == 0 => {
                return match mode {
                    Mode::Published => "By the published rules no song here has two mappers: they count every difficulty as its set’s host’s. The other rules know guest mappers too.",
                    Mode::Osu => "",
                }
                .to_owned();
            }
            Phase::Running => {
                return format!("{} of {} compared so far.", grouped(*n_compared), songs(*n_songs));
            }
            Phase::Cancelled | Phase::Done if n_compared == n_songs && *n_songs == 1 => {
                return "The song is compared.".to_owned();
            }
            Phase::Cancelled | Phase::Done if *n_songs == 1 => {
                "The song is not compared.".to_owned()
            }
            Phase::Cancelled | Phase::Done if n_compared == n_songs && *n_songs == 2 => {
                return "Both songs are compared.".to_owned();
            }
            Phase::Cancelled | Phase::Done if n_compared == n_songs => {
                return format!("All {} are compared.", songs(*n_songs));
            }
            Phase::Cancelled | Phase::Done => {
                let n_compared = match n_compared {
                    0 => "None".to_owned(),
                    n => grouped(*n),
                };
                format!("{n_compared} of {} {are} compared.", songs(*n_songs))
            }
        };
        let compared = match n_left_out {
            0 => compared,
            1 if *n_songs == 1 => format!("{compared} All its pairs are left out as doubtful."),
            1 => format!("{compared} Of 1 song all pairs are left out as doubtful."),
            n => format!("{compared} Of {} all pairs are left out as doubtful.", songs(*n)),
        };
        let stopped = match phase {
            Phase::Cancelled => " The run was stopped before the others.",
            _ => "",
        };
        if *n_missing == 0 {
            return compared + stopped;
        }
        let who = match mode {
            Mode::Published => "the published rules take",
            Mode::Osu => "there are",
        };
        let why = match (n_refused, cause) {
            (0, _) | (_, None) => String::new(),
            (1, Some(cause)) => format!(" (1 map was refused: {cause})"),
            (n, Some(cause)) => format!(
                " ({} were refused, most often for this: {cause})",
                counted(*n, "map", "maps")
            ),
        };
        let in_others = match n_missing {
            1 => "In 1 song".to_owned(),
            n => format!("In {}", songs(*n)),
        };
        format!("{compared} {in_others} {who} no two maps by different mappers{why}.{stopped}")
    }
}

fn songs(n: usize) -> String {
    counted(n, "song", "songs")
}

#[cfg(test)]
mod tests {
    use carto_types::{Cause, MapRefusal, SongMap};

    use super::*;

    fn song(status: SongStatus, cause: Option<Cause>) -> SongRow {
        let map = SongMap {
            mapper: "ann".to_owned(),
            version: "Hard".to_owned(),
            owner: None,
            beatmap_id: None,
            star_rating: None,
            audio_file: None,
            audio_frames: None,
            refusal: cause.map(|cause| MapRefusal::new(cause, "so")),
        };
        SongRow {
            song_idx: 0,
            title: "Tide".to_owned(),
            artist: String::new(),
            mappers: Default::default(),
            difficulties: Default::default(),
            maps: vec![map].into(),
            pairs: Default::default(),
            n_pairs: None,
            other_audio: Default::default(),
            r: None,
            status,
        }
    }

    #[test]
    fn one_sentence_says_why_songs_are_missing() {
        let overlap = || Some(Cause::OverlappingObjects);
        let rows = [
            song(SongStatus::Done, None),
            song(SongStatus::NoPairs, overlap()),
            song(SongStatus::NoPairs, overlap()),
            song(SongStatus::NoPairs, Some(Cause::NoAudio)),
        ];
        let said = |rows: &[SongRow], phase| Missing::of(rows).sentence(Mode::Published, phase);
        assert_eq!(
            said(&rows, Phase::Done),
            "1 of 4 songs is compared. In 3 songs the published rules take no two maps by different mappers (3 maps were refused, most often for this: overlapping objects)."
        );
        assert_eq!(said(&rows, Phase::Running), "1 of 4 songs compared so far.");
        assert_eq!(said(&rows[..1], Phase::Done), "The song is compared.");
        assert!(said(&[], Phase::Done).starts_with("By the published rules no song here"));
        assert_eq!(said(&[], Phase::Cancelled), "");
        assert_eq!(Missing::of(&[]).sentence(Mode::Osu, Phase::Done), "");
        let waiting = [song(SongStatus::Done, None), song(SongStatus::Waiting, None)];
        assert_eq!(
            said(&waiting, Phase::Cancelled),
            "1 of 2 songs is compared. The run was stopped before the others."
        );
        assert_eq!(
            said(&[rows[0].clone(), rows[0].clone()], Phase::Done),
            "Both songs are compared."
        );
        let left_out = SongRow { n_pairs: Some(0), ..rows[0].clone() };
        assert_eq!(
            said(std::slice::from_ref(&left_out), Phase::Done),
            "The song is not compared. All its pairs are left out as doubtful."
        );
        assert_eq!(
            said(&[left_out.clone(), left_out], Phase::Done),
            "None of 2 songs are compared. Of 2 songs all pairs are left out as doubtful."
        );
        let osu = Missing::of(&rows[..2]).sentence(Mode::Osu, Phase::Done);
        assert!(osu.contains("In 1 song there are no two maps by different mappers (1 map was"));
    }
}
