//! Owners as osu!'s API says them, in the file of maps that `carto collect` keeps.

use anyhow::{Result, anyhow};
use carto_types::{OwnerEvidence, OwnerRow, json_fault};
use serde::Deserialize;

/// What of one map's line says who made it.
#[derive(Debug, Deserialize)]
struct ApiMap {
    id: u64,
    checksum: Option<String>,
    #[serde(default)]
    owners: Vec<ApiOwner>,
    user_id: Option<u64>,
    beatmapset: Option<ApiSet>,
}

#[derive(Debug, Deserialize)]
struct ApiOwner {
    username: String,
}

#[derive(Debug, Deserialize)]
struct ApiSet {
    user_id: Option<u64>,
    creator: Option<String>,
}

/// Reads `beatmaps.jsonl`, one object of osu!'s API a line. Maps of which it says no name are
/// left out: older answers have the owner's number alone, which names the host at most.
///
/// - `name`: the file's, for messages
///
/// # Errors
///
/// A line that is no such object.
pub(super) fn read(bytes: &[u8], name: &str) -> Result<Vec<OwnerRow>> {
    let mut rows = Vec::new();
    for (line, text) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        if text.trim_ascii().is_empty() {
            continue;
        }
        let map: ApiMap = serde_json::from_slice(text).map_err(|error| {
            let fault = json_fault(&error);
            anyhow!("{name}: line {line} is no map of osu!'s API: {fault}")
        })?;
        let mappers = map.mappers();
        if !mappers.is_empty() {
            rows.push(OwnerRow {
                md5: map.checksum.unwrap_or_default().to_ascii_lowercase(),
                beatmap_id: map.id.to_string(),
                mappers,
                evidence: OwnerEvidence::Api,
            });
        }
    }
    Ok(rows)
}

impl ApiMap {
    fn mappers(&self) -> Vec<String> {
        if !self.owners.is_empty() {
            return self.owners.iter().map(|owner| owner.username.clone()).collect();
        }
        let Some(set) = &self.beatmapset else { return Vec::new() };
        let is_host_s = self.user_id.is_some() && self.user_id == set.user_id;
        set.creator.iter().filter(|_| is_host_s).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_are_named_or_the_host() {
        let text = r#"{"id":1,"checksum":"AB","owners":[{"id":7,"username":"Ann"},{"id":8,"username":"Bea"}],"mode":"osu"}
{"id":2,"user_id":5,"beatmapset":{"user_id":5,"creator":"Hosty"}}
{"id":3,"user_id":6,"beatmapset":{"user_id":5,"creator":"Hosty"}}
"#;
        let rows = read(text.as_bytes(), "b.jsonl").unwrap();
        let said: Vec<_> =
            rows.iter().map(|row| (&*row.md5, &*row.beatmap_id, row.mappers.join("+"))).collect();
        assert_eq!(said, [("ab", "1", "Ann+Bea".to_owned()), ("", "2", "Hosty".to_owned())]);
        assert!(rows.iter().all(|row| row.evidence == OwnerEvidence::Api));
        let error = read(b"{}\n", "b.jsonl").unwrap_err().to_string();
        assert!(error.starts_with("b.jsonl: line 1 is no map"), "{error}");
    }
}
