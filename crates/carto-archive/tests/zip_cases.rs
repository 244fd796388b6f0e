//! Zip files that people really have: names without their encoding, and a signature where
//! none should be.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are tests")]

use std::fs;
use std::io::Cursor;

use carto_archive::{Archive, ArchiveError, Limits, ZipRules};
use carto_testkit::{RawEntry, folder, stored_zip, unicode_name_field};

fn open(bytes: &[u8], rules: ZipRules) -> Result<Archive<Cursor<&[u8]>>, ArchiveError> {
    Archive::open(Cursor::new(bytes), "set.osz", rules, &Limits::default())
}

fn names(bytes: &[u8], rules: ZipRules) -> Vec<String> {
    let archive = open(bytes, rules).unwrap();
    archive.entries().iter().map(|entry| entry.name.clone()).collect()
}

/// "夜.mp3" in Shift-JIS.
const SHIFT_JIS: &[u8] = b"\x96\xe9.mp3";

#[test]
fn names_without_a_flag_are_decoded_by_the_rules() {
    let utf8 = "夜.osu".as_bytes();
    let fields = [unicode_name_field(b"_.osb", "夜.osb"), unicode_name_field(b"other", "x.osb")];
    let entry = |name, flags, extra| RawEntry { name, flags, extra, content: b"content" };
    let zip = stored_zip(
        &[
            entry(SHIFT_JIS, 0, &[]),
            entry(utf8, 0, &[]),
            entry(utf8, 0x800, &[]),
            entry(b"_.osb", 0, &fields[0]),
            // The field was made for another name.
            entry(b"a.osb", 0, &fields[1]),
        ],
        b"",
    );
    let osu = ["夜.mp3", "夜.osu", "夜.osu", "夜.osb", "a.osb"];
    assert_eq!(names(&zip, ZipRules::Osu), osu);
    let python = ["ûΘ.mp3", "σñ£.osu", "夜.osu", "_.osb", "a.osb"];
    assert_eq!(names(&zip, ZipRules::Python), python);
    let mut archive = open(&zip, ZipRules::Osu).unwrap();
    assert_eq!(archive.read_entry(3, 100).unwrap(), b"content");
}

#[test]
fn the_shared_archives_have_the_names_that_their_maps_ask_for() {
    let Some(folder) = folder("cases/names-without-flag") else { return };
    for name in ["sjis-no-flag.osz", "utf8-no-flag.osz", "utf8-with-flag.osz"] {
        let names = names(&fs::read(folder.join(name)).unwrap(), ZipRules::Osu);
        let expected =
            ["羽ペン - ガラスの港 (mapper-one) [夜].osu", "夜の港.mp3", "soft-hitclap.wav"];
        assert_eq!(names, expected, "{name}");
    }
}

fn zip_with_comment(comment: &[u8]) -> Vec<u8> {
    stored_zip(&[RawEntry { name: b"a.osu", content: b"content", ..RawEntry::default() }], comment)
}

#[test]
fn a_signature_in_the_comment_is_passed_over_by_osus_rules() {
    let empty_zip = stored_zip(&[], b"");
    let signature = b"PK\x05\x06 is how a zip file ends";
    let far_off = [b"PK\x05\x06".as_slice(), &[0xff; 18]].concat();
    for comment in [&signature[..], b"PK\x05\x06", &empty_zip, &far_off, &signature.repeat(20)] {
        let zip = zip_with_comment(comment);
        assert_eq!(names(&zip, ZipRules::Osu), ["a.osu"], "{comment:?}");
        let is_right =
            open(&zip, ZipRules::Python).is_ok_and(|archive| !archive.entries().is_empty());
        // The last bytes are too few for an end record, so Python does not take them.
        assert!(!is_right, "Python takes the last signature: {comment:?}");
    }
    // Where no record leads anywhere, both say the same.
    let mut zip = zip_with_comment(signature);
    let place = zip.windows(4).position(|word| word == b"PK\x01\x02").unwrap();
    zip[place] = b'X';
    let errors = [ZipRules::Python, ZipRules::Osu].map(|rules| open(&zip, rules).unwrap_err());
    assert_eq!(errors[0].to_string(), errors[1].to_string());
}

#[test]
fn an_empty_archive_and_a_plain_comment_are_read_by_both() {
    for rules in [ZipRules::Python, ZipRules::Osu] {
        assert_eq!(names(&stored_zip(&[], b"a comment"), rules), [""; 0]);
        assert_eq!(names(&stored_zip(&[], b""), rules), [""; 0]);
        assert_eq!(names(&zip_with_comment(b"a comment"), rules), ["a.osu"]);
    }
}

#[test]
fn the_shared_archive_with_a_signature_in_its_comment_opens() {
    let Some(folder) = folder("cases/around-the-zip") else { return };
    let bytes = fs::read(folder.join("comment-with-signature.osz")).unwrap();
    assert!(names(&bytes, ZipRules::Osu).iter().any(|name| name.ends_with(".osu")));
    assert!(open(&bytes, ZipRules::Python).is_err());
}
