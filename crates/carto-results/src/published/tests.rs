use carto_types::published::{TrackAResults, TrackBResults, to_json};
use carto_types::{ResultOrigin, RunResult};

use super::*;
use crate::{fixtures, read_any, write_result};

/// Track A and Track B of an invented run, as its files.
fn files(result: &RunResult) -> [String; 2] {
    let track_a = TrackAResults::new(result.track_a.as_ref(), 292);
    [to_json(&track_a).unwrap(), to_json(&TrackBResults::new(result.track_b.as_ref())).unwrap()]
}

#[test]
fn what_this_program_writes_in_the_published_layouts_is_read_again() {
    let result = fixtures::result(3);
    let [a, b] = files(&result);
    let read = read_any(&[("a.json", &a), ("b.json", &b)]).unwrap();
    assert_eq!(read.name, "a.json, b.json");
    assert_eq!(read.track_a, result.track_a);
    let mut track_b = result.track_b.unwrap();
    track_b.cosines.clear();
    assert_eq!(read.track_b, Some(track_b));
    assert_eq!(read.synthesis, None);
}

#[test]
fn a_run_without_pairs_has_files_without_figures() {
    let a = to_json(&TrackAResults::new(None, 0)).unwrap();
    let b = to_json(&TrackBResults::new(None)).unwrap();
    let read = read_any(&[("a", &a), ("b", &b)]).unwrap();
    assert_eq!((read.track_a, read.track_b), (None, None));
}

#[test]
fn files_that_do_not_belong_together_are_refused_by_name() {
    let [a, b] = files(&fixtures::result(3));
    let whole = write_result(&fixtures::result(3));
    for (texts, words) in [
        (vec![("a", &*a), ("b", &a)], "two files hold Track A"),
        (vec![("a", &a), ("b", &whole)], "b: a result file stands alone"),
        (vec![("a", &a), ("b", "{}")], "b: it is neither a result file"),
        (vec![("x", "nonsense")], "it is no result file: it is no JSON: line 1, column"),
        (vec![], "there is no figure in it"),
        (vec![("a", &a.replacen("0.", "9.", 1))], "is not between"),
        (vec![("b", &b.replacen("0.", "9.", 1))], "in one place and"),
        (vec![("a", &a.replace("\"SLIDE\"", "\"GLIDE\""))], "instead of \"SLIDE\""),
        (vec![("b", &b.replace("\"mixed\": ", "\"mixed\": 9"))], "taxonomy is"),
        (vec![("b", &b.replacen("\"dim\": ", "\"dim\": 9", 1))], "does not name every latent"),
    ] {
        let said = read_any(&texts).unwrap_err().to_string();
        assert!(said.contains(words), "{said:?} lacks {words:?}");
    }
    assert_eq!(combine(Vec::new(), "", ResultOrigin::default()), Err(ResultError::Empty));
}

#[test]
fn one_result_file_is_read_as_it_is() {
    let result = fixtures::result(4);
    assert_eq!(read_any(&[("x.json", &write_result(&result))]), Ok(result));
}
