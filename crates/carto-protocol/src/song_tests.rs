use carto_types::{
    AudioLag, ByChannel, EncoderFacts, Mode, OfferedMap, OutputFile, ShiftReach, SongLatents,
    SourceFiles, SourceKind, StretchAgreement,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::*;

fn map(slot: u32) -> PairMap {
    let map = OfferedMap {
        mapper: "ann".into(),
        version: "Hard".into(),
        star_rating: Some(4.5),
        label: "1.osz [Hard]".into(),
        slot,
        entry_idx: 3,
        audio_idx: Some(1),
        is_bare: false,
    };
    PairMap { map, source: SourceFiles::one("1.osz", SourceKind::Archive) }
}

fn pair() -> OpenPair {
    OpenPair {
        title: "tide".into(),
        artist: "artist".into(),
        mode: Mode::Osu,
        a: map(0),
        b: map(1),
        heard: Some(AudioLag::Same { lag_ms: -12.5 }),
    }
}

fn decoded<C: Call<Requests = SongRequest>>(call: &C) -> SongRequest {
    decode(&call.request().unwrap()).unwrap()
}

/// A reply comes back as it was.
fn replies<C: Call>(call: &C, reply: &C::Reply)
where
    C::Reply: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let message = call.reply(reply);
    let (head, body) = Message::read(message.bytes()).unwrap();
    assert_eq!(head, Head::Reply);
    assert_eq!(&decode::<C::Reply>(body).unwrap(), reply);
}

#[test]
fn calls_of_the_view_of_one_song_come_back_as_they_were() {
    let call = pair();
    assert_eq!(decoded(&call), SongRequest::OpenPair(call.clone()));
    replies(&call, &Err("1.osz [Hard] cannot be read: drop it again".into()));

    let call = AgreementOfStretch { pair: pair(), from_ms: -3.5, to_ms: 12_000.0 };
    assert_eq!(decoded(&call), SongRequest::AgreementOfStretch(call.clone()));
    let r = ByChannel::from_fn(|channel| (channel as usize > 3).then_some(0.25));
    let found = StretchAgreement { from_ms: 0.0, to_ms: 9.0, n_frames: 1500, r, mean: Some(0.25) };
    replies(&call, &Ok(Some(found)));
    replies(&call, &Ok(None));

    let call = ReachOfShifts { pair: pair() };
    assert_eq!(decoded(&call), SongRequest::ReachOfShifts(call.clone()));
    replies(&call, &Ok(vec![None, Some(ShiftReach { low: -0.25, high: 0.5, n_shifts: 20 })]));

    let call = ReadRecording { mode: Mode::Published, map: map(1) };
    assert_eq!(decoded(&call), SongRequest::ReadRecording(call.clone()));
    replies(&call, &Ok("audio.mp3".into()));

    let latents = Some((EncoderFacts::default(), SongLatents::default()));
    let call = WriteSong { pair: pair(), latents };
    assert_eq!(decoded(&call), SongRequest::WriteSong(call.clone()));
    replies(&call, &Ok(vec![OutputFile::new("moments.csv", "number\n".into())]));
}
