//! The file of collections that `carto classify` writes.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use carto_charts::number::counted;
use carto_dataset::{Limits, add_to_collection_db, collections_of_labels, write_collections};
use carto_types::{AddedCollection, CollectedMap, CollectionFormat, LabelRule};

use super::args::Collections;
use crate::files;

/// Why a file that is put in the place of osu!'s own is lost while osu! is open.
const CLOSE_OSU: &str = "osu! writes its collection.db when it closes";

/// Where collections go, checked before maps are read.
pub(super) struct CollectionsFile {
    path: PathBuf,
    format: CollectionFormat,
    /// The `collection.db` that they are added to.
    add_to: Option<PathBuf>,
    rule: LabelRule,
}

impl CollectionsFile {
    /// The file that was asked for; `None` where none was.
    ///
    /// # Errors
    ///
    /// In words that name the file: a `collection.db` that cannot be added to, and a file of
    /// collections that is there already, whose collections would be lost.
    pub(super) fn open(args: &Collections) -> Result<Option<Self>> {
        let Some((path, format)) = args.file.clone() else { return Ok(None) };
        let file = Self { path, format, add_to: args.add_to.clone(), rule: args.rule() };
        if let Some(existing) = &file.add_to {
            let bytes = read(existing)?;
            add_to_collection_db(&bytes, &[], &Limits::default())
                .with_context(|| refused(existing))?;
        }
        if format != CollectionFormat::Md5Json && file.path.exists() && !file.is_added_to_itself() {
            let name = file.path.display();
            bail!(
                "{name} is there already, and its collections would be lost: {}",
                match format {
                    CollectionFormat::CollectionDb =>
                        format!("name another file, or add to it with --add-to {name}"),
                    _ => "name another file".to_owned(),
                }
            );
        }
        Ok(Some(file))
    }

    /// Writes the maps of each label as a collection, and says on standard output what is in
    /// the file.
    ///
    /// - `labels`: `[n_labels]`
    /// - `n_classified`: maps that have label probabilities, in a collection or not
    ///
    /// # Errors
    ///
    /// In words that name the file: no map with a label, and a file that cannot be added to or
    /// written. Nothing has changed on disk then.
    pub(super) fn write(
        &self,
        labels: &[String],
        maps: &[CollectedMap],
        n_classified: usize,
    ) -> Result<()> {
        let name = self.path.display();
        let collections = collections_of_labels(labels, maps);
        if collections.is_empty() {
            bail!("{name} is not written: no map has a label{}", self.above());
        }
        // Once more: osu! may have written it while maps were read.
        let existing = self.add_to.as_deref().map(read).transpose()?;
        let limits = Limits::default();
        let written = write_collections(self.format, existing.as_deref(), &collections, &limits);
        let written =
            written.with_context(|| refused(self.add_to.as_ref().unwrap_or(&self.path)))?;
        let saved = files::write_atomic(&self.path, &written.bytes);
        match self.is_added_to_itself() {
            // Some systems let nobody replace a file that a program holds open.
            true => saved.context("close osu! if it is open, and try again")?,
            false => saved?,
        }

        // The same map in two files is in a collection once.
        let sums: BTreeSet<&str> = maps.iter().map(|map| map.md5.as_str()).collect();
        let n_maps = counted(sums.len(), "map", "maps");
        print_line!(
            "{name}: {}, {n_maps}",
            counted(collections.len(), "collection", "collections")
        );
        written.added.iter().for_each(|added| print_line!("  {}", in_words(added)));
        if self.add_to.is_some() {
            let earlier = counted(written.n_earlier as usize, "collection", "collections");
            print_line!("  {earlier} of before kept as they were");
        }
        let n_left_out = n_classified.saturating_sub(maps.len());
        if n_left_out > 0 {
            let maps = counted(n_left_out, "map", "maps");
            print_line!("  {maps} without a label{} in none", self.above());
        }
        if self.format == CollectionFormat::CollectionDb {
            print_line!(
                "{CLOSE_OSU}: {}",
                match self.is_added_to_itself() {
                    true => "where it was open, close it and do this again",
                    false => "close it before you put this file in the place of its own",
                }
            );
        }
        Ok(())
    }

    fn is_added_to_itself(&self) -> bool {
        let real = |path: &Path| fs::canonicalize(path).ok();
        self.add_to.as_ref().is_some_and(|existing| real(existing) == real(&self.path))
    }

    fn above(&self) -> String {
        match self.rule {
            LabelRule::First => String::new(),
            LabelRule::Above(share) => format!(" above {share}"),
        }
    }
}

fn in_words(added: &AddedCollection) -> String {
    let AddedCollection { label, name, n_maps } = added;
    let maps = counted(*n_maps as usize, "map", "maps");
    match name == label {
        true => format!("{label}: {maps}"),
        false => format!("{label}: {maps}, named {name:?} since that name is taken"),
    }
}

/// One byte more than is read at most tells what is too long.
fn read(path: &Path) -> Result<Vec<u8>> {
    let limit = Limits::default().max_collection_bytes as u64;
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes));
    read.with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(bytes)
}

fn refused(path: &Path) -> String {
    format!("nothing is added to {}, which stays as it is", path.display())
}
