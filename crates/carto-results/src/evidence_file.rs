//! `evidence.json`: all evidence of a result.

use carto_types::{
    OutputFile, PairEvidence, PairKind, ResultMap, ResultSong, RunEvidence, RunResult,
};
use serde::Serialize;

/// A pair of a result with its evidence.
#[derive(Debug, Serialize)]
pub(crate) struct EvidencePair<'a> {
    /// Number of the song, from 1.
    pub(crate) song: u32,
    /// Its title.
    pub(crate) title: &'a str,
    /// Its artist.
    pub(crate) artist: &'a str,
    /// Which two maps it is.
    pub(crate) kind: PairKind,
    /// The first map, on whose time line all times are.
    pub(crate) a: MapName<'a>,
    /// The second.
    pub(crate) b: MapName<'a>,
    /// What was found of them.
    #[serde(flatten)]
    pub(crate) evidence: &'a PairEvidence,
}

/// A map of a song by its names.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct MapName<'a> {
    /// Who made it.
    pub(crate) mapper: &'a str,
    /// Name of the difficulty.
    pub(crate) difficulty: &'a str,
}

#[derive(Serialize)]
struct EvidenceFile<'a> {
    #[serde(flatten)]
    evidence: &'a RunEvidence,
    pairs: Vec<EvidencePair<'a>>,
}

/// The file; `None` for a result without evidence.
pub(crate) fn evidence_file(result: &RunResult) -> Option<OutputFile> {
    let evidence = result.evidence.as_ref()?;
    let pairs = evidence_pairs(&result.songs).collect();
    // As of the result file: no key of it is another thing than a string.
    let text = serde_json::to_string(&EvidenceFile { evidence, pairs }).unwrap_or_default();
    Some(OutputFile::new("evidence.json", text + "\n"))
}

/// All pairs with evidence: of each song those of two mappers, then those of its ceiling.
pub(crate) fn evidence_pairs(songs: &[ResultSong]) -> impl Iterator<Item = EvidencePair<'_>> {
    (1..).zip(songs).flat_map(|(number, song)| {
        let name = |place: u32| song.maps.get(place as usize).map(MapName::of).unwrap_or_default();
        let pairs = song.pairs.iter().filter_map(move |pair| {
            Some((pair.kind?, name(pair.a), name(pair.b), pair.evidence.as_deref()?))
        });
        let ceiling = song.ceiling.iter().map(|pair| {
            let [a, b] = pair.versions.each_ref();
            let name = |difficulty| MapName { mapper: &pair.creator, difficulty };
            (PairKind::SameMapper, name(a), name(b), &pair.evidence)
        });
        let (title, artist) = (&*song.title, &*song.artist);
        pairs.chain(ceiling).map(move |(kind, a, b, evidence)| EvidencePair {
            song: number,
            title,
            artist,
            kind,
            a,
            b,
            evidence,
        })
    })
}

impl<'a> MapName<'a> {
    fn of(map: &'a ResultMap) -> Self {
        Self { mapper: &map.creator, difficulty: &map.version }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    #[test]
    fn all_pairs_are_in_the_file_and_none_without_evidence() {
        let result = fixtures::result_with_evidence(9);
        let file = evidence_file(&result).unwrap();
        assert_eq!(file.name, "evidence.json");
        let json: serde_json::Value = serde_json::from_str(&file.text).unwrap();
        assert_eq!(json["format"], "carto-evidence/1");
        assert_eq!(json["set"]["floor"], "whole-bar shifts");
        let pairs = json["pairs"].as_array().unwrap();
        let kinds: Vec<_> = pairs.iter().map(|pair| pair["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["cross", "same mapper", "cross"]);
        assert_eq!(pairs[0]["a"]["mapper"], "@first");
        assert_eq!((&pairs[0]["lag_ms"], &pairs[1]["song"]), (&(-12.5).into(), &1.into()));
        assert_eq!(pairs[1]["b"]["difficulty"], "Normal");
        assert!(evidence_file(&fixtures::result_with_owners(9)).is_none());
    }
}
