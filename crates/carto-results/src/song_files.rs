//! Two maps of a song over time as files.

use carto_charts::{SongChart, moment_text};
use carto_figures::{FigureError, svg};
use carto_types::csv::{Cell, Csv};
use carto_types::{
    ByChannel, EncoderFacts, LatentSpan, OutputFile, SignalChannel, SongLatents, SongOverTime,
    SongTexts, StretchAgreement, Strips,
};
use serde::Serialize;

use crate::song_latents;
use crate::song_series::series_csv;

/// Name of the figure.
pub const SONG_FIGURE: &str = "song.svg";

/// All that is said of two maps over time: `strips.csv`, `agreement.csv`, `moments.csv`,
/// `song.json`, and the figure `song.svg`; of their latents `latents.csv`, `latent_agreement.csv` and
/// `song_latents.svg`.
///
/// - `latents`: what an encoder made of the strips, and which one; `song.json` names it
///
/// Tables are UTF-8 with a first row of names. Numbers have all their digits; a text that would be a
/// formula in a spreadsheet begins with an apostrophe.
///
/// # Errors
///
/// Where a figure cannot be drawn.
pub fn song_files(
    texts: &SongTexts,
    song: &SongOverTime,
    strips: &Strips,
    latents: Option<(&EncoderFacts, &SongLatents)>,
) -> Result<Vec<OutputFile>, FigureError> {
    let figure = song_svg(texts, song, strips, song.song)?;
    let mut files = vec![
        OutputFile::new("strips.csv", strips_csv(strips)),
        OutputFile::new("agreement.csv", agreement_csv(song)),
        OutputFile::new("moments.csv", moments_csv(song)),
        OutputFile::new("song.json", song_json(texts, song, latents)),
        OutputFile::new(SONG_FIGURE, figure),
    ];
    if let Some((encoder, latents)) = latents {
        let chart = SongChart { texts, song, strips, here: song.song };
        files.extend(song_latents::files(chart, encoder, latents)?);
    }
    Ok(files)
}

/// The figure of two maps over time.
///
/// - `here`: the stretch that its strips show; `song.song` for all of it
///
/// # Errors
///
/// Where it cannot be drawn.
pub fn song_svg(
    texts: &SongTexts,
    song: &SongOverTime,
    strips: &Strips,
    here: StretchAgreement,
) -> Result<String, FigureError> {
    svg(&SongChart { texts, song, strips, here })
}

/// One row a frame: its time on the clock of A, and the nine channels of A and of B.
fn strips_csv(strips: &Strips) -> String {
    let names: Vec<&str> = channel_names().collect();
    let times_ms = (0..strips.n_frames).map(|frame_idx| strips.time_ms(frame_idx));
    let of_map =
        |map_idx| SignalChannel::ALL.map(|channel| strips.channel(map_idx, channel)).to_vec();
    series_csv(&names, times_ms, [of_map(0), of_map(1)])
}

/// One row a window: where it lies, its mean r with what shifts by whole bars reach, and r of each
/// channel.
fn agreement_csv(song: &SongOverTime) -> String {
    let heads =
        ["first_bar", "from_ms", "to_ms", "frames", "mean", "reach_low", "reach_high", "shifts"];
    let mut csv = Csv::new(heads.into_iter().chain(channel_names()));
    for window in &song.windows {
        let StretchAgreement { from_ms, to_ms, n_frames, r, mean } = window.agreement;
        let first_bar = window.first_bar.to_string();
        let cells = [
            Cell::Written(&first_bar),
            Cell::Number(from_ms),
            Cell::Number(to_ms),
            Cell::Count(n_frames),
            Cell::from(mean),
            Cell::from(window.reach.map(|reach| reach.low)),
            Cell::from(window.reach.map(|reach| reach.high)),
            window.reach.map_or(Cell::Empty, |reach| Cell::Count(reach.n_shifts)),
        ];
        csv.row(cells.into_iter().chain(r_cells(&r)));
    }
    csv.into_text()
}

/// One row a moment: where it lies, its mean r, and what it is about.
fn moments_csv(song: &SongOverTime) -> String {
    let heads = ["number", "kind", "first_bar", "from_ms", "to_ms", "mean", "about"];
    let mut csv = Csv::new(heads);
    for moment in &song.moments {
        let (first_bar, about) = (moment.first_bar.to_string(), moment_text(moment));
        csv.row([
            Cell::Count(moment.number),
            Cell::Text(moment.kind.name()),
            Cell::Written(&first_bar),
            Cell::Number(moment.from_ms),
            Cell::Number(moment.to_ms),
            Cell::Number(moment.mean),
            Cell::Text(&about),
        ]);
    }
    csv.into_text()
}

fn channel_names() -> impl Iterator<Item = &'static str> {
    SignalChannel::ALL.into_iter().map(SignalChannel::name)
}

fn r_cells(r: &ByChannel<Option<f64>>) -> [Cell<'static>; SignalChannel::COUNT] {
    SignalChannel::ALL.map(|channel| Cell::from(*r.get(channel)))
}

/// What `song.json` holds.
#[derive(Serialize)]
struct SongFile<'a> {
    #[serde(flatten)]
    texts: &'a SongTexts,
    #[serde(flatten)]
    song: &'a SongOverTime,
    #[serde(skip_serializing_if = "Option::is_none")]
    latents: Option<LatentsOfFile<'a>>,
}

/// Which encoder made the latents, and how much they agree over the song.
#[derive(Serialize)]
struct LatentsOfFile<'a> {
    encoder: &'a EncoderFacts,
    #[serde(flatten)]
    song: &'a LatentSpan,
}

/// Names and all but the series, as one object.
fn song_json(
    texts: &SongTexts,
    song: &SongOverTime,
    latents: Option<(&EncoderFacts, &SongLatents)>,
) -> String {
    let latents = latents.map(|(encoder, it)| LatentsOfFile { encoder, song: &it.song });
    // Names are texts and numbers are finite, so that nothing here can fail.
    let file = SongFile { texts, song, latents };
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use carto_types::{
        AgreementWindow, AlignmentClass, AlignmentSource, MapStrips, MomentKind, PairLag,
        ShiftReach, SongMapTexts, SongMoment,
    };

    use super::*;

    /// Two maps of three frames and one window.
    fn made() -> (SongTexts, SongOverTime, Strips) {
        let map = |mapper: &str, difficulty: &str| SongMapTexts {
            mapper: mapper.to_owned(),
            difficulty: difficulty.to_owned(),
        };
        let texts = SongTexts {
            title: "Paper, Lanterns".to_owned(),
            artist: "Kite".to_owned(),
            maps: [map("Ann", "Insane"), map("Bea", "=Hard")],
        };
        let r = ByChannel::from_fn(|channel| (channel != SignalChannel::Clap).then_some(0.25));
        let (from_ms, to_ms) = (0.0, 12.0);
        let agreement = StretchAgreement { from_ms, to_ms, n_frames: 3, r, mean: Some(0.25) };
        let reach = Some(ShiftReach { low: -0.125, high: 0.125, n_shifts: 40 });
        let song = SongOverTime {
            lag: PairLag {
                class: AlignmentClass::Aligned,
                source: AlignmentSource::SameFile,
                lag_ms: 0.0,
                warning: None,
            },
            bpm: [Some(120.0), None],
            whole_ms: [from_ms, to_ms],
            span_ms: [from_ms, to_ms],
            song: agreement,
            bars: Vec::new(),
            sections: Vec::new(),
            window_bars: 4,
            windows: vec![AgreementWindow { first_bar: -1, agreement, reach }],
            moments: vec![SongMoment {
                number: 1,
                kind: MomentKind::Agreement,
                first_bar: -1,
                from_ms,
                to_ms,
                mean: 0.25,
                channels: vec![SignalChannel::Finish, SignalChannel::Onset],
            }],
        };
        let mut values = vec![0.1_f32; 27];
        values[1] = f32::NAN;
        let strips = MapStrips { values, levels: Vec::new() };
        (texts, song, Strips { first_frame: 0, n_frames: 3, maps: [strips.clone(), strips] })
    }

    #[test]
    fn tables_have_a_row_for_everything() {
        let (texts, song, strips) = made();
        let files = song_files(&texts, &song, &strips, None).unwrap();
        let names: Vec<_> = files.iter().map(|file| &*file.name).collect();
        assert_eq!(names, ["strips.csv", "agreement.csv", "moments.csv", "song.json", "song.svg"]);
        let lines = |place: usize| files[place].text.split_terminator("\r\n").collect::<Vec<_>>();
        assert_eq!(lines(0).len(), 4);
        assert!(lines(0)[0].starts_with("time_ms,ONSET_a,COMBO_a,"));
        assert!(lines(0)[2].starts_with("5.9814453125,,0.1,"), "{}", lines(0)[2]);
        assert_eq!(
            lines(1)[1],
            "-1,0.0,12.0,3,0.25,-0.125,0.125,40,0.25,0.25,0.25,0.25,0.25,0.25,,0.25,0.25"
        );
        assert_eq!(lines(2)[1], "1,agreement,-1,0.0,12.0,0.25,FINISH and ONSET together");
    }

    #[test]
    fn the_json_is_one_object_that_is_read_back() {
        let (texts, song, _) = made();
        let text = song_json(&texts, &song, None);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["maps"][1]["difficulty"], "=Hard");
        assert_eq!(value["lag"]["source"], "same file");
        assert_eq!(value["moments"][0]["channels"][0], "FINISH");
        assert_eq!(serde_json::from_str::<SongOverTime>(&text).unwrap(), song);
    }

    #[test]
    fn latents_have_files_of_their_own_and_the_json_names_their_encoder() {
        let (texts, song, strips) = made();
        let encoder = EncoderFacts { name: "a.safetensors".to_owned(), ..EncoderFacts::default() };
        let latents = SongLatents {
            n_frames: 3,
            frames_per_column: 2,
            n_columns: 2,
            n_latents: 2,
            maps: [vec![0.1, 0.2, 0.5, 0.5], vec![-0.1, 0.3, 0.0, 1.0]],
            song: LatentSpan { columns: 2, r: vec![Some(1.0), None] },
            ..SongLatents::default()
        };
        let files = song_files(&texts, &song, &strips, Some((&encoder, &latents))).unwrap();
        let file = |name: &str| &*files.iter().find(|file| file.name == name).unwrap().text;
        let expected = "time_ms,z0_a,z1_a,z0_b,z1_b\r\n0.0,0.1,0.5,-0.1,0\r\n\
                        11.962890625,0.2,0.5,0.3,1\r\n";
        assert_eq!(file("latents.csv"), expected);
        assert_eq!(file("latent_agreement.csv"), "latent,columns,r\r\nz0,2,1.0\r\nz1,2,\r\n");
        let json: serde_json::Value = serde_json::from_str(file("song.json")).unwrap();
        assert_eq!(json["latents"]["encoder"]["name"], "a.safetensors");
        assert_eq!(json["latents"]["r"], serde_json::json!([1.0, null]));
        let svg = file("song_latents.svg");
        assert!(svg.contains("<title>Latents of Paper, Lanterns by Kite:"), "{svg}");
        assert!(svg.contains("Encoder: a.safetensors."), "{svg}");
    }

    #[test]
    fn the_figure_says_what_it_shows() {
        let (texts, song, strips) = made();
        let svg = song_svg(&texts, &song, &strips, song.song).unwrap();
        assert!(svg.contains("<title>Paper, Lanterns by Kite: Ann [Insane] and Bea [=Hard]."));
        assert!(svg.contains("Moment 1, 0:00.0: FINISH and ONSET together, r 0.25."));
        assert!(svg.contains("In 1 of 1 windows of 4 bars they are more alike"), "{svg}");
    }
}
