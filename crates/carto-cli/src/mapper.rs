//! `carto mapper`: the fingerprint of a mapper, and a head-to-head of two.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use carto_charts::MapperChart;
use carto_charts::number::counted;
use carto_features::Fault;
use carto_mapper::{fingerprint, head_to_head, mappers, nearest_names};
use carto_results::{mapper_figures, mapper_files};
use carto_study::{add_moments, map_values_of_song};
use carto_types::{Cause, Issue, MapperFingerprint, MapperReport, Mode, SongMapValues, SongPlan};
use rayon::prelude::*;

use crate::drawn_files::{DrawnFiles, PngArgs};
use crate::encoder::made_by;
use crate::inputs::Input;
use crate::planned::{Planned, plan};
use crate::with_latents::WithLatents;
use crate::{latent_means, terminal};

/// Write in what the maps of one mapper differ from those of the other mappers of the same songs
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Archives (.osz), single maps (.osu) or folders of them, extracted sets too
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The mapper; guest difficulties count, and case and _ for a blank do not
    #[arg(long, value_name = "NAME")]
    mapper: String,
    /// Another mapper, for a head-to-head over the songs that both mapped
    #[arg(long, value_name = "NAME")]
    against: Option<String>,
    /// Table (.csv) of who made which difficulty: that of `carto owners`, or one with the columns md5
    /// or beatmap_id, and mapper; or the beatmaps.jsonl of `carto collect`
    #[arg(long, value_name = "FILE")]
    owners: Option<PathBuf>,
    #[command(flatten)]
    with_latents: WithLatents,
    /// Folder for tables, figures and mapper.json; created if missing
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    png: PngArgs,
}

/// Writes `fingerprint.csv`, `typical.csv`, `mapper.json` and `mapper.svg`, and for two mappers
/// `head_to_head.csv` and `head_to_head.svg`; nothing where a mapper is not there.
///
/// # Errors
///
/// A path that does not exist, a mapper who is not there or has no song in common with another, a
/// file that cannot be written.
pub(crate) fn run(args: &Args) -> Result<()> {
    // First, so that a wrong file is told at once.
    let encoder = args.with_latents.open()?;
    let Planned { inputs, plan, .. } = plan(&args.paths, args.owners.as_deref(), Mode::Osu)?;
    let mut songs = measure_all(&inputs, &plan.songs);
    if let Some(encoder) = &encoder {
        latent_means::add_to_all(encoder, &inputs, &plan.songs, &mut songs);
    }
    songs.iter().flat_map(|song| &song.issues).for_each(terminal::warn);

    let mut found =
        fingerprint(&songs, &args.mapper).ok_or_else(|| not_there(&songs, &args.mapper))?;
    let mut against =
        args.against.as_ref().map(|other| versus(&songs, &found, other)).transpose()?;
    for found in std::iter::once(&mut found).chain(&mut against) {
        add_moments(found, &plan.songs, &mut |archive_idx| inputs[archive_idx as usize].source());
    }
    let report = MapperReport {
        encoder: encoder.as_ref().map(|encoder| encoder.facts.clone()),
        ..MapperReport::new(found, against)
    };
    write(args, &report)?;
    if let Some(encoder) = &encoder {
        print_line!("{}", made_by(&encoder.facts, &encoder.backend()));
    }
    tell(&report);
    Ok(())
}

/// The numbers of the maps of all songs, in their order.
fn measure_all(inputs: &[Input], songs: &[SongPlan]) -> Vec<SongMapValues> {
    let bar = terminal::progress_bar("measuring maps", songs.len());
    let measure = |song: &SongPlan| {
        let mut open = |slot: usize| inputs[song.archives[slot] as usize].source();
        let found = Fault::catch(|| map_values_of_song(song, &mut open));
        bar.inc(1);
        found.unwrap_or_else(|fault| SongMapValues {
            song_idx: song.song_idx,
            issues: vec![Issue::skipped(&*song.title, Cause::Fault, fault.to_string())],
            ..SongMapValues::default()
        })
    };
    let found = songs.par_iter().with_max_len(1).map(measure).collect();
    bar.finish_and_clear();
    found
}

fn versus(
    songs: &[SongMapValues],
    found: &MapperFingerprint,
    other: &str,
) -> Result<MapperFingerprint> {
    if let Some(found) = head_to_head(songs, &found.mapper, other) {
        return Ok(found);
    }
    if fingerprint(songs, other).is_none() {
        return Err(not_there(songs, other));
    }
    bail!(
        "{} and {other} have no song in common in which both have a difficulty of their own; \
         without --against {} is compared with all other mappers",
        found.mapper,
        found.mapper
    )
}

/// How many names a message offers.
const N_NAMES: usize = 5;

/// Says that a mapper is not there, and who is.
fn not_there(songs: &[SongMapValues], name: &str) -> anyhow::Error {
    let mut all = mappers(songs);
    // Those whose maps are all too far in stars from those of others have nothing to show.
    all.retain(|mapper| mapper.n_songs > 0);
    let names: Vec<String> = nearest_names(&all, name, N_NAMES)
        .into_iter()
        .map(|it| format!("{} ({})", it.name, counted(it.n_songs, "song", "songs")))
        .collect();
    if names.is_empty() {
        return anyhow!(
            "{name} cannot be compared: no song that was read has maps by two mappers; add sets of \
             other mappers of the same songs"
        );
    }
    anyhow!(
        "{name} has no map of a song that another mapper mapped too; the nearest names, with the \
         songs in which they can be compared: {}",
        names.join(", ")
    )
}

fn write(args: &Args, report: &MapperReport) -> Result<()> {
    let mut files = DrawnFiles::new(args.png.scale());
    for file in mapper_files(report) {
        files.add(file.name, file.text);
    }
    for (name, svg) in mapper_figures(report) {
        let svg = svg.with_context(|| format!("{name} cannot be drawn"))?;
        files.add_figure(name, svg)?;
    }
    print_line!("{}", files.write(&args.out)?);
    Ok(())
}

/// A few lines for a person; the files have the rest.
fn tell(report: &MapperReport) {
    for found in std::iter::once(&report.fingerprint).chain(&report.head_to_head) {
        let chart = MapperChart::new(found);
        print_line!("{} and {}: {}", chart.mapper, chart.against_text(), chart.finding());
        print_line!("  {}", carto_charts::stars_text(&chart.stars));
        let apart = chart.rows.iter().filter(|row| row.is_determined());
        for row in apart {
            print_line!("  {}", row.reading());
        }
    }
}
