use std::mem;

use carto_types::{Cause, Issue, Severity};

/// From this many files of one kind on, a count stands for their names.
const MAX_NAMED: usize = 3;

/// What is to be said about files that are no source of the run.
#[derive(Debug, Default)]
pub(super) struct Notes {
    other_paths: Vec<String>,
    n_named_others: usize,
    /// What people take for maps: what is said of it, the first paths, and how many there are.
    taken_for_maps: Vec<(&'static str, Vec<String>, usize)>,
    n_counted_others: usize,
    duplicates: Vec<String>,
    n_duplicates: usize,
    upper_case: Vec<String>,
    n_upper_case: usize,
    issues: Vec<Issue>,
}

impl Notes {
    /// Files below folders that were counted only, and issues that came ready.
    pub(super) fn add(&mut self, n_other: usize, issues: Vec<Issue>) {
        self.n_counted_others += n_other;
        for issue in issues {
            if !self.issues.contains(&issue) {
                self.issues.push(issue);
            }
        }
    }

    /// A new run begins: what was said of files that came to nothing is over.
    pub(super) fn clear(&mut self) {
        let (upper_case, n_upper_case) = (mem::take(&mut self.upper_case), self.n_upper_case);
        *self = Self { upper_case, n_upper_case, ..Self::default() };
    }

    /// A file is read once more: what was said of it may not hold any more.
    pub(super) fn forget(&mut self, path: &str) {
        self.issues.retain(|issue| issue.subject != path);
    }

    /// A file that is neither archive nor map and was chosen by itself.
    pub(super) fn note_other(&mut self, path: &str) {
        self.n_named_others += 1;
        keep(&mut self.other_paths, path);
    }

    /// The same of one that people take for a map.
    ///
    /// - `why`: what it is, and what to do
    pub(super) fn note_taken_for_map(&mut self, path: &str, why: &'static str) {
        let known = self.taken_for_maps.iter().position(|(said, ..)| *said == why);
        let idx = known.unwrap_or_else(|| {
            self.taken_for_maps.push((why, Vec::new(), 0));
            self.taken_for_maps.len() - 1
        });
        let (_, paths, n_all) = &mut self.taken_for_maps[idx];
        *n_all += 1;
        keep(paths, path);
    }

    /// A file that was there already.
    pub(super) fn note_duplicate(&mut self, path: &str) {
        self.n_duplicates += 1;
        keep(&mut self.duplicates, path);
    }

    /// All files whose ending the published rules do not know.
    pub(super) fn set_upper_case(&mut self, paths: impl Iterator<Item = String>) {
        self.upper_case.clear();
        self.n_upper_case = 0;
        for path in paths {
            self.n_upper_case += 1;
            keep(&mut self.upper_case, &path);
        }
    }

    /// All of it: single files by name, many of a kind as one count.
    pub(super) fn issues(&self) -> Vec<Issue> {
        let others = Group {
            paths: &self.other_paths,
            n_all: self.n_named_others,
            severity: Severity::Skipped,
            cause: Cause::OtherFile,
            noun: "other files",
            message_one: "neither .osz nor .osu, so it was not opened",
            message_many: "neither .osz nor .osu, so they were not opened",
        };
        // Whoever drops a folder does not mean every file in it.
        let counted = Group {
            paths: &[],
            n_all: self.n_counted_others,
            severity: Severity::Warning,
            cause: Cause::OtherFiles,
            ..others.clone()
        };
        let upper_case = Group {
            paths: &self.upper_case,
            n_all: self.n_upper_case,
            severity: Severity::Skipped,
            cause: Cause::UpperCaseEnding,
            noun: "files ending in capitals",
            message_one: "the published rules read lower-case .osz and .osu only: under Rules, choose As osu! players know it",
            message_many: "the published rules read lower-case .osz and .osu only: under Rules, choose As osu! players know it",
        };
        let duplicates = Group {
            paths: &self.duplicates,
            n_all: self.n_duplicates,
            severity: Severity::Warning,
            cause: Cause::DuplicateFile,
            noun: "files",
            message_one: "the same file came in before, so it is taken once",
            message_many: "the same files came in before, so each is taken once",
        };
        let taken_for_maps = self.taken_for_maps.iter().map(|(why, paths, n_all)| Group {
            paths,
            n_all: *n_all,
            message_one: why,
            message_many: why,
            ..others.clone()
        });
        let mut issues = Vec::new();
        taken_for_maps.for_each(|group| group.write(&mut issues));
        issues.extend(self.issues.iter().cloned());
        for group in [others.clone(), counted, upper_case, duplicates] {
            group.write(&mut issues);
        }
        issues
    }
}

/// Files about which the same is to be said.
#[derive(Clone)]
struct Group<'a> {
    paths: &'a [String],
    n_all: usize,
    severity: Severity,
    cause: Cause,
    noun: &'static str,
    message_one: &'static str,
    message_many: &'static str,
}

impl Group<'_> {
    fn write(&self, issues: &mut Vec<Issue>) {
        let issue = |subject: String, message: &str| Issue {
            severity: self.severity,
            subject,
            cause: self.cause.clone(),
            message: message.to_owned(),
        };
        if self.paths.len() == self.n_all && self.n_all <= MAX_NAMED {
            issues.extend(self.paths.iter().map(|path| issue(path.clone(), self.message_one)));
        } else if self.n_all == 1 {
            issues.push(issue("1 other file".to_owned(), self.message_one));
        } else {
            issues.push(issue(format!("{} {}", self.n_all, self.noun), self.message_many));
        }
    }
}

fn keep(paths: &mut Vec<String>, path: &str) {
    if paths.len() < MAX_NAMED {
        paths.push(path.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subjects(notes: &Notes) -> Vec<String> {
        notes.issues().into_iter().map(|issue| issue.subject).collect()
    }

    #[test]
    fn nothing_odd_gives_no_issue() {
        assert_eq!(Notes::default().issues(), []);
    }

    #[test]
    fn a_few_files_are_named_and_many_are_counted() {
        let mut notes = Notes::default();
        notes.note_other("cover.jpg");
        notes.note_other("notes.txt");
        notes.note_duplicate("1001.osz");
        assert_eq!(subjects(&notes), ["cover.jpg", "notes.txt", "1001.osz"]);
        notes.add(10, Vec::new());
        assert_eq!(subjects(&notes), ["cover.jpg", "notes.txt", "10 other files", "1001.osz"]);
        notes.note_other("a.png");
        notes.note_other("b.png");
        assert_eq!(subjects(&notes), ["4 other files", "10 other files", "1001.osz"]);
    }

    #[test]
    fn what_people_take_for_maps_is_named_by_its_kind_and_many_are_counted() {
        let mut notes = Notes::default();
        notes.note_taken_for_map("a.osk", "it is a skin");
        (0..5).for_each(|n| notes.note_taken_for_map(&format!("{n}.osr"), "it is a replay"));
        let issues = notes.issues();
        let said: Vec<_> =
            issues.iter().map(|issue| format!("{}: {}", issue.subject, issue.message)).collect();
        assert_eq!(said, ["a.osk: it is a skin", "5 other files: it is a replay"]);
    }

    #[test]
    fn the_same_issue_is_told_once() {
        let issue = Issue {
            severity: Severity::Skipped,
            subject: "folder".into(),
            cause: Cause::UnreadableFolder,
            message: "no".into(),
        };
        let mut notes = Notes::default();
        notes.add(0, vec![issue.clone()]);
        notes.add(1, vec![issue]);
        assert_eq!(subjects(&notes), ["folder", "1 other file"]);
    }
}
