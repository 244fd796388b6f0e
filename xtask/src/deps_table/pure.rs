//! Crates that are functions of their arguments.

use super::rule::{BROWSER, MODELS, PURE, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        package: "carto-types",
        only: Some(&["libm", "postcard", "serde", "serde_json"]),
        never: &[BROWSER, &["carto-*", "getrandom", "burn*"]],
        on_wasm: true,
        why: "the data model that every crate computes on: plain data and total functions; postcard for \
              what the page hands on unread",
    },
    Rule {
        package: "carto-charts",
        only: Some(&["carto-types"]),
        never: &[PURE],
        on_wasm: true,
        why: "what a chart shows, drawn by the page and as pictures: no pixel, colour or browser, \
              and small, since the page links it",
    },
    Rule {
        package: "carto-random",
        only: Some(&["libm", "sha2"]),
        never: &[&["carto-*", "getrandom", "rand"]],
        on_wasm: true,
        why: "seeds in, numbers out: what is drawn never depends on anything else",
    },
    Rule {
        package: "carto-beatmap",
        only: Some(&["carto-types", "libm", "rosu-map", "thiserror"]),
        never: &[PURE],
        on_wasm: true,
        why: "a function of its arguments: no I/O, clock, log, browser or unseeded randomness",
    },
    Rule {
        package: "carto-agreement",
        only: Some(&["carto-beatmap", "carto-types"]),
        never: &[PURE],
        on_wasm: true,
        why: "series in, figures out, in one order of summation",
    },
    Rule {
        package: "carto-evidence",
        only: Some(&[
            "carto-agreement",
            "carto-beatmap",
            "carto-random",
            "carto-types",
            "libm",
            "thiserror",
        ]),
        never: &[PURE],
        on_wasm: true,
        why: "maps in, evidence out: the page and the command get the same figures, so nothing is \
              drawn at random but pairs of known truth, from a seed; how maps are read and onsets \
              and series compared is not its own",
    },
    Rule {
        package: "carto-song",
        only: Some(&[
            "carto-agreement",
            "carto-beatmap",
            "carto-evidence",
            "carto-types",
            "thiserror",
        ]),
        never: &[PURE],
        on_wasm: true,
        why: "two maps in, what a song's page and `carto song` show of them out: lag, r and what both \
              share are the evidence's, so the same figures stand in a run and here",
    },
    Rule {
        package: "carto-playfield",
        // The reader of maps only behind a feature, which the view does without.
        only: Some(&["carto-beatmap", "carto-types"]),
        never: &[PURE],
        on_wasm: true,
        why: "a map in, what osu! draws of it out, and what of that is visible when: the page asks \
              for the second at every frame, and reads no map",
    },
    Rule {
        package: "carto-features",
        only: Some(&[
            "carto-archive",
            "carto-beatmap",
            "carto-types",
            "libm",
            "md-5",
            "rosu-pp",
            "thiserror",
        ]),
        never: &[PURE],
        on_wasm: true,
        why: "bytes of a map in, numbers and tables out; rosu-pp and archives behind features",
    },
    Rule {
        package: "carto-mapper",
        only: Some(&["carto-beatmap", "carto-evidence", "carto-features", "carto-types"]),
        never: &[PURE],
        on_wasm: true,
        why: "maps and their features in, the differences of a mapper out: which maps are compared is \
              the plan's, and intervals and tests are those of the evidence",
    },
    Rule {
        package: "carto-demo",
        only: Some(&["carto-random", "libm"]),
        never: &[PURE],
        on_wasm: true,
        why: "a seed in, files out: the same bytes everywhere",
    },
    Rule {
        package: "carto-evaluation",
        only: Some(&["carto-agreement", "carto-beatmap", "carto-types", "libm"]),
        never: &[PURE],
        on_wasm: false,
        why: "measures latents and reconstructions that others made",
    },
    Rule {
        package: "carto-archive",
        only: None,
        never: &[
            BROWSER,
            MODELS,
            &["getrandom", "tokio", "rayon", "burn*", "carto-figures", "carto-protocol", "leptos"],
        ],
        on_wasm: true,
        why: "reads over any source of bytes, so it knows neither the browser nor the disk",
    },
    Rule {
        package: "carto-audio",
        only: Some(&["carto-archive", "carto-types", "libm", "symphonia", "thiserror"]),
        // symphonia logs, so what no function of its arguments needs is listed without `log`.
        never: &[BROWSER, &["getrandom", "rand", "rayon", "tokio", "tracing", "burn*"]],
        on_wasm: true,
        why: "bytes of two recordings in, their lag out; of carto-archive it has what skips tags. It \
              has the decoders, so whoever does not listen goes without it, which all but one of the \
              page's workers are",
    },
    Rule {
        package: "carto-dataset",
        only: Some(&[
            "carto-features",
            "carto-random",
            "carto-types",
            "csv",
            "flate2",
            "serde",
            "serde_json",
            "thiserror",
        ]),
        never: &[BROWSER, &["getrandom", "rand", "rayon", "burn*"]],
        on_wasm: true,
        why: "tables from bytes: no file system, network, clock or model",
    },
    Rule {
        package: "carto-testkit",
        only: Some(&["fastrand", "flate2", "serde_json"]),
        never: &[&["carto-*"]],
        on_wasm: false,
        why: "for tests alone",
    },
];
