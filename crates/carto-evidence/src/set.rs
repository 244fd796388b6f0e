use carto_types::{
    AlignmentClass, BarAgreement, EvidenceFloor, EvidenceTable, EvidenceTableKind,
    OtherSongAgreement, PairEvidence, PairKind, SetEvidence, SignalChannel,
};

use crate::counts::is_possible_copy;
use crate::dimension::{Dimension, DimensionPair, TableRules, evidence_of_table};

/// One pair of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SetPair<'a> {
    /// The number of the pair's song: the same in all kinds of pairs.
    pub song_idx: u32,
    /// Which two maps it is.
    pub kind: PairKind,
    /// What was found of it.
    pub evidence: &'a PairEvidence,
}

/// What all pairs of a run say together: every table of channels, and which pairs are behind it.
///
/// Figures at lag 0 are of all pairs; the others of those that are aligned. The floor is from
/// other songs if any pair of two mappers and two sets was held against such, else from shifts
/// by whole bars.
///
/// - `has_p_values`: whether means are tested against 0, which takes seconds between 34 and 40
///   songs
#[must_use]
pub fn evidence_of_set(pairs: &[SetPair<'_>], has_p_values: bool) -> SetEvidence {
    let mut found = SetEvidence::default();
    let has_others =
        |pair: &SetPair<'_>| pair.kind == PairKind::Cross && !pair.evidence.other_songs.is_empty();
    if pairs.iter().any(has_others) {
        found.floor = EvidenceFloor::OtherSongs;
    }
    for pair in pairs {
        let span = pair.evidence.aligned.as_ref();
        let is_copy = span.is_some_and(|span| is_possible_copy(span.log_ratio, span.equal_onsets));
        found.counts.get_mut(pair.kind).add(pair.evidence.class, span.is_some(), is_copy);
    }
    let table = |kind: EvidenceTableKind| {
        let dimension = |column: Column| dimension_of(kind, &column, pairs);
        let dimensions: Vec<Dimension> =
            columns(kind, found.floor).into_iter().map(dimension).collect();
        EvidenceTable {
            kind,
            dimensions: evidence_of_table(rules(kind, has_p_values), &dimensions),
        }
    };
    found.tables = EvidenceTableKind::ALL.map(table).into();
    found
}

fn dimension_of(kind: EvidenceTableKind, column: &Column, pairs: &[SetPair<'_>]) -> Dimension {
    use EvidenceTableKind::{AsIsR, PublishedR};
    let is_as_is = matches!(kind, PublishedR | AsIsR);
    let is_in = |pair: &&SetPair<'_>| {
        is_as_is
            || (pair.evidence.class == AlignmentClass::Aligned && pair.evidence.aligned.is_some())
    };
    let in_dimension = |pair: &SetPair<'_>| {
        let (value, floor) = ((column.value)(pair.evidence), (column.floor)(pair.evidence));
        DimensionPair::new((pair.song_idx, pair.kind), pair.evidence, is_as_is, value, floor)
    };
    Dimension {
        name: column.name.to_owned(),
        is_copied_in_sets: column.is_copied_in_sets,
        pairs: pairs.iter().filter(is_in).map(in_dimension).collect(),
    }
}

fn rules(kind: EvidenceTableKind, has_p_values: bool) -> TableRules {
    use EvidenceTableKind::{
        BarShiftExcess, BarsR, PermutedBarsExcess, Phi, PhiObjectBars, Placing,
    };
    TableRules {
        has_verdicts: matches!(kind, BarShiftExcess | PermutedBarsExcess | Phi | PhiObjectBars),
        has_floor: matches!(kind, BarsR | Phi | Placing),
        has_p_values,
    }
}

/// What a pair has in one dimension.
type Pick = Box<dyn Fn(&PairEvidence) -> Option<f64>>;

/// One dimension of a table: where its values stand in the evidence of a pair.
struct Column {
    name: &'static str,
    is_copied_in_sets: bool,
    value: Pick,
    floor: Pick,
}

fn columns(kind: EvidenceTableKind, floor: EvidenceFloor) -> Vec<Column> {
    use EvidenceTableKind as Kind;
    use SignalChannel as Channel;
    let all = &Channel::ALL[..];
    let events = &Channel::EVENTS[..];
    match kind {
        Kind::PublishedR => channels(all, |channel, pair| *pair.r_published.get(channel)),
        Kind::AsIsR => channels(all, |channel, pair| *pair.as_is.as_ref()?.r.get(channel)),
        Kind::AlignedR => channels(all, |channel, pair| *pair.aligned.as_ref()?.r.get(channel)),
        Kind::BarsR => {
            let of_other = |channel, other: &OtherSongAgreement| *other.pearson_bars.get(channel);
            let of_shifts = |channel, bars: &BarAgreement| {
                bars.pearson_bars.get(channel).as_ref().map(|found| found.null_mean)
            };
            with_floor(on_bars(|bars| bars.r), floor, of_other, of_shifts)
        }
        Kind::BarShiftMean => on_bars(|bars| bars.null_mean),
        Kind::BarShiftExcess => on_bars(|bars| bars.excess),
        Kind::PermutedBarsExcess => on_bars(|bars| bars.within8_excess),
        Kind::Phi => {
            let phi = channels(events, |channel, pair| {
                Some(pair.on_bars.as_ref()?.phi.get(channel)?.as_ref()?.r)
            });
            let of_shifts =
                |channel, bars: &BarAgreement| bars.phi.get(channel)?.as_ref()?.null_mean;
            with_floor(phi, floor, |channel, other| *other.phi.get(channel)?, of_shifts)
        }
        Kind::PhiObjectBars => channels(&events[1..], |channel, pair| {
            Some(pair.on_bars.as_ref()?.phi_object_bars.get(channel)?.as_ref()?.r)
        }),
        Kind::OnsetF => vec![
            column("F25", |pair| Some(pair.aligned.as_ref()?.f25)),
            column("F50", |pair| Some(pair.aligned.as_ref()?.f50)),
            column("F70", |pair| Some(pair.aligned.as_ref()?.f70)),
        ],
        Kind::BarsF => vec![
            column("F", |pair| Some(pair.on_bars.as_ref()?.f50_bars?.f)),
            column("CHANCE", |pair| Some(pair.on_bars.as_ref()?.f50_bars?.chance)),
            column("EXCESS", |pair| Some(pair.on_bars.as_ref()?.f50_bars?.excess)),
        ],
        Kind::Placing => {
            let all = vec![
                column("SPACING", |pair| pair.aligned.as_ref()?.spacing),
                column("SPACING GIVEN GAP", |pair| pair.aligned.as_ref()?.spacing_given_gap),
                column("TURN", |pair| pair.aligned.as_ref()?.turn),
            ];
            // A shared grid says nothing of places.
            all.into_iter()
                .map(|column| Column { floor: Box::new(|_| Some(0.0)), ..column })
                .collect()
        }
        // Those are no part of a pair's signals: `latent_tables` makes them.
        Kind::LatentAsIsR
        | Kind::LatentBarsR
        | Kind::LatentBarShiftMean
        | Kind::LatentBarShiftExcess
        | Kind::LatentPermutedBarsExcess
        | Kind::LatentColumns
        | Kind::LatentEffectiveShare => Vec::new(),
    }
}

fn column(name: &'static str, value: impl Fn(&PairEvidence) -> Option<f64> + 'static) -> Column {
    let floor = Box::new(|_: &PairEvidence| None);
    Column { name, is_copied_in_sets: false, value: Box::new(value), floor }
}

/// One dimension for each of some channels.
fn channels(
    channels: &[SignalChannel],
    value: impl Fn(SignalChannel, &PairEvidence) -> Option<f64> + Copy + 'static,
) -> Vec<Column> {
    use SignalChannel::{Clap, Finish, Whistle};
    let of_channel = |&channel: &SignalChannel| {
        let is_copied_in_sets = matches!(channel, Whistle | Finish | Clap);
        let column = column(channel.name(), move |pair| value(channel, pair));
        Column { is_copied_in_sets, ..column }
    };
    channels.iter().map(of_channel).collect()
}

/// One dimension a channel, of r on bars.
fn on_bars(value: impl Fn(carto_types::BarPearson) -> f64 + Copy + 'static) -> Vec<Column> {
    channels(&SignalChannel::ALL, move |channel, pair| {
        pair.on_bars.as_ref()?.pearson_bars.get(channel).map(value)
    })
}

/// The columns with their floor.
///
/// - `of_other`: the value of A with a map of another song, of which the mean counts
/// - `of_shifts`: the mean over shifts by whole bars
fn with_floor(
    columns: Vec<Column>,
    floor: EvidenceFloor,
    of_other: impl Fn(SignalChannel, &OtherSongAgreement) -> Option<f64> + Copy + 'static,
    of_shifts: impl Fn(SignalChannel, &BarAgreement) -> Option<f64> + Copy + 'static,
) -> Vec<Column> {
    let with_floor = |column: Column| {
        let channel = SignalChannel::named(column.name);
        let floor = move |pair: &PairEvidence| {
            if floor == EvidenceFloor::BarShifts {
                return of_shifts(channel?, pair.on_bars.as_ref()?);
            }
            let of_other = |other: &OtherSongAgreement| of_other(channel?, other);
            let values: Vec<f64> = pair.other_songs.iter().filter_map(of_other).collect();
            (!values.is_empty()).then(|| crate::song_values::mean(&values))
        };
        Column { floor: Box::new(floor), ..column }
    };
    columns.into_iter().map(with_floor).collect()
}
