//! What a reader fills in.

use carto_types::SignalChannel;
use carto_types::{
    Backend, ChannelSummary, EncoderFacts, EncoderOrigin, HeldOut, HeldOutDim, LatentClass,
    LatentSummary, Synthesis, TrackA, TrackB,
};

use crate::statistics::{Matrices, synthesis_of};

pub(super) fn backend() -> Backend {
    Backend::Cpu { instructions: String::new(), reason: None }
}

pub(super) fn encoder() -> EncoderFacts {
    EncoderFacts {
        name: String::new(),
        origin: EncoderOrigin::Bundled,
        weights_sha256: String::new(),
        hidden_dim: 0,
        n_latent_dims: 0,
        frames_per_latent: 0,
        n_parameters: 0,
        note: None,
        is_untrained: false,
    }
}

pub(super) fn track_a() -> TrackA {
    let channel = |channel: SignalChannel| ChannelSummary {
        name: channel.name().to_owned(),
        pearson_mean: 0.0,
        pearson_std: 0.0,
        mad_mean: 0.0,
        mad_std: 0.0,
        cosine_mean: 0.0,
        cosine_std: 0.0,
        n_pairs: 0,
    };
    TrackA {
        channels: SignalChannel::ALL.map(channel).to_vec(),
        cosine_mean: 0.0,
        cosine_std: 0.0,
        songs_analyzed: 0,
        pairs_compared: 0,
    }
}

pub(super) fn track_b() -> TrackB {
    TrackB {
        dims: Vec::new(),
        ranking: Vec::new(),
        cosine_mean: 0.0,
        cosine_std: 0.0,
        cosines: Vec::new(),
        songs_analyzed: 0,
        pairs_compared: 0,
    }
}

pub(super) fn latent() -> LatentSummary {
    LatentSummary {
        dim: 0,
        pearson_mean: 0.0,
        pearson_std: 0.0,
        cosine_mean: 0.0,
        cosine_std: 0.0,
        between_var_mean: 0.0,
        n_pairs: 0,
        class: LatentClass::Stylistic,
    }
}

pub(super) fn synthesis() -> Synthesis {
    synthesis_of(Matrices::default(), 0)
}

pub(super) fn held_out() -> HeldOut {
    HeldOut {
        description: String::new(),
        checkpoint: String::new(),
        dims: Vec::new(),
        ranking: Vec::new(),
        cosine_mean: 0.0,
        cosine_std: 0.0,
        n_songs: 0,
        n_pairs: 0,
    }
}

pub(super) fn held_out_dim() -> HeldOutDim {
    HeldOutDim { dim: 0, pearson_mean: 0.0, pearson_std: 0.0, n_pairs: 0 }
}
