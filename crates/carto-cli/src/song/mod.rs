//! `carto song`: two maps of a song over time, as tables and figures.

mod choice;
mod latents;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use carto_charts::{alignment_text, lag_text, song_finding};
use carto_results::song_files;
use carto_song::{SongMap, SongPair, pair_lag};
use carto_types::{AlignmentClass, AudioLag, Mode, PlannedMap, SongMapTexts, SongPlan, SongTexts};

use crate::analyze::scan_all;
use crate::figures::Pictures;
use crate::files::{make_folder, write_atomic};
use crate::inputs::Input;
use crate::run_cache::RunCache;
use crate::with_latents::WithLatents;
use crate::{hearing, inputs, owners, terminal};
use choice::{Wanted, choose};

/// The maps are read as osu! reads them, and a difficulty is its maker's.
const MODE: Mode = Mode::Osu;

/// Dots of the picture for each pixel of the figure; those of `carto figures`.
const PNG_SCALE: u8 = 3;

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
    let (inputs, issues) = inputs::collect(&args.paths, MODE)?;
    issues.iter().for_each(terminal::warn);
    if inputs.is_empty() {
        bail!("there is no .osz archive and no .osu file in what was named");
    }
    let owners = match &args.owners {
        Some(path) => {
            let (rows, odd) = owners::read_table(path)?;
            odd.iter().for_each(terminal::warn);
            rows
        }
        None => Vec::new(),
    };
    let encoder = args.with_latents.open()?;
    terminal::silence_panics();
    let archives = scan_all(&inputs, MODE, &RunCache::open(None, &inputs, MODE)?);
    let plan = carto_study::plan(&archives, MODE, &owners);
    let song = choose(&plan, &archives, &wanted)?;
    let pair = open_pair(&inputs, &song, args.audio)?;

    let (over_time, strips) = (pair.over_time(), pair.strips());
    let latents =
        encoder.as_ref().map(|encoder| latents::of_strips(encoder, &strips)).transpose()?;
    let texts = texts(&song);
    let by = encoder.as_ref().zip(latents.as_ref()).map(|(encoder, it)| (&encoder.facts, it));
    let written =
        song_files(&texts, &over_time, &strips, by).context("the song cannot be drawn")?;
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let pictures = Pictures::new();
    for file in written {
        if let Some(stem) = file.name.strip_suffix(".svg") {
            let png = pictures.png(&file.text, PNG_SCALE).with_context(|| file.name.clone())?;
            files.push((format!("{stem}.png"), png));
        }
        files.push((file.name, file.text.into_bytes()));
    }
    make_folder(&args.out)?;
    for (name, bytes) in &files {
        write_atomic(&args.out.join(name), bytes)?;
    }
    let lag = match over_time.lag.class {
        AlignmentClass::Aligned => format!("lag {}, ", lag_text(&over_time.lag)),
        _ => String::new(),
    };
    let [a, b] = &texts.maps;
    print_line!(
        "{} - {}: {} [{}] and {} [{}], {lag}{}",
        texts.artist,
        texts.title,
        a.mapper,
        a.difficulty,
        b.mapper,
        b.difficulty,
        alignment_text(&over_time.lag)
    );
    print_line!("{}", song_finding(&over_time));
    if let (Some(encoder), Some(latents)) = (&encoder, &latents) {
        latents::tell(encoder, latents);
    }
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    print_line!("{} in {}", names.join(", "), args.out.display());
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
