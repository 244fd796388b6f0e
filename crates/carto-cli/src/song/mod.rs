//! `carto song`: two maps of a song over time, as tables and figures.

mod choice;
mod latents;
mod stretch;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use carto_charts::{alignment_text, lag_text, song_finding};
use carto_results::song_files;
use carto_song::{SongMap, SongPair, pair_lag};
use carto_types::{
    AlignmentClass, AudioLag, Mode, PlannedMap, SongMapTexts, SongPlan, SongTexts, song_name,
};

use crate::drawn_files::{DrawnFiles, PNG_SCALE};
use crate::inputs::Input;
use crate::planned::{Planned, plan};
use crate::with_latents::WithLatents;
use crate::{hearing, terminal};
use choice::{Wanted, choose};
use stretch::{STRETCH_FILE, StretchArgs, stretch};

/// The maps are read as osu! reads them, and a difficulty is its maker's.
const MODE: Mode = Mode::Osu;

/// Write where in a song two maps agree: strips, agreement and moments as tables, and a figure
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Archives (.osz), single maps (.osu) or folders of them, extracted sets too
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The song, by artist and title or by its title alone
    #[arg(long, value_name = "ARTIST - TITLE")]
    song: String,
    /// The two mappers: the first one's map is A, on whose time line everything stands; without
    /// them the song has two mappers only
    #[arg(long, value_name = "A,B")]
    mappers: Option<String>,
    /// The two difficulties, in the place of those nearest in stars
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    difficulties: Option<Vec<String>>,
    /// Table (.csv) of who made which difficulty: that of `carto owners`, or one with the columns md5
    /// or beatmap_id, and mapper; or the beatmaps.jsonl of `carto collect`
    #[arg(long, value_name = "FILE")]
    owners: Option<PathBuf>,
    /// Hear the recordings of maps that do not share an audio file: they settle the lag, and timing
    /// points are the check
    #[arg(long)]
    audio: bool,
    #[command(flatten)]
    stretch: StretchArgs,
    #[command(flatten)]
    with_latents: WithLatents,
    /// Folder for the files; created if missing
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Writes the files of one pair of maps: none where anything goes wrong before.
///
/// # Errors
///
/// A song, mapper or difficulty that is not there or not the only one, a map that cannot be read,
/// two that have too little in common, a file that cannot be written.
pub(crate) fn run(args: &Args) -> Result<()> {
    let wanted = Wanted::of(&args.song, args.mappers.as_deref(), args.difficulties.as_deref())?;
    let stretch_ms = args.stretch.times_ms()?;
    let encoder = args.with_latents.open()?;
    let Planned { inputs, archives, plan } = plan(&args.paths, args.owners.as_deref(), MODE)?;
    let song = choose(&plan, &archives, &wanted)?;
    let pair = open_pair(&inputs, &song, args.audio)?;

    let (over_time, strips) = (pair.over_time(), pair.strips());
    let latents =
        encoder.as_ref().map(|encoder| latents::of_strips(encoder, &strips)).transpose()?;
    let texts = texts(&song);
    let by = encoder.as_ref().zip(latents.as_ref()).map(|(encoder, it)| (&encoder.facts, it));
    let written =
        song_files(&texts, &over_time, &strips, by).context("the song cannot be drawn")?;
    let mut files = DrawnFiles::new(Some(PNG_SCALE));
    for file in written {
        match file.name.ends_with(".svg") {
            true => files.add_figure(&file.name, file.text)?,
            false => files.add(file.name, file.text),
        }
    }
    let about_stretch = stretch_ms.map(|times_ms| stretch(&pair, times_ms)).transpose()?;
    if let Some((text, _)) = &about_stretch {
        files.add(STRETCH_FILE, text.clone());
    }
    let written = files.write(&args.out)?;
    let lag = match over_time.lag.class {
        AlignmentClass::Aligned => format!("lag {}, ", lag_text(&over_time.lag)),
        _ => String::new(),
    };
    let [a, b] = &texts.maps;
    print_line!(
        "{}: {} [{}] and {} [{}], {lag}{}",
        song_name(&texts.title, &texts.artist),
        a.mapper,
        a.difficulty,
        b.mapper,
        b.difficulty,
        alignment_text(&over_time.lag)
    );
    print_line!("{}", song_finding(&over_time));
    if let Some((_, line)) = about_stretch {
        print_line!("{line}");
    }
    if let (Some(encoder), Some(latents)) = (&encoder, &latents) {
        latents::tell(encoder, latents);
    }
    print_line!("{written}");
    Ok(())
}

/// Reads both maps of a plan of two and brings them together.
fn open_pair(inputs: &[Input], song: &SongPlan, is_heard: bool) -> Result<SongPair> {
    let [a, b] = planned(song)?;
    let read = |map_idx: u32, map: &PlannedMap| {
        let mut open = |slot: usize| inputs[song.archives[slot] as usize].source();
        let read = carto_study::read_song_map(song, map_idx, &mut open);
        let map_over_time = read.map_err(|refusal| anyhow::anyhow!(refusal.message));
        map_over_time
            .and_then(|read| Ok(SongMap::new(read)?))
            .with_context(|| format!("{} cannot be used", map.label))
    };
    let (map_a, map_b) = (read(0, a)?, read(1, b)?);
    let heard = if is_heard { hear(inputs, song) } else { None };
    let lag = pair_lag(&map_a, &map_b, a.shares_audio(b), heard);
    SongPair::new(map_a, map_b, lag)
        .with_context(|| format!("{} and {} cannot be compared", a.label, b.label))
}

/// What the recordings of both maps say; a warning where they cannot be heard.
fn hear(inputs: &[Input], song: &SongPlan) -> Option<AudioLag> {
    let heard = hearing::hear_song(inputs, song, MODE);
    heard.issues.iter().for_each(terminal::warn);
    heard.pairs.first().map(|pair| pair.lag)
}

fn texts(song: &SongPlan) -> SongTexts {
    let of = |place: usize| {
        let map = song.maps.get(place);
        map.map_or_else(SongMapTexts::default, |map| SongMapTexts {
            mapper: map.creator.clone(),
            difficulty: map.version.clone(),
        })
    };
    SongTexts { title: song.title.clone(), artist: song.artist.clone(), maps: [of(0), of(1)] }
}

fn planned(song: &SongPlan) -> Result<[&PlannedMap; 2]> {
    match &song.maps[..] {
        [a, b] => Ok([a, b]),
        _ => bail!("{} was not planned as two maps", song.title),
    }
}
