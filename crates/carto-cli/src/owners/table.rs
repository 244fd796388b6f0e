//! A person's own table of who made which difficulty.

use std::path::Path;

use anyhow::{Context, Result, bail};
use carto_types::{Cause, Issue, OwnerRow};
use csv::{ReaderBuilder, StringRecord, Trim};

use super::api;

/// Columns of the table that `carto owners` writes. `md5` and `mappers` say to `analyze --owners` which
/// map is whose; the others are for the person who corrects it.
pub(super) const COLUMNS: [&str; 6] = ["path", "creator", "version", "mappers", "evidence", "md5"];

/// How many faulty lines are named; the rest is counted.
const MAX_NAMED: usize = 10;

/// Reads a table with the columns `md5` or `beatmap_id`, or both, and `mapper` or `mappers`; of
/// several mappers of one difficulty, `;` stands between. An empty cell says that the difficulty
/// is nobody's. Rows that name no difficulty, and columns that `carto owners` does not write
/// either, are left out and become warnings. A file that ends in `.jsonl` is that of maps of `carto collect`.
///
/// # Errors
///
/// A file that cannot be read or is no table, and a table without one of these columns.
pub(crate) fn read_table(path: &Path) -> Result<(Vec<OwnerRow>, Vec<Issue>)> {
    let bytes =
        std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let name = path.display().to_string();
    let is_of_api = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("jsonl"));
    if is_of_api { Ok((api::read(&bytes, &name)?, Vec::new())) } else { read(&bytes, &name) }
}

/// - `name`: the file's, for messages
fn read(bytes: &[u8], name: &str) -> Result<(Vec<OwnerRow>, Vec<Issue>)> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = ReaderBuilder::new().flexible(true).trim(Trim::All).from_reader(bytes);
    let heads = reader.headers().with_context(|| no_table(name))?.clone();
    let columns = Columns::of(&heads, name)?;
    let mut issues = Vec::new();
    if !columns.others.is_empty() {
        let columns = columns.others.join(", ");
        let message = format!("these columns of the table of owners are not read: {columns}");
        issues.push(Issue::warning(name, Cause::UnusedOwner, message));
    }
    let (mut rows, mut faulty) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = record.with_context(|| no_table(name))?;
        match columns.row(&record) {
            Some(row) => rows.push(row),
            None => faulty.push(record.position().map_or(0, csv::Position::line)),
        }
    }
    if !faulty.is_empty() {
        let n_more = faulty.len().saturating_sub(MAX_NAMED);
        let more = if n_more > 0 { format!(" and {n_more} more") } else { String::new() };
        let lines: Vec<_> = faulty.iter().take(MAX_NAMED).map(u64::to_string).collect();
        let message = format!(
            "left out of the table of owners, lines {}{more}: each needs an md5 of 32 \
             hexadecimal digits or a beatmap_id of digits, and a cell for the mapper",
            lines.join(", ")
        );
        issues.push(Issue::skipped(name, Cause::UnusedOwner, message));
    }
    Ok((rows, issues))
}

fn no_table(name: &str) -> String {
    format!("{name} is no table of comma-separated values in UTF-8")
}

/// Which column stands where.
struct Columns {
    md5: Option<usize>,
    beatmap_id: Option<usize>,
    mapper: usize,
    /// Names of what is not read.
    others: Vec<String>,
}

impl Columns {
    fn of(heads: &StringRecord, name: &str) -> Result<Self> {
        let place = |wanted: &str| heads.iter().position(|head| head.eq_ignore_ascii_case(wanted));
        let (md5, beatmap_id) = (place("md5"), place("beatmap_id"));
        let mapper = place("mapper").or_else(|| place("mappers"));
        let (Some(mapper), true) = (mapper, md5.or(beatmap_id).is_some()) else {
            bail!(
                "{name} has the columns {}: a table of owners needs mapper or mappers, and md5 or \
                 beatmap_id; `carto owners` writes such a table",
                heads.iter().collect::<Vec<_>>().join(", ")
            );
        };
        let known = [md5, beatmap_id, Some(mapper)];
        let is_ours = |head: &str| COLUMNS.iter().any(|name| head.eq_ignore_ascii_case(name));
        let others = heads.iter().enumerate();
        let others =
            others.filter(|(place, head)| !known.contains(&Some(*place)) && !is_ours(head));
        let others = others.map(|(_, head)| head.to_owned()).collect();
        Ok(Self { md5, beatmap_id, mapper, others })
    }

    /// A row; `None` where it names no difficulty or has no cell for the mapper.
    fn row(&self, record: &StringRecord) -> Option<OwnerRow> {
        let cell = |place: Option<usize>| place.and_then(|place| record.get(place));
        let is_md5 = |cell: &&str| cell.len() == 32 && cell.bytes().all(|b| b.is_ascii_hexdigit());
        let is_id = |cell: &&str| cell.parse().is_ok_and(|id: u64| id > 0);
        let md5 = cell(self.md5).filter(is_md5).unwrap_or_default().to_ascii_lowercase();
        let beatmap_id = cell(self.beatmap_id).filter(is_id).unwrap_or_default().to_owned();
        let mappers = OwnerRow::mappers_of(without_guard(record.get(self.mapper)?));
        let row = OwnerRow { beatmap_id, ..OwnerRow::of_md5(&md5, mappers) };
        (!row.md5.is_empty() || !row.beatmap_id.is_empty()).then_some(row)
    }
}

/// A cell without the apostrophe that our tables put before what would be a formula.
fn without_guard(cell: &str) -> &str {
    let rest = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    rest.unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MD5: &str = "0123456789abcdef0123456789ABCDEF";

    #[test]
    fn rows_are_by_sum_or_by_number() {
        let text = format!(
            "\u{feff}Note,md5,beatmap_id,Mapper\nx,{MD5},,Ann\n,,75,\" Bea ; -Cid-\"\n,,76,'-Cid-\n,,77,\n"
        );
        let (rows, issues) = read(text.as_bytes(), "t.csv").unwrap();
        let row = |md5: &str, id: &str, mappers: &[&str]| {
            let mappers = mappers.iter().map(|name| (*name).to_owned()).collect();
            let row = OwnerRow::of_md5(&md5.to_ascii_lowercase(), mappers);
            OwnerRow { beatmap_id: id.to_owned(), ..row }
        };
        let expected = [
            row(MD5, "", &["Ann"]),
            row("", "75", &["Bea", "-Cid-"]),
            row("", "76", &["-Cid-"]),
            row("", "77", &[]),
        ];
        assert_eq!(rows, expected);
        assert_eq!(issues.len(), 1);
        assert!(issues[0].message.ends_with("not read: Note"), "{}", issues[0].message);
    }

    #[test]
    fn lines_that_name_no_difficulty_are_named() {
        let text = "beatmap_id,mapper\n75,Ann\nseventy,Bea\n0,Cid\n76\n";
        let (rows, issues) = read(text.as_bytes(), "t.csv").unwrap();
        assert_eq!(rows.len(), 1);
        assert!(issues[0].message.contains("lines 3, 4, 5: each"), "{}", issues[0].message);
    }

    #[test]
    fn what_is_no_table_of_owners_is_refused_by_name() {
        for (bytes, why) in [
            (&b"md5;mapper\n1;Ann\n"[..], "needs mapper or mappers"),
            (b"", "needs mapper or mappers"),
            (b"beatmap_id,creator\n1,Ann\n", "needs mapper or mappers"),
            (b"beatmap_id,mapper\n1,\xff\xfe\n", "no table"),
        ] {
            let error = read(bytes, "t.csv").unwrap_err().to_string();
            assert!(error.starts_with("t.csv") && error.contains(why), "{error}");
        }
    }
}
