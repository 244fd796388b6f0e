use carto_types::crossval::Spectrum;
use carto_types::{AgreementClass, Interval};

use super::card::Card;
use super::identification::{IdentificationFacts, IdentificationScore};
use super::reconstruction::ChannelError;
use super::retrieval::{RetrievalFacts, RetrievalScore};
use crate::tables::{Table, thousands};

/// The tables of a card, which words and page share.
pub(super) fn tables(card: &Card) -> Vec<Table> {
    let mut tables = vec![kept(card)];
    tables.extend(retrieval(card));
    tables.extend(identification(card));
    tables.extend(agreement(card));
    tables
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// Cards of earlier versions have no intervals.
const INTERVALS: &str = " Intervals are of 95 %, with errors clustered by song.";

/// Two numbers after a value: ` (0.61 to 0.75)`.
fn range(interval: Option<Interval>, number: impl Fn(f64) -> String) -> String {
    interval.map_or_else(String::new, |it| format!(" ({} to {})", number(it.low), number(it.high)))
}

/// A share with its interval, in percent.
fn percent_range(share: f64, interval: Option<Interval>) -> String {
    percent(share) + &range(interval, |share| format!("{:.1}", 100.0 * share.clamp(0.0, 1.0)))
}

fn kept(card: &Card) -> Table {
    let onsets = &card.reconstruction.onsets;
    let row = |channel: &ChannelError| {
        let kept = 1.0 - channel.mse / channel.variance;
        vec![channel.name.clone(), format!("{:.4}", channel.mse), percent(kept)]
    };
    Table {
        heading: "What it keeps",
        how: format!(
            "{} maps of {} songs that it was not trained on, encoded to means and decoded again. \
             Of {} onsets, F = {:.3} within {} ms (precision {:.3}, recall {:.3}); the middle map has \
             {:.3}, one map in ten less than {:.3}.",
            card.reconstruction.n_maps,
            card.data.n_held_out_songs,
            thousands(onsets.n_expected),
            onsets.f_measure,
            onsets.tolerance_ms,
            onsets.precision,
            onsets.recall,
            onsets.of_maps[2],
            onsets.of_maps[1],
        ),
        head: vec!["channel", "mean squared error", "variance kept"],
        rows: card.reconstruction.channels.iter().map(row).collect(),
    }
}

fn retrieval(card: &Card) -> Option<Table> {
    let found = card.retrieval.as_ref()?;
    let row = |name: &str, score: &RetrievalScore| {
        let rank = format!("{:.3}", score.mean_reciprocal_rank);
        vec![
            name.to_owned(),
            rank + &range(score.reciprocal_rank_interval, |rank| format!("{rank:.3}")),
            percent_range(score.hits_at_1, score.hits_interval),
        ]
    };
    let random = format!("{:.3}", found.random);
    let aligned = card.aligned_retrieval.as_ref();
    let mut rows = Vec::new();
    if let Some(aligned) = aligned {
        rows.push(row("latents, aligned", &aligned.latents));
        rows.push(row("nine channels, aligned", &aligned.channels));
    }
    rows.push(row("latents, as is", &found.latents));
    rows.push(row("nine channels, as is", &found.channels));
    rows.push(vec!["a random order".to_owned(), random, "–".to_owned()]);
    let alignment = match aligned {
        Some(_) => {
            "Aligned: every two maps of one tempo, of one song or not, are laid on one \
                    another by their timing points first. As is: from the start."
        }
        None => {
            "Maps are compared from the start, not aligned: pairs whose audio files begin at \
                 different times are missed by both."
        }
    };
    Some(Table {
        heading: "Finding the other map of a song",
        how: format!(
            "Each of {} held-out maps looks for another mapper’s map of its song among {:.0} \
             on average, by mean r over dimensions.{}{} {alignment}",
            found.n_queries,
            found.mean_n_candidates,
            winner(aligned.unwrap_or(found)),
            if found.difference.is_some() { INTERVALS } else { "" },
        ),
        head: vec!["by", "mean reciprocal rank", "first answer right"],
        rows,
    })
}

/// Which of the two searches is better, as a sentence after another; empty where that was not
/// measured.
fn winner(found: &RetrievalFacts) -> String {
    let Some(difference) = found.difference else { return String::new() };
    let number = |value: f64| format!("{value:+.3}").replace('-', "\u{2212}");
    let figures = number(difference.value) + &range(difference.interval, number);
    let who = match difference.interval {
        Some(it) if it.low > 0.0 => "Latents find it better than the nine channels",
        Some(it) if it.high < 0.0 => {
            "Latents find it worse than the nine channels that they are made of"
        }
        _ => "Neither latents nor the nine channels are clearly better",
    };
    format!(" {who}: latents less channels, the mean reciprocal rank differs by {figures}.")
}

/// What the scores say beside always naming one mapper, as a sentence.
fn told(found: &IdentificationFacts) -> &'static str {
    let scores = [&found.stylistic, &found.perceptual, &found.all_latents];
    let is_above = |score: &&IdentificationScore| {
        score.top_1_interval.is_some_and(|it| it.low > found.majority)
    };
    if scores.iter().any(is_above) {
        "At least one choice of latents tells more than always naming the mapper of the most maps."
    } else {
        "No choice of latents tells more than always naming the mapper of the most maps, so this \
         shows nothing of style."
    }
}

fn identification(card: &Card) -> Option<Table> {
    let found = card.identification.as_ref()?;
    let row = |name: &str, top_1: String, top_5: Option<f64>, balanced: Option<f64>| {
        let [top_5, balanced] =
            [top_5, balanced].map(|share| share.map_or("–".to_owned(), percent));
        vec![name.to_owned(), top_1, top_5, balanced]
    };
    let scored = |name: &str, score: &IdentificationScore| {
        let top_1 = percent_range(score.top_1, score.top_1_interval);
        row(name, top_1, Some(score.top_5), score.balanced_top_1)
    };
    let n_dims = found.n_dims;
    let majority = percent_range(found.majority, found.majority_interval);
    let balanced = (found.n_asked_mappers > 0).then(|| 1.0 / found.n_asked_mappers as f64);
    let chosen = match found.is_chosen_on_other_songs {
        true => {
            "Latents are chosen on one half of the held-out songs and asked about the other, \
                 then the other way round"
        }
        false => {
            "Latents are chosen on the held-out songs that are then asked about, which \
                  favours the choice"
        }
    };
    Some(Table {
        heading: "Telling the mapper",
        how: format!(
            "{} maps of held-out songs by {} mappers, known from three or more other maps each; \
             nearest average of each latent’s mean and spread. {chosen}.{} Balanced: each mapper \
             counts the same. {}",
            found.n_maps,
            found.n_mappers,
            if found.majority_interval.is_some() { INTERVALS } else { "" },
            told(found),
        ),
        head: vec!["from", "first answer", "first five", "first answer, balanced"],
        rows: vec![
            scored(&format!("the {n_dims} latents that agree least"), &found.stylistic),
            scored(&format!("the {n_dims} latents that agree most"), &found.perceptual),
            scored("all latents", &found.all_latents),
            row("always the same mapper", majority, None, balanced),
            row(
                "guessing",
                percent(found.chance),
                Some((5.0 * found.chance).min(1.0)),
                Some(found.chance),
            ),
        ],
    })
}

fn agreement(card: &Card) -> Vec<Table> {
    let row = |name: &str, found: &Spectrum| {
        let text =
            |rank: usize| found.at_rank(rank).map_or("–".to_owned(), |r| format!("{r:.3}"));
        let n = found.ranking.len();
        vec![
            name.to_owned(),
            text(0),
            text(n / 2),
            text(n.saturating_sub(1)),
            AgreementClass::ALL.map(|class| found.n_of(class).to_string()).join(" / "),
        ]
    };
    let Some(latents) = &card.agreement else { return Vec::new() };
    let head = vec!["", "highest mean r", "middle", "lowest", "perceptual / mixed / stylistic"];
    if let Some(found) = &card.aligned_agreement {
        return vec![Table {
            heading: "Where mappers agree",
            how: format!(
                "{} pairs of maps of {} held-out songs; of each mapper the map with the highest \
                 overall difficulty, as in the study. As is: from the start. Aligned: {} pairs, by \
                 their timing points; {} are of another tempo or version, or have no known lag. \
                 Lengths end with the maps, without audio. Classes by the published bounds for \
                 latents: perceptual above 0.3, stylistic below 0.05. What a shared grid gives is \
                 not subtracted.",
                found.latents_as_is.n_pairs,
                found.latents_as_is.n_songs,
                found.n_aligned,
                found.n_left_out,
            ),
            head,
            rows: vec![
                row("latents, aligned", &found.latents),
                row("nine channels, aligned", &found.channels),
                row("latents, as is", &found.latents_as_is),
                row("nine channels, as is", &found.channels_as_is),
            ],
        }];
    }
    let mut rows = vec![row("latents", latents)];
    rows.extend(card.channel_agreement.as_ref().map(|found| row("nine channels", found)));
    vec![Table {
        heading: "Where mappers agree",
        how: format!(
            "{} pairs of maps of {} held-out songs. Classes by the published bounds for latents: \
             perceptual above 0.3, stylistic below 0.05. For each mapper of a song stands the \
             first map in the order of files, and maps are compared from the start, without audio \
             and not aligned: these means cannot be held against those of Track A, and are lower \
             than those of aligned maps.",
            latents.n_pairs, latents.n_songs,
        ),
        head,
        rows,
    }]
}

#[cfg(test)]
mod tests {
    use carto_types::Estimate;

    use super::*;

    #[test]
    fn who_finds_more_is_said_where_the_interval_says_it() {
        let score = RetrievalScore {
            mean_reciprocal_rank: 0.5,
            reciprocal_rank_interval: None,
            hits_at_1: 0.5,
            hits_interval: None,
        };
        let found = |difference| RetrievalFacts {
            n_queries: 9,
            mean_n_candidates: 9.0,
            latents: score.clone(),
            channels: score.clone(),
            difference,
            random: 0.1,
        };
        let said = |value, low, high| {
            let interval = Some(Interval { se: 0.03, low, high });
            winner(&found(Some(Estimate { value, interval })))
        };
        assert_eq!(
            said(-0.088, -0.15, -0.02),
            " Latents find it worse than the nine channels that they are made of: latents less \
             channels, the mean reciprocal rank differs by \u{2212}0.088 (\u{2212}0.150 to \
             \u{2212}0.020)."
        );
        assert!(said(0.1, 0.05, 0.15).contains("Latents find it better"));
        assert!(said(0.1, -0.05, 0.25).contains("Neither"));
        assert_eq!(winner(&found(None)), "");
    }
}
