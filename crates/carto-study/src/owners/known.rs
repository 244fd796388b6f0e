//! The owners of all maps of a run: what a person says of them, else what their files say.

use std::collections::BTreeSet;

use carto_types::{ArchiveFacts, Cause, Issue, MapFacts, OwnerRow, OwnerTable, Ownership};

use crate::mappers::Difficulty;

/// Who made each map of a run; nothing under the published rules.
pub(crate) struct Owners(Vec<Vec<Option<Ownership>>>);

impl Owners {
    /// Of runs by the published rules, where a map is its host's.
    pub(crate) fn none() -> Self {
        Self(Vec::new())
    }

    /// - `archives`: in path order
    /// - `rows`: what a person says
    pub(crate) fn of(archives: &[ArchiveFacts], rows: &[OwnerRow]) -> Self {
        let table = OwnerTable::new(rows);
        let said = |map: &MapFacts| {
            let fields = map.fields.as_ref()?;
            table.owner(&map.md5, fields.beatmap_id.as_deref())
        };
        let owner = |map: &MapFacts| said(map).or_else(|| map.owner.clone());
        let of_archive = |archive: &ArchiveFacts| archive.maps.iter().map(owner).collect();
        Self(archives.iter().map(of_archive).collect())
    }

    /// Who made one map; `None` under the published rules, and of a map of another game.
    pub(crate) fn get(&self, archive_idx: usize, map_idx: usize) -> Option<&Ownership> {
        self.0.get(archive_idx)?.get(map_idx)?.as_ref()
    }

    /// One map as a difficulty of its song.
    pub(crate) fn difficulty(
        &self,
        archives: &[ArchiveFacts],
        archive_idx: usize,
        map_idx: usize,
    ) -> Option<Difficulty<'_>> {
        let map = archives.get(archive_idx)?.maps.get(map_idx)?;
        Some(Difficulty {
            owner: self.get(archive_idx, map_idx)?,
            archive_idx: archive_idx as u32,
            star_rating: map.star_rating,
            is_refused: map.refusal.is_some(),
        })
    }
}

/// How many rows without a map are named; the rest is counted.
const MAX_NAMED: usize = 10;

/// Says which rows name no map of osu!standard that is there; nothing where all do.
pub(crate) fn unused(archives: &[ArchiveFacts], rows: &[OwnerRow]) -> Option<Issue> {
    let maps = || {
        let maps = archives.iter().flat_map(|archive| &archive.maps);
        maps.filter_map(|map| Some((&*map.md5, map.fields.as_ref()?)))
    };
    let sums: BTreeSet<_> = maps().map(|(md5, _)| md5).collect();
    let ids = maps().filter_map(|(_, map)| map.beatmap_id.as_deref());
    let ids: BTreeSet<_> = ids.filter(|id| *id != "0").collect();
    let is_unused = |row: &&OwnerRow| !sums.contains(&*row.md5) && !ids.contains(&*row.beatmap_id);
    let name = |row: &OwnerRow| if row.md5.is_empty() { &row.beatmap_id } else { &row.md5 }.clone();
    let unused: Vec<_> = rows.iter().filter(is_unused).map(name).collect();
    let n_more = unused.len().saturating_sub(MAX_NAMED);
    let more = if n_more > 0 { format!(" and {n_more} more") } else { String::new() };
    let named = unused.iter().take(MAX_NAMED).cloned().collect::<Vec<_>>().join(", ");
    let message = format!(
        "what was said of these maps changes nothing, since they are not among those that were \
         read: {named}{more}"
    );
    (!unused.is_empty()).then(|| Issue::warning("owners", Cause::UnusedOwner, message))
}

#[cfg(test)]
mod tests {
    use carto_types::{OwnerEvidence, RegistryFields, SourceKind};

    use super::*;

    #[test]
    fn what_a_person_says_goes_before_what_the_file_says() {
        let map = |md5: &str, id: &str| MapFacts {
            md5: md5.to_owned(),
            fields: Some(RegistryFields {
                beatmap_id: Some(id.to_owned()),
                ..RegistryFields::default()
            }),
            owner: Some(Ownership::of_host("hosty")),
            ..MapFacts::default()
        };
        let archives = [ArchiveFacts {
            name: "a.osz".to_owned(),
            kind: SourceKind::Archive,
            head: None,
            maps: vec![map("aa", "1"), map("bb", "2"), map("cc", "3"), MapFacts::default()],
            issues: Vec::new(),
        }];
        let row = |md5: &str, id: &str, mapper: &str| {
            let row = OwnerRow::of_md5(md5, vec![mapper.to_owned()]);
            OwnerRow { beatmap_id: id.to_owned(), ..row }
        };
        let rows =
            [row("aa", "", "ann"), row("", "1", "bea"), row("", "2", "cid"), row("", "2", "dora")];
        let owners = Owners::of(&archives, &rows);
        let name = |map_idx| owners.get(0, map_idx).map(|owner| (owner.text(), owner.evidence));
        assert_eq!(name(0), Some(("ann".to_owned(), OwnerEvidence::Table)));
        assert_eq!(name(1), Some(("dora".to_owned(), OwnerEvidence::Table)));
        assert_eq!(name(2), Some(("hosty".to_owned(), OwnerEvidence::Host)));
        assert_eq!(name(3), None, "a map of another game");
        assert_eq!(unused(&archives, &rows), None);
        let unknown: Vec<_> = (10..22).map(|id| row("", &id.to_string(), "ann")).collect();
        let issue = unused(&archives, &unknown).unwrap();
        assert!(issue.message.ends_with(": 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 and 2 more"));
        let issue = unused(&archives, &[row("dd", "", "ann"), row("aa", "77", "ann")]).unwrap();
        assert!(issue.message.ends_with(": dd"), "{}", issue.message);
    }
}
