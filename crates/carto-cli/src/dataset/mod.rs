//! `carto dataset`: labelled maps as a table, to train a classifier on.

mod args;
mod collected;
mod map_file;
mod open;
mod rows;
mod source;
mod summary;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use carto_dataset::{Cell, Dataset, Labelled, Overlap, rows_with_mods, song_key, split_by_song};

use crate::files::write_atomic;
use crate::terminal;
pub(crate) use args::Args;
use rows::Rows;
use source::Source;

/// Writes the table and what else was asked for; says on stdout what is in it
/// and on stderr what could not be read.
///
/// # Errors
///
/// A source that cannot be read, a file that cannot be written, and no map of
/// which anything is known: the table is written even then.
pub(crate) fn run(args: &Args) -> Result<()> {
    terminal::silence_panics();
    let [train, held_out] = parts_beside(args)?;
    let Source { appearances, answers, files, mut warnings, n_other_games } =
        open::open(&args.labels, &args.maps)?;
    let labelled = Labelled::new(appearances);
    let (files, more) = files.find(&labelled)?;
    warnings.extend(more);
    let rows = Rows::join(&labelled, &files, &answers);
    let dataset = Dataset::new(rows.rows.clone());
    write_atomic(&args.out, &dataset.to_csv())?;
    if let Some(path) = &args.overlap {
        write_overlap(path, &Overlap::new(&dataset.rows))?;
    }
    if let Some(path) = &args.further {
        write_atomic(path, further(&labelled, &rows).as_bytes())?;
    }
    summary::warn(&rows, &warnings);
    print_line!("{}", summary::text(&labelled, &rows, n_other_games, !answers.is_empty()));
    if let Some(seed) = args.split {
        write_parts(args, seed, &dataset, &rows, [&train, &held_out])?;
    }
    if dataset.rows.iter().all(|row| row.numbers.iter().all(Option::is_none)) {
        bail!("nothing is known of any map: neither a file nor an answer of the site was found");
    }
    Ok(())
}

/// `train.csv` and `held_out.csv`, which must not be the table itself.
fn parts_beside(args: &Args) -> Result<[PathBuf; 2]> {
    let parts = ["train.csv", "held_out.csv"].map(|name| args.out.with_file_name(name));
    if args.split.is_some() && parts.contains(&args.out) {
        bail!("{} is where --split writes; name the table otherwise", args.out.display());
    }
    Ok(parts)
}

fn write_overlap(path: &Path, overlap: &Overlap) -> Result<()> {
    let is_markdown = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("md"));
    let text = if is_markdown { overlap.to_markdown() } else { overlap.to_csv() };
    write_atomic(path, text.as_bytes())
}

/// Every further mention: the map's number and sum, its first label, the label
/// of the mention, and whether the map had that already.
fn further(labelled: &Labelled, rows: &Rows) -> String {
    let mut text = "id,md5,label,mentioned_as,is_duplicate\n".to_owned();
    for mention in &labelled.further {
        let row = rows.of_map.get(mention.map).copied().flatten();
        let Some(row) = row.and_then(|row| rows.rows.get(row)) else { continue };
        let id = row.id.map_or_else(String::new, |id| id.to_string());
        let md5 = row.md5.map_or_else(String::new, |md5| md5.to_string());
        let cells = [row.label.as_str(), &mention.label].map(carto_types::csv::text_cell);
        text += &format!("{id},{md5},{},{},{}\n", cells[0], cells[1], mention.is_duplicate);
    }
    text
}

fn write_parts(
    args: &Args,
    seed: u64,
    dataset: &Dataset,
    rows: &Rows,
    [train_path, held_out_path]: [&Path; 2],
) -> Result<()> {
    let split = split_by_song(&dataset.rows, args.held_out, seed);
    let (mut train, held_out) = (dataset.part(&split.training), dataset.part(&split.held_out));
    let n_plain = train.rows.len();
    if args.augment {
        let mut added = rows_with_mods(&train.rows);
        rows.rate(&mut added);
        train.rows.extend(added);
        train.columns.push(Cell::Mods);
    }
    write_atomic(train_path, &train.to_csv())?;
    write_atomic(held_out_path, &held_out.to_csv())?;
    let n_added = train.rows.len() - n_plain;
    let added = if args.augment { format!(" and {n_added} with mods") } else { String::new() };
    print_line!("{n_plain} maps{added} to learn from, {} held out", held_out.rows.len());
    let n_unknown = dataset.rows.iter().filter(|row| song_key(row).is_none()).count();
    if n_unknown > 0 {
        eprintln!(
            "carto: warning: the song of {n_unknown} maps is not known: maps of one song among them \
             may stand on both sides"
        );
    }
    if held_out.rows.is_empty() {
        bail!("all maps are of one song: nothing can be held out");
    }
    Ok(())
}
