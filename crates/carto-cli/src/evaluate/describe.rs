//! The card in words, for people who read files.

use std::fmt::Write;

use carto_types::AgreementClass;
use carto_types::crossval::Spectrum;

use super::card::Card;
use super::reconstruction::ChannelError;
use super::retrieval::{IdentificationScore, RetrievalScore};
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
        vec![name.to_owned(), rank, percent(score.hits_at_1)]
    };
    let random = format!("{:.3}", found.random);
    Some(Table {
        heading: "Finding the other map of a song",
        how: format!(
            "Each of {} held-out maps looks for another mapper’s map of its song among {:.0} \
             on average, by mean r over dimensions.",
            found.n_queries, found.mean_n_candidates,
        ),
        head: vec!["by", "mean reciprocal rank", "first answer right"],
        rows: vec![
            row("latents", &found.latents),
            row("nine channels", &found.channels),
            vec!["a random order".to_owned(), random, "–".to_owned()],
        ],
    })
}

fn identification(card: &Card) -> Option<Table> {
    let found = card.identification.as_ref()?;
    let row = |name: &str, top_1: f64, top_5: Option<f64>| {
        let top_5 = top_5.map_or("–".to_owned(), percent);
        vec![name.to_owned(), percent(top_1), top_5]
    };
    let scored =
        |name: &str, score: &IdentificationScore| row(name, score.top_1, Some(score.top_5));
    let n_dims = found.n_dims;
    Some(Table {
        heading: "Telling the mapper",
        how: format!(
            "{} maps of held-out songs by {} mappers, known from three or more other maps each; \
             nearest average of each latent’s mean and spread.",
            found.n_maps, found.n_mappers,
        ),
        head: vec!["from", "first answer", "first five"],
        rows: vec![
            scored(&format!("the {n_dims} latents that agree least"), &found.stylistic),
            scored(&format!("the {n_dims} latents that agree most"), &found.perceptual),
            scored("all latents", &found.all_latents),
            row("always the same mapper", found.majority, None),
            row("guessing", found.chance, Some((5.0 * found.chance).min(1.0))),
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
    let mut rows = vec![row("latents", latents)];
    rows.extend(card.channel_agreement.as_ref().map(|found| row("nine channels", found)));
    vec![Table {
        heading: "Where mappers agree",
        how: format!(
            "{} pairs of maps of {} held-out songs. Classes by the published bounds for latents: \
             perceptual above 0.3, stylistic below 0.05.",
            latents.n_pairs, latents.n_songs,
        ),
        head: vec!["", "highest mean r", "middle", "lowest", "perceptual / mixed / stylistic"],
        rows,
    }]
}

/// What it is not: said on the card and on the page.
pub(super) fn limits(card: &Card) -> [&'static str; 3] {
    let blur = match card.training.adversarial {
        None => WITHOUT_CRITIC,
        Some(_) => WITH_CRITIC,
    };
    [OTHER_ENCODER, blur, USUAL_MAPS]
}

const OTHER_ENCODER: &str = "It is not the published encoder: it was trained on other maps, is smaller, and its latents have \
     other numbers. Latents of two encoders cannot be compared by number.";
const WITHOUT_CRITIC: &str = "Its decoder does not hear the song, and it was trained without the published run’s \
     discriminator: it minimises squared error, which blurs what it is unsure of.";
const WITH_CRITIC: &str = "Its decoder does not hear the song, and the critic that it was trained against is smaller than \
     the published run’s discriminator and does not hear it either.";
const USUAL_MAPS: &str = "It knows osu!standard maps of the usual kind. Maps that leave the playfield by more than a \
     screen were left out of its training.";

/// The card as Markdown.
pub(super) fn markdown(card: &Card) -> String {
    let (data, encoder, training) = (&card.data, &card.encoder, &card.training);
    let mut text = String::from("# The bundled encoder\n\n");
    let _ = writeln!(
        text,
        "A variational autoencoder's encoder of the published family: {} hidden channels, {} latents, \
         {} parameters, {} bytes in float16. Trained by `carto train encoder`; this card is what \
         `carto evaluate` writes from the files beside it.\n",
        encoder.hidden_dim,
        encoder.n_latent_dims,
        thousands(encoder.n_parameters),
        thousands(encoder.n_bytes as usize),
    );
    let _ = writeln!(
        text,
        "- **Data**: {} osu!standard maps of {} songs by {} mappers, {} frames of 5.98 ms; {} maps to \
         learn from, {} maps of {} songs held out, among them all {} songs of two mappers or more.\n\
         - **Training**: {} steps of {} crops of {} frames, Adam with a highest learning rate of {}, \
         seed {}; squared error with a weight of {} on ONSET, and {} times the divergence. All of it: \
         `encoder.train.json`.\n\
         - **Latents**: {} of {} in use (0.1 nats or more), {:.1} nats a column together.\n\
         - **Weights**: sha256 `{}`.\n",
        thousands(data.n_maps),
        data.n_songs,
        data.n_mappers,
        thousands(data.n_frames),
        data.n_training_maps,
        data.n_held_out_maps,
        data.n_held_out_songs,
        data.n_held_out_shared_songs,
        training.n_steps,
        training.batch_len,
        training.crop_frames,
        training.learning_rate,
        training.seed,
        training.channel_weights[0],
        training.kl_factor,
        card.n_active(),
        card.latents.len(),
        card.kl(),
        encoder.weights_sha256,
    );
    for table in tables(card) {
        text.push_str(&table.markdown());
    }
    text.push_str("## Latents\n\n| latent | nats a column | mean r | class |\n|---|---|---|---|\n");
    for latent in &card.latents {
        let mean = latent.pearson_mean.map_or("–".to_owned(), r3);
        let class = latent.class.as_deref().unwrap_or("–");
        let _ = writeln!(text, "| {} | {:.2} | {mean} | {class} |", latent.dim, latent.kl);
    }
    text.push_str(
        "\n![Loss and error while training](encoder.curves.svg)\n\n## What it is not\n\n",
    );
    for limit in limits(card) {
        let _ = writeln!(text, "- {limit}");
    }
    text
}

/// Three decimals and a true minus sign.
fn r3(r: f64) -> String {
    format!("{r:.3}").replace('-', "\u{2212}")
}

/// The card in a line, for a terminal.
pub(super) fn summary(card: &Card) -> String {
    let onsets = &card.reconstruction.onsets;
    let rank = card
        .retrieval
        .as_ref()
        .map_or("–".to_owned(), |found| format!("{:.3}", found.latents.mean_reciprocal_rank));
    format!(
        "onsets F = {:.4} (precision {:.4}, recall {:.4}); {} of {} latents in use; \
         mean reciprocal rank {rank}",
        onsets.f_measure,
        onsets.precision,
        onsets.recall,
        card.n_active(),
        card.latents.len(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_on_the_page() {
        assert_eq!([r3(-0.0142), r3(0.5)], ["\u{2212}0.014", "0.500"]);
    }
}
