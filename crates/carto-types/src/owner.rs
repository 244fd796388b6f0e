//! Who made a difficulty, and from what that is known.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// From what it is known who made a difficulty, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OwnerEvidence {
    /// osu!'s API says so.
    Api,
    /// A person says so: in a table of their own, or on the page.
    Table,
    /// The difficulty's name says so, and the set's tags hold that name.
    Tags,
    /// The difficulty's name alone says so: likely.
    Name,
    /// Nothing names anybody else, so it is the host of the set.
    Host,
}

impl OwnerEvidence {
    /// Every kind of evidence, the strongest first.
    pub const ALL: [Self; 5] = [Self::Api, Self::Table, Self::Tags, Self::Name, Self::Host];

    /// The words in tables, files and on the page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Table => "own table",
            Self::Tags => "name and tags",
            Self::Name => "name alone",
            Self::Host => "host",
        }
    }

    /// The stronger of two for one mapper of a song: who hosts a set of it is known anyhow.
    #[must_use]
    pub fn or_stronger(self, other: Self) -> Self {
        match [self, other].contains(&Self::Host) {
            true => Self::Host,
            false => self.min(other),
        }
    }

    /// Whether the name is that of one person wherever it stands. A name that a
    /// difficulty's name alone gives may be a nickname, which is the same person only
    /// within one set.
    #[must_use]
    pub fn is_sure(self) -> bool {
        self != Self::Name
    }
}

/// Who made one difficulty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ownership {
    /// The mappers, each once; none where several made it and nothing says who.
    pub names: Vec<String>,
    /// From what that is known.
    pub evidence: OwnerEvidence,
}

impl Ownership {
    /// A difficulty of the host of its set.
    #[must_use]
    pub fn of_host(creator: &str) -> Self {
        Self { names: vec![creator.to_owned()], evidence: OwnerEvidence::Host }
    }

    /// Whether several made it and nothing says who, as of a "Collab".
    #[must_use]
    pub fn is_nobody(&self) -> bool {
        self.names.is_empty()
    }

    /// The mappers in one text: `Ann`, `Ann & Bea`, `Ann, Bea & Cid`; empty where nobody
    /// is known.
    #[must_use]
    pub fn text(&self) -> String {
        match &*self.names {
            [] => String::new(),
            [one] => one.clone(),
            [others @ .., last] => format!("{} & {last}", others.join(", ")),
        }
    }
}

/// What a person or osu!'s API says of the owners of one difficulty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnerRow {
    /// MD5 of the `.osu` in 32 hexadecimal digits, in lower case; empty where the row is
    /// by number alone.
    pub md5: String,
    /// osu!'s number of the difficulty; empty where the row is by MD5 alone.
    pub beatmap_id: String,
    /// The mappers; none for a difficulty that is nobody's and takes no part.
    pub mappers: Vec<String>,
    /// Who says so: osu!'s API or a person.
    pub evidence: OwnerEvidence,
}

impl OwnerRow {
    /// What a person says of the map with this sum.
    #[must_use]
    pub fn of_md5(md5: &str, mappers: Vec<String>) -> Self {
        let (md5, beatmap_id) = (md5.to_owned(), String::new());
        Self { md5, beatmap_id, mappers, evidence: OwnerEvidence::Table }
    }

    /// The mappers of a cell that holds them with `;` between: blanks around names go,
    /// empty names too, and a name counts once.
    #[must_use]
    pub fn mappers_of(cell: &str) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in cell.split(';').map(str::trim).filter(|name| !name.is_empty()) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    }
}

/// What a person says of the owners of difficulties, by the sums and by the numbers of their
/// files.
#[derive(Debug, Clone, Default)]
pub struct OwnerTable<'a> {
    by_md5: BTreeMap<&'a str, &'a OwnerRow>,
    by_id: BTreeMap<&'a str, &'a OwnerRow>,
}

impl<'a> OwnerTable<'a> {
    /// - `rows`: of two about one difficulty the later counts, and one by MD5 goes before one
    ///   by number
    #[must_use]
    pub fn new(rows: &'a [OwnerRow]) -> Self {
        let by = |key: fn(&OwnerRow) -> &str| {
            let rows = rows.iter().map(|row| (key(row), row));
            // A map that was never uploaded has the number 0.
            rows.filter(|(key, _)| !matches!(*key, "" | "0")).collect()
        };
        Self { by_md5: by(|row| &row.md5), by_id: by(|row| &row.beatmap_id) }
    }

    /// The owner of a difficulty; `None` where nothing is said of it.
    #[must_use]
    pub fn owner(&self, md5: &str, beatmap_id: Option<&str>) -> Option<Ownership> {
        let by_id = || beatmap_id.and_then(|id| self.by_id.get(id));
        let row = self.by_md5.get(md5).or_else(by_id)?;
        Some(Ownership { names: row.mappers.clone(), evidence: row.evidence })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_are_told_in_one_text() {
        let text = |names: &[&str]| {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            Ownership { names, evidence: OwnerEvidence::Tags }.text()
        };
        assert_eq!(text(&[]), "");
        assert_eq!(text(&["Ann"]), "Ann");
        assert_eq!(text(&["Ann", "Bea"]), "Ann & Bea");
        assert_eq!(text(&["Ann", "Bea", "Cid"]), "Ann, Bea & Cid");
    }

    #[test]
    fn a_cell_of_several_mappers_is_split_at_semicolons() {
        assert_eq!(OwnerRow::mappers_of(" Ann; Bea ;;Ann"), ["Ann", "Bea"]);
        assert_eq!(OwnerRow::mappers_of(" ; "), [""; 0]);
    }

    #[test]
    fn the_later_row_counts_and_one_by_sum_goes_first() {
        let row = |md5: &str, id: &str, mapper: &str| {
            let row = OwnerRow::of_md5(md5, vec![mapper.to_owned()]);
            OwnerRow { beatmap_id: id.to_owned(), ..row }
        };
        let rows = [
            row("aa", "", "ann"),
            row("", "1", "bea"),
            row("", "2", "cid"),
            row("", "2", "dora"),
            row("", "0", "eve"),
        ];
        let table = OwnerTable::new(&rows);
        let name = |md5, id| table.owner(md5, id).map(|owner| owner.text());
        assert_eq!(name("aa", Some("1")).as_deref(), Some("ann"));
        assert_eq!(name("bb", Some("2")).as_deref(), Some("dora"));
        assert_eq!((name("bb", Some("0")), name("bb", None), name("", None)), (None, None, None));
    }

    #[test]
    fn kinds_of_evidence_have_names_of_their_own() {
        for (idx, evidence) in OwnerEvidence::ALL.into_iter().enumerate() {
            let place = OwnerEvidence::ALL.iter().position(|other| other.name() == evidence.name());
            assert_eq!(place, Some(idx));
        }
    }
}
