//! Which entries are maps.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::Archive;

/// Whether an entry is a `.osu`, and not what macOS writes beside one of the same
/// name.
#[must_use]
pub fn is_map(entry_name: &str) -> bool {
    let file = entry_name.rsplit('/').next().unwrap_or(entry_name);
    file.to_ascii_lowercase().ends_with(".osu") && !file.starts_with("._")
}

impl<S: Read + Seek> Archive<S> {
    /// Places of the maps by their names; of two entries with one name the later.
    #[must_use]
    pub fn maps(&self) -> BTreeMap<String, usize> {
        let entries = self.entries().iter().filter(|entry| is_map(&entry.name));
        entries.map(|entry| (entry.name.clone(), entry.index)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use crate::{Limits, write_archive};

    use super::*;

    #[test]
    fn maps_come_by_name_and_the_later_of_two_counts() {
        let entry = |name: &str| (name.to_owned(), vec![1]);
        let files = ["b.osu", "bg.jpg", "__MACOSX/._b.osu", "sub/A.OSU", "b.osu"].map(entry);
        let Ok(bytes) = write_archive(&files) else { unreachable!("a small archive is written") };
        let archive = Archive::open(Cursor::new(bytes), "a.osz", &Limits::default());
        let maps = archive.map(|archive| archive.maps()).unwrap_or_default();
        let expected = [("b.osu".to_owned(), 4), ("sub/A.OSU".to_owned(), 3)];
        assert_eq!(maps, BTreeMap::from(expected));
    }
}
