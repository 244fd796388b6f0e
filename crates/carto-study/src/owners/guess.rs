use std::collections::BTreeSet;

use carto_beatmap::osu::GameMode;
use carto_types::{OwnerEvidence, Ownership};

use super::tags::{Tags, folded};
use super::version_name::{self, Named};

/// Who made a difficulty, as far as its file says.
///
/// - `creator`: the host of the set
/// - `version`: the difficulty's name
/// - `tags`: those of the set, with blanks between; may be empty
/// - `game`: maps of osu!mania have their keys in brackets before the name
/// - returns: the host where the name names nobody, or the host; nobody where it says that
///   several made it, and not who
///
/// # Accuracy
///
/// `tests/owners.rs` prints it for the difficulties of which osu!'s API says the owner.
#[must_use]
pub fn guess_owner(creator: &str, version: &str, tags: &str, game: GameMode) -> Ownership {
    let version = version.trim();
    let version = if game == GameMode::Mania { without_keys(version) } else { version };
    let people = match version_name::read(version) {
        Named::Nobody => return Ownership::of_host(creator),
        Named::Several => {
            return Ownership { names: Vec::new(), evidence: OwnerEvidence::Name };
        }
        Named::People(people) => people,
    };
    if people.iter().all(|name| is_host(name, creator)) {
        return Ownership::of_host(creator);
    }
    let tags = Tags::read(tags);
    let (mut names, mut evidence) = (Vec::new(), OwnerEvidence::Tags);
    for name in &people {
        if is_host(name, creator) {
            add(&mut names, creator.to_owned());
        } else if let Some(whole) = tags.whole_name(name) {
            add(&mut names, whole);
        } else if let Some(two) = tags.two_in_one(name) {
            two.into_iter().for_each(|name| add(&mut names, name));
        } else {
            add(&mut names, (*name).to_owned());
            evidence = OwnerEvidence::Name;
        }
    }
    Ownership { names, evidence }
}

/// Who had a hand in a difficulty where only hosts are known: the guests that its name names,
/// by their whole names where they host a set of the song, else the host. Letters and digits of
/// names in lower case, so that equal ones are one person.
///
/// - `hosts`: of all sets of the song
pub(crate) fn makers_among(creator: &str, version: &str, hosts: &[&str]) -> BTreeSet<String> {
    let Named::People(people) = version_name::read(version.trim()) else {
        return BTreeSet::from([folded(creator)]);
    };
    let hosts: Vec<_> = hosts.iter().map(|host| host.replace(' ', "_")).collect();
    let hosts = hosts.join(" ");
    let hosts = Tags::read(&hosts);
    let whole = |name: &str| match is_host(name, creator) {
        true => folded(creator),
        false => folded(&hosts.whole_name(name).unwrap_or_else(|| name.to_owned())),
    };
    people.into_iter().map(whole).collect()
}

/// Adds a name that is not among them.
fn add(names: &mut Vec<String>, name: String) {
    if !names.iter().any(|known| folded(known) == folded(&name)) {
        names.push(name);
    }
}

/// `[4K] Ann's Hard` without what stands in its brackets.
fn without_keys(version: &str) -> &str {
    let keys =
        version.strip_prefix('[').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    keys.and_then(|rest| rest.split_once(']')).map_or(version, |(_, rest)| rest.trim_start())
}

/// Whether a name is the host's, or a part of it, or has it as a part; letters and digits
/// alone count.
fn is_host(name: &str, creator: &str) -> bool {
    let (name, host) = (folded(name), folded(creator));
    !name.is_empty() && !host.is_empty() && (host.contains(&name) || name.contains(&host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(version: &str, tags: &str) -> (String, OwnerEvidence) {
        let owner = guess_owner("Hosty", version, tags, GameMode::Osu);
        (owner.text(), owner.evidence)
    }

    #[test]
    fn a_guest_is_confirmed_by_the_tags_and_likely_without() {
        let said = |text: &str, evidence| (text.to_owned(), evidence);
        assert_eq!(guess("Ann's Hard", "pop ann"), said("Ann", OwnerEvidence::Tags));
        assert_eq!(guess("Ann's Hard", "pop"), said("Ann", OwnerEvidence::Name));
        assert_eq!(guess("Ann's Hard", ""), said("Ann", OwnerEvidence::Name));
        assert_eq!(
            guess("Ann & Bea's", "ann bea-chan"),
            said("Ann & bea-chan", OwnerEvidence::Tags)
        );
        assert_eq!(guess("Ann & Bea's", "ann"), said("Ann & Bea", OwnerEvidence::Name));
    }

    #[test]
    fn the_host_is_known_by_a_part_of_the_name() {
        let host = ("Hosty".to_owned(), OwnerEvidence::Host);
        for version in ["Hard", "Host's Hard", "Hosty's", "-Hosty-'s Hard", "It's Hosty"] {
            assert_eq!(guess(version, ""), host, "{version}");
        }
        let both = guess("Hosty & Ann's Hard", "ann");
        assert_eq!(both, ("Hosty & Ann".to_owned(), OwnerEvidence::Tags));
    }

    #[test]
    fn a_collab_without_names_is_nobody_s() {
        let owner = guess_owner("Hosty", "Collab Extra", "ann bea", GameMode::Osu);
        assert!(owner.is_nobody());
    }

    #[test]
    fn a_guest_is_known_by_the_set_that_they_host_themselves() {
        let makers = |version| {
            let makers = makers_among("Hosty", version, &["Hosty", "inaba-tan", "Ann Lee"]);
            makers.into_iter().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(makers("Insane"), "hosty");
        assert_eq!(makers("Inaba's Insane"), "inabatan");
        assert_eq!(makers("Ann Lee & Hosty's Extra"), "annlee hosty");
        assert_eq!(makers("Dora's Hard"), "dora");
    }

    #[test]
    fn keys_of_mania_are_no_part_of_a_name() {
        let name = |game| guess_owner("Hosty", "[4K] Ann's Hard", "", game).text();
        assert_eq!(name(GameMode::Mania), "Ann");
        assert_eq!(without_keys("[4K]"), "");
        assert_eq!(without_keys("[Ann]'s Hard"), "[Ann]'s Hard");
    }

    #[test]
    fn a_host_without_letters_takes_nobody_s_work() {
        let owner = guess_owner("-_-", "Ann's Hard", "", GameMode::Osu);
        assert_eq!(owner.text(), "Ann");
    }
}
