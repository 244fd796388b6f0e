//! The card in words, for people who read files.

use std::fmt::Write;

use super::card::Card;
use super::card_tables::tables;
use crate::tables::thousands;

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
    use std::fs;
    use std::path::Path;

    use super::*;

    /// With `UPDATE_EXPECT=1` the words are written anew from the figures.
    #[test]
    fn the_bundled_card_says_what_its_figures_are() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/models");
        let figures = fs::read_to_string(folder.join("encoder.card.json")).unwrap();
        let card: Card = serde_json::from_str(&figures).unwrap();
        for (name, text) in [
            ("encoder.card.md", markdown(&card)),
            ("encoder.card.html", crate::tables::html(&tables(&card), &limits(&card))),
        ] {
            let path = folder.join(name);
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                fs::write(&path, &text).unwrap();
            }
            assert_eq!(fs::read_to_string(&path).unwrap(), text, "{name}");
        }
    }

    #[test]
    fn numbers_are_written_as_on_the_page() {
        assert_eq!([r3(-0.0142), r3(0.5)], ["\u{2212}0.014", "0.500"]);
    }
}
