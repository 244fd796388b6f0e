//! How often the guess of a difficulty's owner is right, against what osu!'s API says.
//!
//! The API's answers of 2026 lie beside the checkout (`spec/mappers.md` of `../shared` says
//! what they are); rows that we invented, whose figures are counted by hand, cover the same
//! code.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests may fail loudly"
)]

use std::fmt;

use carto_beatmap::osu::GameMode;
use carto_study::guess_owner;
use carto_types::{OwnerEvidence, Ownership};

/// A difficulty of which the API says the owners.
struct Known {
    game: GameMode,
    status: String,
    creator: String,
    version: String,
    tags: String,
    owners: Vec<String>,
    /// Whether the host is among the owners.
    is_host_s: bool,
}

impl Known {
    fn read(csv: &str) -> Vec<Self> {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let heads = reader.headers().unwrap().clone();
        let rows = reader.records().map(|row| {
            let row = row.unwrap();
            let cell =
                |name: &str| row[heads.iter().position(|head| head == name).unwrap()].to_owned();
            let ids = cell("owner_ids");
            Self {
                game: game(&cell("mode")),
                status: cell("status"),
                is_host_s: ids.split('\t').any(|id| id == cell("creator_id")),
                creator: cell("creator"),
                version: cell("version"),
                tags: cell("tags"),
                owners: cell("owners").split('\t').map(str::to_owned).collect(),
            }
        });
        rows.collect()
    }

    /// An osu!standard map that was looked at by others before it was published.
    fn is_reviewed(&self) -> bool {
        let statuses = ["ranked", "approved", "qualified", "loved"];
        self.game == GameMode::Osu && statuses.contains(&&*self.status)
    }

    fn guess(&self) -> Ownership {
        guess_owner(&self.creator, &self.version, &self.tags, self.game)
    }

    /// Names of a guess that are an owner's, or its beginning.
    fn n_names(&self, guess: &Ownership) -> usize {
        let owners: Vec<_> = self.owners.iter().map(|name| folded(name)).collect();
        let is_right = |name: &&String| owners.iter().any(|owner| owner.starts_with(&folded(name)));
        guess.names.iter().filter(is_right).count()
    }
}

fn game(number: &str) -> GameMode {
    match number {
        "0" => GameMode::Osu,
        "1" => GameMode::Taiko,
        "2" => GameMode::Catch,
        "3" => GameMode::Mania,
        other => panic!("no game: {other}"),
    }
}

/// Letters and digits alone count, without case.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What the guess that the host is not among the owners is worth. Users who took another
/// name since are among the wrong names.
#[derive(Debug, Default, PartialEq)]
struct Accuracy {
    n_difficulties: u32,
    /// Not the host's, by the API.
    n_others: u32,
    /// Guessed so.
    n_guessed: u32,
    /// Guessed so, and by the API too.
    n_right: u32,
    /// Of these, with the name of an owner.
    n_named: u32,
    /// Of these, with right names alone.
    n_all_named: u32,
}

impl Accuracy {
    /// - `least`: the weakest evidence that counts
    fn of<'a>(rows: impl IntoIterator<Item = &'a Known>, least: OwnerEvidence) -> Self {
        let mut accuracy = Self::default();
        for known in rows {
            let guess = known.guess();
            let is_guessed = !guess.is_nobody()
                && guess.evidence <= least
                && !guess.names.contains(&known.creator);
            accuracy.n_difficulties += 1;
            accuracy.n_others += u32::from(!known.is_host_s);
            accuracy.n_guessed += u32::from(is_guessed);
            if is_guessed && !known.is_host_s {
                accuracy.n_right += 1;
                let n_names = known.n_names(&guess);
                accuracy.n_named += u32::from(n_names > 0);
                accuracy.n_all_named += u32::from(n_names == guess.names.len());
            }
        }
        accuracy
    }

    fn precision(&self) -> f64 {
        f64::from(self.n_right) / f64::from(self.n_guessed)
    }

    fn recall(&self) -> f64 {
        f64::from(self.n_right) / f64::from(self.n_others)
    }

    fn named(&self) -> f64 {
        f64::from(self.n_named) / f64::from(self.n_right)
    }

    fn all_named(&self) -> f64 {
        f64::from(self.n_all_named) / f64::from(self.n_right)
    }
}

impl fmt::Display for Accuracy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} difficulties, {} not the host's: precision {:.4}, recall {:.4}; an owner's name \
             {:.4}, no other name {:.4}",
            self.n_difficulties,
            self.n_others,
            self.precision(),
            self.recall(),
            self.named(),
            self.all_named(),
        )
    }
}

#[test]
fn guesses_are_as_good_as_the_specification_says() {
    let Some(folder) = carto_testkit::folder("owners") else { return };
    let rows = Known::read(&std::fs::read_to_string(folder.join("owners.csv")).unwrap());
    let reviewed = || rows.iter().filter(|row| row.is_reviewed());
    let likely = Accuracy::of(reviewed(), OwnerEvidence::Name);
    let confirmed = Accuracy::of(reviewed(), OwnerEvidence::Tags);
    let all = Accuracy::of(&rows, OwnerEvidence::Name);
    eprintln!("osu!standard, ranked, approved, qualified, loved: {likely}");
    eprintln!("the same, confirmed by tags: {confirmed}");
    eprintln!("all: {all}");
    assert!(likely.n_others >= 100 && all.n_others > likely.n_others, "too few to measure");
    assert!(likely.precision() >= 0.97, "{likely}");
    assert!(likely.recall() >= 0.86, "{likely}");
    assert!(likely.named() >= 0.75, "{likely}");
    assert!(confirmed.precision() >= likely.precision(), "{confirmed}");
    assert!(all.precision() >= 0.88, "{all}");
}

#[test]
fn figures_are_those_counted_by_hand() {
    let rows = Known::read(include_str!("owners/invented.csv"));
    let reviewed = || rows.iter().filter(|row| row.is_reviewed());
    let expected = |n_difficulties, n_others, n_guessed, n_right, n_named| Accuracy {
        n_difficulties,
        n_others,
        n_guessed,
        n_right,
        n_named,
        n_all_named: n_named,
    };
    // "Reuse" is missed, and "Dora's Dream" is the host's.
    assert_eq!(Accuracy::of(reviewed(), OwnerEvidence::Name), expected(5, 3, 3, 2, 2));
    // Bea is not among the tags.
    assert_eq!(Accuracy::of(reviewed(), OwnerEvidence::Tags), expected(5, 3, 1, 1, 1));
    // A collab with the host is the host's too, and nobody's by its name, which is no guess;
    // a nickname is made whole.
    assert_eq!(Accuracy::of(&rows, OwnerEvidence::Name), expected(8, 5, 5, 4, 4));
}
