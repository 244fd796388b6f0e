//! A set as osu! itself would take it.

use std::io::{Read, Seek};

use carto_archive::{SetFiles, extracted_path, is_resource_fork};
use carto_beatmap::limits::Limits;
use carto_beatmap::osu::{self, GameMode, OsuMap};
use carto_beatmap::published;
use carto_features::{Md5Sum, star_rating};
use carto_types::{
    ArchiveFacts, Cause, FileKind, Issue, MapFacts, MapRefusal, SetHead, is_hit_sound,
};

use crate::owners::guess_owner;

use super::common::{add_maps, no_map, signal_refusal};

/// Fills in the facts of a set: `.osu` files under any case and in any
/// folder but the resource forks of macOS, audio likewise.
pub(crate) fn set<S: Read + Seek>(set: &mut SetFiles<'_, S>, facts: &mut ArchiveFacts) {
    let names = set.names().into_iter().enumerate();
    let mut entries: Vec<(String, usize)> = names
        .filter(|(_, name)| !name.ends_with('/') && !is_resource_fork(name))
        .map(|(idx, name)| (extracted_path(name), idx))
        .collect();
    entries.sort();
    let maps = || entries.iter().filter(|(path, _)| has_end(path, ".osu"));
    if maps().next().is_none() {
        no_map(facts);
    }
    let maps = maps().map(|(path, entry_idx)| (&**path, *entry_idx));
    add_maps(set, maps, facts, |bytes, path, entry_idx| {
        let mut map = map(bytes, path, entry_idx);
        map.audio_idx = find_audio(&map, &entries);
        map
    });
    head(facts);
}

/// Fills in the facts of a single `.osu`, which stands for a set of its own.
pub(crate) fn bare_map(bytes: &[u8], facts: &mut ArchiveFacts) {
    let name = facts.name.clone();
    facts.maps.push(map(bytes, &name, 0));
    head(facts);
}

/// The set's names come from its first osu!standard map.
fn head(facts: &mut ArchiveFacts) {
    facts.head = facts.maps.iter().find_map(|map| {
        let fields = map.fields.as_ref()?;
        Some(SetHead {
            title: fields.title.clone()?,
            artist: fields.artist.clone()?,
            creator: fields.creator.clone()?,
        })
    });
    let refusals = || facts.maps.iter().map(|map| map.refusal.as_ref());
    let is_of_other_mode =
        |refusal: Option<&MapRefusal>| refusal.is_some_and(|it| it.cause == Cause::OtherMode);
    let (cause, message) = match facts.maps.is_empty() || facts.head.is_some() {
        true => return,
        false if refusals().all(is_of_other_mode) => {
            (Cause::OtherMode, "all its maps are of other game modes than osu!standard")
        }
        // Each such map says itself why it cannot be used: once is enough.
        false if refusals().all(|refusal| refusal.is_some()) => return,
        false => (
            Cause::NoHead,
            "none of its maps is an osu!standard map with title, artist and creator",
        ),
    };
    facts.issues.push(Issue::skipped(&*facts.name, cause, message));
}

fn map(bytes: &[u8], path: &str, entry_idx: usize) -> MapFacts {
    let limits = Limits::default();
    let reading = osu::read(bytes, &limits);
    let mut facts =
        MapFacts { path: path.to_owned(), entry_idx: entry_idx as u32, ..MapFacts::default() };
    let differences = osu::differences(&published::read(bytes, &limits), &reading);
    match reading {
        Ok(map) if map.mode != GameMode::Osu => facts.refusal = refuse_other_game(&map).err(),
        Ok(map) => {
            facts.differences = differences;
            facts.refusal = refuse_other_game(&map).err().or_else(|| signal_refusal(&map.beatmap));
            let text = |field: &Option<String>| field.clone().unwrap_or_default();
            let (creator, version) = (text(&map.fields.creator), text(&map.fields.version));
            facts.owner = Some(guess_owner(&creator, &version, &map.tags, map.mode));
            facts.n_objects = map.beatmap.hit_objects.len() as u32;
            facts.star_rating = star_rating(bytes).ok();
            facts.md5 = Md5Sum::of(bytes).to_string();
            facts.fields = Some(map.fields);
        }
        Err(error) => {
            facts.differences = differences;
            facts.refusal = Some(MapRefusal::new(error.cause(), error.to_string()));
        }
    }
    facts
}

/// # Errors
///
/// For a map of another game, and one without objects.
pub(crate) fn refuse_other_game(map: &OsuMap) -> Result<(), MapRefusal> {
    if map.mode != GameMode::Osu {
        let message = format!("it is a map of osu!{:?}, not of osu!standard", map.mode);
        return Err(MapRefusal::new(Cause::OtherMode, message));
    }
    if map.beatmap.hit_objects.is_empty() {
        return Err(MapRefusal::new(Cause::NoObjects, "it has no hit object"));
    }
    Ok(())
}

/// Audio beside the map first, then under its name anywhere, then the only
/// audio there is.
fn find_audio(map: &MapFacts, entries: &[(String, usize)]) -> Option<u32> {
    let fold = |text: &str| text.replace('\\', "/").to_lowercase();
    let file_name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let folder = map.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let wanted = map.fields.as_ref().and_then(|fields| fields.audio_file_name.as_deref());
    let found = wanted.filter(|name| !name.is_empty()).and_then(|wanted| {
        let beside = fold(&format!("{folder}/{wanted}"));
        let beside = beside.trim_start_matches('/');
        let name = file_name(&fold(wanted));
        entries
            .iter()
            .find(|(path, _)| fold(path) == beside)
            .or_else(|| entries.iter().find(|(path, _)| file_name(&fold(path)) == name))
    });
    let only = || {
        let is_music =
            |path: &str| FileKind::of_name(path) == FileKind::Audio && !is_hit_sound(path);
        let mut audio = entries.iter().filter(|(path, _)| is_music(path));
        audio.next().filter(|_| audio.next().is_none())
    };
    found.or_else(only).map(|&(_, entry_idx)| entry_idx as u32)
}

fn has_end(path: &str, end: &str) -> bool {
    path.len() > end.len()
        && path.is_char_boundary(path.len() - end.len())
        && path[path.len() - end.len()..].eq_ignore_ascii_case(end)
}
