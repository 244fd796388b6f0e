//! `carto analyze`: the study on folders, with its files.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Result, bail};
use carto_charts::number::counted;
use carto_features::Fault;
use carto_results::{RESULT_FILE, labelled};
use carto_study::OtherSongs;
use carto_types::{
    ArchiveFacts, Cause, Issue, LatentRun, MapOutcome, MapRefusal, MapStatus, Mode, OutputFile,
    Packed, ResultLabel, RunRecord, SongOutcome, SongPlan, StageTime, StudyPlan, Summary,
};
use rayon::prelude::*;

use crate::args::{self, Device};
use crate::encoder::{SharedEncoder, made_by};
use crate::hearing::{Heard, hear_all, hear_open};
use crate::inputs::Input;
use crate::latents::Latents;
use crate::run_cache::RunCache;
use crate::{counts, evidence, files, import, inputs, owners, terminal};

/// Compare the maps of all songs that have maps by two or more mappers
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Archives (.osz), single maps (.osu) or folders of them, extracted sets too
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Folder for the results; created if missing
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Rules by which maps are read and admitted
    #[arg(long, value_parser = args::mode(), default_value = Mode::Osu.name())]
    mode: Mode,
    /// Table (.csv) of who made which difficulty: that of `carto owners`, or one with the columns md5
    /// or beatmap_id, and mapper; or the beatmaps.jsonl of `carto collect`
    #[arg(long, value_name = "FILE")]
    owners: Option<PathBuf>,
    /// Leave doubtful pairs out of all figures and files: those whose audio differs in length, and
    /// those in which a guest difficulty would be compared with its maker's own
    #[arg(long)]
    leave_out_doubtful: bool,
    /// Encoder that makes the latents (.safetensors, .ckpt), in place of the bundled one
    #[arg(long, value_name = "FILE")]
    encoder: Option<PathBuf>,
    /// Compare the nine channels only
    #[arg(long, conflicts_with_all = ["encoder", "device", "sample"])]
    no_latents: bool,
    /// Leave out how much of the agreement is more than a shared grid: alignment, floor and ceiling;
    /// the published rules never have it
    #[arg(long)]
    no_evidence: bool,
    /// Take the floor from other songs, stretched onto the bars of each pair, and not from the shifts
    /// of the pair itself; takes longer
    #[arg(long, conflicts_with = "no_evidence")]
    other_songs: bool,
    /// Hear the recordings of maps that do not share an audio file: they settle the lag of a pair
    /// and whether it is one version of the song, and timing points are the check; takes longer
    #[arg(
        long,
        value_name = "PAIRS",
        value_enum,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "all",
        conflicts_with = "no_evidence"
    )]
    audio: Option<Heard>,
    /// Device that computes latents
    #[arg(long, value_enum, default_value_t)]
    device: Device,
    /// Sample latents with this seed, as the published run did, instead of taking their means
    #[arg(long, value_name = "SEED")]
    sample: Option<u64>,
    /// Name of the result, which result.json carries
    #[arg(long, value_name = "N")]
    name: Option<String>,
    /// Day on which the figures were made, which result.json carries
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = import::parse_day)]
    date: Option<String>,
    /// Folder for what was read and compared, which the next run takes from there as far as the
    /// files are the same by name, size and time; created if missing
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
}

/// Runs the study on folders and writes its files.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mode = args.mode;
    let (inputs, mut issues) = inputs::collect(&args.paths, mode)?;
    if inputs.is_empty() {
        bail!(inputs::NO_MAPS);
    }
    // First, so that a wrong file is told at once and not after an hour.
    let owners = match &args.owners {
        Some(_) if mode == Mode::Published => {
            bail!("--owners needs --mode osu: by the published rules a map is its host's")
        }
        Some(path) => {
            let (rows, odd) = owners::read_table(path)?;
            issues.extend(odd);
            rows
        }
        None => Vec::new(),
    };
    if args.other_songs && mode == Mode::Published {
        bail!("--other-songs needs --mode osu: the published rules have no evidence");
    }
    if args.audio.is_some() && mode == Mode::Published {
        bail!("--audio needs --mode osu: the published rules align no maps");
    }
    let encoder = match args.no_latents {
        true => None,
        false => Some(SharedEncoder::of_choice(args.encoder.as_deref(), args.device)?),
    };
    files::make_folder(&args.out)?;
    terminal::silence_panics();

    let mut times = Vec::new();
    let cache = RunCache::open(args.cache.as_deref(), &inputs, mode)?;
    let archives = timed(&mut times, "scan", || scan_all(&inputs, mode, &cache));
    let mut plan = timed(&mut times, "plan", || {
        let mut plan = carto_study::plan(&archives, mode, &owners);
        if !args.no_evidence {
            carto_study::plan_evidence(&mut plan, &archives, mode);
        }
        plan
    });
    if args.audio == Some(Heard::All) {
        issues.extend(timed(&mut times, "audio", || hear_all(&inputs, &mut plan.songs, mode)));
    }
    let mut outcomes =
        timed(&mut times, "songs", || compare_all(&inputs, &plan.songs, mode, &cache));
    if args.audio == Some(Heard::Open) {
        timed(&mut times, "audio", || {
            let compare =
                |song: &SongPlan| cache.outcome(song, || compare_song(&inputs, song, mode, &|| {}));
            hear_open(&inputs, &mut plan.songs, &mut outcomes, mode, compare);
        });
    }
    if args.other_songs {
        timed(&mut times, "other songs", || {
            hold_against_others(&inputs, &plan, mode, &mut outcomes);
        });
    }
    let latent = encoder.as_ref().map(|encoder| {
        let latents = Latents { encoder, mode, sample_seed: args.sample, cache: &cache };
        let songs =
            timed(&mut times, "latents", || latents.of_all(&inputs, &plan.songs, &outcomes));
        let backend = encoder.backend();
        LatentRun { encoder: encoder.facts.clone(), backend, sample_seed: args.sample, songs }
    });

    cache.save();

    let mut run = RunRecord {
        mode,
        owners,
        archives,
        plan,
        outcomes,
        latent,
        is_cancelled: false,
        leaves_out_doubtful: args.leave_out_doubtful,
        issues,
        times,
    };
    let mut summary = carto_study::summarise(&mut run, true);
    label(&mut summary.files, args)?;
    for file in &summary.files {
        let path = args.out.join(&file.name);
        files::write_atomic(&path, file.text.as_bytes())?;
    }
    tell(&run, &summary);
    if summary.track_a.is_none() {
        let report = args.out.join("report.json");
        match summary.doubtful.n_pairs() {
            n if n > 0 && run.leaves_out_doubtful => bail!(
                "nothing is left to compare: {} doubtful and left out; without \
                 --leave-out-doubtful they are compared",
                if n == 1 {
                    "the one pair there is is".to_owned()
                } else {
                    format!("all {n} pairs are")
                }
            ),
            _ => bail!(
                "nothing could be compared: no song has maps by two mappers that can be encoded; \
                 {} says why",
                report.display()
            ),
        }
    }
    Ok(())
}

/// Writes name and day into the result file, where they are given.
fn label(files: &mut [OutputFile], args: &Args) -> Result<()> {
    let label = ResultLabel { name: args.name.clone().unwrap_or_default(), day: args.date.clone() };
    let result = files.iter_mut().find(|file| file.name == RESULT_FILE);
    if let (true, Some(file)) = (label != ResultLabel::default(), result) {
        file.text = labelled(&file.text, &label)?;
    }
    Ok(())
}

fn timed<T>(times: &mut Vec<StageTime>, stage: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    times.push(StageTime { stage: stage.to_owned(), wall_s: start.elapsed().as_secs_f64() });
    result
}

/// Reads the directories and maps of all files, in their order.
pub(crate) fn scan_all(inputs: &[Input], mode: Mode, cache: &RunCache) -> Vec<ArchiveFacts> {
    let bar = terminal::progress_bar("reading archives", inputs.len());
    let scan = |input: &Input| {
        let facts = Fault::catch(|| carto_study::scan(input.source(), &input.files.path, mode));
        bar.inc(1);
        facts.unwrap_or_else(|fault| no_facts(input, &fault))
    };
    let kept = |(idx, input)| cache.facts(idx, || scan(input));
    let facts = inputs.par_iter().enumerate().map(kept).collect();
    bar.finish_and_clear();
    facts
}

fn compare_all(
    inputs: &[Input],
    songs: &[SongPlan],
    mode: Mode,
    cache: &RunCache,
) -> Vec<SongOutcome> {
    let bar =
        terminal::progress_bar("nine channels", songs.iter().map(|song| song.maps.len()).sum());
    let compare = |song: &SongPlan| compare_song(inputs, song, mode, &|| bar.inc(1));
    let kept = |song: &SongPlan| cache.outcome(song, || compare(song));
    let outcomes = songs.par_iter().with_max_len(1).map(kept).collect();
    bar.finish_and_clear();
    outcomes
}

/// - `on_map`: hears of every map as it is done
fn compare_song(inputs: &[Input], song: &SongPlan, mode: Mode, on_map: &dyn Fn()) -> SongOutcome {
    let mut open = |slot: usize| inputs[song.archives[slot] as usize].source();
    let outcome =
        Fault::catch(|| carto_study::compare_song(song, mode, &mut open, &mut |_, _| on_map()));
    outcome.unwrap_or_else(|fault| no_outcome(song, fault.to_string()))
}

/// Adds to each pair what maps of other songs have in common with it.
fn hold_against_others(
    inputs: &[Input],
    plan: &StudyPlan,
    mode: Mode,
    outcomes: &mut [SongOutcome],
) {
    let bar = terminal::progress_bar("other songs", outcomes.len());
    let others = OtherSongs::new(plan, outcomes);
    let of_song = |place: usize| {
        let mut open = |archive_idx: u32| inputs[archive_idx as usize].source();
        let found = Fault::catch(|| others.of_song(place, mode, &mut open));
        bar.inc(1);
        found
    };
    let found: Vec<_> = (0..outcomes.len()).into_par_iter().map(of_song).collect();
    bar.finish_and_clear();
    for (outcome, found) in outcomes.iter_mut().zip(found) {
        match found {
            Ok(found) => carto_study::add_other_songs(outcome, found),
            Err(fault) => {
                let song = plan.songs.iter().find(|song| song.song_idx == outcome.song_idx);
                let title = song.map_or("", |song| &song.title);
                let message = format!("it is not held against other songs: {fault}");
                outcome.issues.push(Issue::warning(title, Cause::Fault, message));
            }
        }
    }
}

fn no_facts(input: &Input, fault: &Fault) -> ArchiveFacts {
    let (name, kind) = (input.files.set_name().into_owned(), input.files.kind);
    let issue = Issue::skipped(&*name, Cause::Fault, fault.to_string());
    ArchiveFacts { name, kind, head: None, maps: Vec::new(), issues: vec![issue] }
}

fn no_outcome(song: &SongPlan, message: String) -> SongOutcome {
    let refusal = MapRefusal::new(Cause::Fault, message);
    let issues = vec![refusal.issue(&song.title)];
    let map = MapOutcome { audio_frames: None, status: MapStatus::Refused(refusal) };
    SongOutcome {
        song_idx: song.song_idx,
        target_frames: None,
        maps: vec![map; song.maps.len()],
        pairs: Vec::new(),
        ceiling: Vec::new(),
        issues,
    }
}

/// A few lines for a person, from what was read to what was found; the files have the rest.
fn tell(run: &RunRecord, summary: &Summary) {
    for line in counts::lines(run, summary) {
        print_line!("{line}");
    }
    if summary.doubtful.n_pairs() > 0 {
        let (n, what) = (summary.doubtful.n_pairs(), summary.doubtful.text());
        match run.leaves_out_doubtful {
            true => print_line!("{n} doubtful pairs left out: {what}"),
            false => print_line!(
                "{n} of the pairs are doubtful: {what}; --leave-out-doubtful leaves them out"
            ),
        }
    }
    if let Some(track_a) = &summary.track_a {
        print_line!(
            "{} of {}; mean r ± its standard deviation over pairs:",
            counted(track_a.pairs_compared, "pair", "pairs"),
            counted(track_a.songs_analyzed, "song", "songs")
        );
        for channel in &track_a.channels {
            let (name, mean, std) = (&channel.name, channel.pearson_mean, channel.pearson_std);
            match track_a.pairs_compared {
                1 => print_line!("  {name:<8} {mean:>6.3} (one pair)"),
                _ => print_line!("  {name:<8} {mean:>6.3} ± {std:.3}"),
            }
        }
    }
    if let Some(evidence) = summary.evidence.as_ref().and_then(Packed::value) {
        evidence::lines(&evidence).iter().for_each(|line| print_line!("{line}"));
        if let Some(line) = evidence::heard(&run.plan.songs) {
            print_line!("{line}");
        }
    }
    if let Some(latent) = &run.latent {
        let is_left_out = run.leaves_out_doubtful && summary.doubtful.n_pairs() > 0;
        tell_latents(latent, summary, is_left_out);
    }
    if let Some(hint) = counts::other_rules(run, summary) {
        print_line!("{hint}");
    }
}

/// - `is_left_out`: whether there were pairs, and doubtful ones are left out
fn tell_latents(latent: &LatentRun, summary: &Summary, is_left_out: bool) {
    print_line!("{}", made_by(&latent.encoder, &latent.backend));
    let Some(track_b) = &summary.track_b else {
        match is_left_out {
            true => print_line!("  nothing left to compare: all pairs are left out as doubtful"),
            false => print_line!("  nothing to compare: no song has latents of two mappers"),
        }
        return;
    };
    let [perceptual, mixed, stylistic] = track_b.class_counts();
    print_line!(
        "{} of {}; of {} latents {perceptual} perceptual, {mixed} mixed, {stylistic} stylistic; mean cosine {:.3}",
        counted(track_b.pairs_compared, "pair", "pairs"),
        counted(track_b.songs_analyzed, "song", "songs"),
        track_b.dims.len(),
        track_b.cosine_mean,
    );
}
