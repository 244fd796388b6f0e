//! Which lag two maps get where their recordings were heard.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

mod made_maps;

use carto_evidence::{Alignment, EvidenceMap, compare_pair};
use carto_types::{AlignmentClass, AlignmentSource, AudioLag};
use made_maps::{MadeMap, song};

/// A song with beats of 400 ms.
fn made() -> MadeMap {
    song(5, 120)
}

fn same(a: &EvidenceMap, b: &EvidenceMap, lag_ms: f64) -> Alignment {
    Alignment::of_audio(a, b, AudioLag::Same { lag_ms })
}

#[test]
fn the_beat_nearest_to_what_is_heard_gives_the_lag() {
    // Phase 11 ms, and three beats.
    let (a, b) = (made().read(), made().moved(-1211.0).read());
    for heard_ms in [1211.0, 1240.0, 1180.0] {
        let found = same(&a, &b, heard_ms);
        assert_eq!((found.class, found.source), (AlignmentClass::Aligned, AlignmentSource::Audio));
        assert!((found.lag_ms - 1211.0).abs() < 1e-9 && found.k == 3, "{found:?}");
        assert_eq!(found.warning, None, "timing points and objects come to the same");
    }
    assert_eq!(compare_pair(&a, &b, &same(&a, &b, 1230.0), &[]).aligned.unwrap().f25, 1.0);
}

#[test]
fn what_is_heard_overrules_the_beat_that_objects_choose_and_says_so() {
    let a = made().read();
    let found = same(&a, &a, -796.0);
    assert_eq!((found.class, found.lag_ms, found.k), (AlignmentClass::Aligned, -800.0, -2));
    assert!(found.warning.unwrap().contains("alone: aligned, lag 0.0 ms, k 0"));
    // Beyond what timing points may choose.
    let found = same(&a, &a, 12_010.0);
    assert_eq!((found.class, found.lag_ms, found.k), (AlignmentClass::Aligned, 12_000.0, 30));
}

#[test]
fn a_lag_without_a_beat_near_it_stands_as_it_is_heard_with_a_warning() {
    let a = made().read();
    for (heard_ms, k, off) in [(1100.0, 3, "100.0 ms off"), (56.0, 0, "56.0 ms off")] {
        let found = same(&a, &a, heard_ms);
        assert_eq!((found.class, found.source), (AlignmentClass::Aligned, AlignmentSource::Audio));
        assert_eq!((found.lag_ms, found.k), (heard_ms, k));
        let warning = found.warning.unwrap();
        assert!(warning.contains("say otherwise: aligned") && warning.contains(off), "{warning}");
    }
    // At a short beat 54 ms are not near: half of all lags would be.
    let short = made().with_points(&[(5000.0, 120.0, 4.0)]).read();
    assert_eq!(same(&short, &short, 54.0).lag_ms, 54.0);
    assert_eq!(same(&short, &short, 29.0).lag_ms, 0.0);
}

#[test]
fn one_recording_with_two_tempos_is_aligned_by_what_is_heard() {
    let a = made().read();
    let other = made().with_points(&[(5000.0, 300.0, 4.0)]).read();
    let none = made().with_points(&[]).read();
    for (b, words) in [(&other, "other tempo"), (&none, "unknown")] {
        let alone = Alignment::of_timing_points(&a, b);
        assert_ne!(alone.class, AlignmentClass::Aligned);
        let found = same(&a, b, 3.0);
        assert_eq!((found.class, found.lag_ms, found.k), (AlignmentClass::Aligned, 3.0, 0));
        assert!(found.warning.as_ref().unwrap().contains(words), "{found:?}");
        assert!(compare_pair(&a, b, &found, &[]).aligned.is_some());
    }
}

#[test]
fn a_lag_that_changes_makes_another_version() {
    let (a, b) = (made().read(), made().moved(-30.0).read());
    let heard = AudioLag::OtherCut { early_ms: 31.0, late_ms: -4200.0 };
    let found = Alignment::of_audio(&a, &b, heard);
    assert_eq!((found.class, found.source), (AlignmentClass::OtherVersion, AlignmentSource::Audio));
    assert!((found.lag_ms - 30.0).abs() < 1e-9 && found.k == 0, "{found:?}");
    assert!(found.warning.as_ref().unwrap().contains("31.0 ms early and -4200.0 ms late"));
    let evidence = compare_pair(&a, &b, &found, &[]);
    assert!(evidence.on_bars.is_none());
}

#[test]
fn where_nothing_is_clear_the_timing_points_hold_and_it_is_said() {
    let (a, b) = (made().read(), made().moved(-411.0).read());
    let alone = Alignment::of_timing_points(&a, &b);
    let cases = [
        (AudioLag::Unclear, "fit clearly at no lag"),
        (AudioLag::OneStretch { lag_ms: 7.0 }, "at one of two stretches only, at lag 7.0 ms"),
    ];
    for (heard, words) in cases {
        let found = Alignment::of_audio(&a, &b, heard);
        assert!(found.warning.as_ref().unwrap().contains(words), "{found:?}");
        assert_eq!(Alignment { warning: alone.warning.clone(), ..found }, alone);
    }
}
