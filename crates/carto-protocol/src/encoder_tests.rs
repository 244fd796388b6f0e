use carto_types::{DeviceChoice, LatentMeans, LatentSpan, SongLatentMeans, SongLatents};

use super::*;
use crate::tests::{cpu, decoded, extracted_set, issue, progresses, replies, song};

#[test]
fn calls_of_an_encoder_for_one_song_and_for_mappers_come_back_as_they_were() {
    let call = EncodeStrips {
        first_frame: 7,
        signals: [vec![0.5; 18], vec![-1.0; 18]],
        weights_sha256: "00".into(),
        device: DeviceChoice::Cpu,
    };
    assert_eq!(decoded(&call), EncoderRequest::EncodeStrips(call.clone()));
    progresses(&call, &TileDone { n_latents_done: 3, n_latents: 6 });
    let span = LatentSpan { columns: 60, r: vec![Some(0.5), None] };
    let latents = SongLatents { first_frame: 7, song: span.clone(), ..SongLatents::default() };
    replies(&call, &Ok(EncodedStrips { latents, key: "ab".into(), backend: cpu() }));
    replies(&call, &Err("the latents are no numbers".into()));

    let call = LatentsOfStretch { key: "ab".into(), from_ms: -3.5, to_ms: 12_000.0 };
    assert_eq!(decoded(&call), EncoderRequest::LatentsOfStretch(call.clone()));
    replies(&call, &Ok(span));
    replies(&call, &Err("they are not here any more".into()));

    let call = MeasureLatents {
        song: song(),
        sources: vec![extracted_set()],
        weights_sha256: "00".into(),
        device: DeviceChoice::Auto,
    };
    assert_eq!(decoded(&call), EncoderRequest::MeasureLatents(call.clone()));
    progresses(&call, &TileDone { n_latents_done: 3, n_latents: 6 });
    let means = LatentMeans { map_idx: 3, means: vec![Some(0.5), None] };
    let found = SongLatentMeans { song_idx: 1, maps: vec![means], issues: vec![issue()] };
    replies(&call, &MeasuredLatents { found, backend: cpu() });
}
