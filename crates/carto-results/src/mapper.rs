//! The files of a mapper's fingerprint, for the page and the command alike.

use carto_charts::MapperChart;
use carto_figures::{FigureError, svg};
use carto_types::{MapperFingerprint, MapperReport, OutputFile};

use crate::tables::mapper;

/// The tables of a mapper and all numbers as JSON: `fingerprint.csv`, `typical.csv` and, where
/// another mapper is named, `head_to_head.csv`; `mapper.json`, which has the layout
/// [`MAPPER_FORMAT`](carto_types::MAPPER_FORMAT).
#[must_use]
pub fn mapper_files(report: &MapperReport) -> Vec<OutputFile> {
    let head_to_head = report.head_to_head.as_ref();
    // The writer fails on maps whose keys are no strings: there are no maps here.
    let json = serde_json::to_string(report).unwrap_or_default() + "\n";
    let mut files = vec![
        OutputFile::new("fingerprint.csv", mapper::dimensions(&report.fingerprint)),
        OutputFile::new("typical.csv", mapper::typical(&report.fingerprint)),
        OutputFile::new("mapper.json", json),
    ];
    files.extend(
        head_to_head.map(|found| OutputFile::new("head_to_head.csv", mapper::dimensions(found))),
    );
    files
}

/// The figures of a mapper, each with its file's name: `mapper.svg` and, where another mapper is
/// named, `head_to_head.svg`.
#[must_use]
pub fn mapper_figures(report: &MapperReport) -> Vec<(&'static str, Result<String, FigureError>)> {
    let figure = |found: &MapperFingerprint| {
        svg(&MapperChart::new(found).with_encoder(report.encoder.as_ref()))
    };
    let mut figures = vec![("mapper.svg", figure(&report.fingerprint))];
    let head_to_head = report.head_to_head.as_ref();
    figures.extend(head_to_head.map(|found| ("head_to_head.svg", figure(found))));
    figures
}

#[cfg(test)]
mod tests {
    use carto_types::{
        DifferenceVerdict, DimensionDifference, DimensionGroup, EncoderFacts, Estimate, ExampleMap,
        Interval, MeanOverSongs, SongSigns, StarsApart, TypicalDimension,
    };

    use super::*;

    fn report() -> MapperReport {
        let interval = Some(Interval { se: 0.1, low: 0.25, high: 0.75 });
        let estimate = Some(Estimate { value: 0.5, interval });
        let dimension = DimensionDifference {
            group: DimensionGroup::Channel,
            name: "CLAP".to_owned(),
            difference: MeanOverSongs {
                n_songs: 12,
                n_pairs: 13,
                mean: Some(0.5),
                interval,
                ..MeanOverSongs::default()
            },
            signs: SongSigns { n_above: 10, n_below: 1, n_equal: 1 },
            q_value: Some(0.01),
            at_equal_stars: estimate,
            spread: Some(1.0),
            standardised: estimate,
            verdict: DifferenceVerdict::Higher,
            why_undetermined: None,
        };
        let map = |mapper: &str, value| ExampleMap {
            map_idx: 0,
            mapper: mapper.to_owned(),
            version: "=Insane".to_owned(),
            star_rating: Some(4.5),
            value,
        };
        let example = carto_types::DifferenceExample {
            song_idx: 3,
            title: "One, two".to_owned(),
            artist: "Nobody".to_owned(),
            own: map("Ann", 1.0),
            other: map("Bea", 0.0),
            difference: 1.0,
            moments_ms: vec![61_234.5, 1000.0],
        };
        let found = MapperFingerprint {
            mapper: "Ann".to_owned(),
            against: None,
            n_songs: 12,
            n_maps: 12,
            stars: StarsApart::default(),
            dimensions: vec![dimension],
            typical: vec![TypicalDimension { dimension_idx: 0, examples: vec![example] }],
        };
        let against = MapperFingerprint {
            against: Some("Bea".to_owned()),
            typical: Vec::new(),
            ..found.clone()
        };
        MapperReport::new(found, Some(against))
    }

    fn lines<'a>(files: &'a [OutputFile], name: &str) -> Vec<&'a str> {
        let file = files.iter().find(|file| file.name == name).unwrap();
        file.text.split_terminator("\r\n").collect()
    }

    #[test]
    fn tables_have_a_cell_for_every_head_and_no_formulas() {
        let files = mapper_files(&report());
        assert_eq!(
            lines(&files, "fingerprint.csv")[1],
            "channel,CLAP,12,13,0.5,0.1,0.25,0.75,,,0.01,higher,,10,1,1,1.0,0.5,0.25,0.75,0.5,0.25,0.75"
        );
        let typical = lines(&files, "typical.csv");
        assert_eq!(
            typical[1],
            "1,channel,CLAP,higher,0.5,\"One, two\",Nobody,'=Insane,4.5,1.0,Bea,'=Insane,4.5,0.0,1.0,\
             61234.5;1000.0"
        );
        for name in ["fingerprint.csv", "head_to_head.csv"] {
            let rows = lines(&files, name);
            assert_eq!(rows[0].split(',').count(), rows[1].split(',').count(), "{name}");
        }
        assert_eq!(typical[0].split(',').count() + 1, typical[1].split(',').count());
    }

    #[test]
    fn the_report_is_read_again_as_it_was() {
        let report = report();
        let files = mapper_files(&report);
        let json = files.iter().find(|file| file.name == "mapper.json").unwrap();
        assert_eq!(serde_json::from_str::<MapperReport>(&json.text).unwrap(), report);
        assert!(json.text.starts_with("{\"format\":\"carto-mapper/1\""));
        let encoder = EncoderFacts { name: "a.safetensors".to_owned(), ..EncoderFacts::default() };
        let with_latents = MapperReport { encoder: Some(encoder), ..report.clone() };
        for (name, figure) in mapper_figures(&with_latents) {
            assert!(figure.unwrap().contains("Encoder: a.safetensors."), "{name}");
        }
        let alone = MapperReport { head_to_head: None, ..report.clone() };
        assert_eq!((mapper_files(&alone).len(), mapper_figures(&alone).len()), (3, 1));
        for (name, figure) in mapper_figures(&report) {
            assert!(figure.unwrap().starts_with("<svg"), "{name}");
        }
    }
}
