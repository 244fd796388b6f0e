use std::fmt::Debug;
use std::rc::Rc;

use carto_types::{
    AddedCollection, ArchiveFacts, AudioLag, AudioRelation, Backend, BarAgreement, BarPair,
    BarPairOutcome, ByChannel, CeilingOutcome, CollectedMap, CollectionFormat, DemoArchive,
    DeviceChoice, DoubtCounts, EncoderFacts, EncoderOrigin, EvidencePlan, FoldScore, HeardSong,
    Influence, Issue, LabelSource, LabelledMap, LatentBars, LatentPair, LatentRun, LatentSong,
    LatentSpan, MapLatents, MapRefusal, MapStatus, MapTexts, MapsRead, Mode, ModelFacts,
    OutputFile, OwnerRow, PackContents, Packed, PackedArchive, PairAgreement, PairAudio,
    PairEvidence, PairFinding, PairKind, PairLag, PairOutcome, PlannedPair, ReadMap, ResultLabel,
    ResultLink, RunEvidence, RunRecord, Severity, ShiftCounts, SongMeans, SongOutcome, SongPlan,
    SourceFiles, SourceKind, StudyPlan, Summary, TrainedModel, WrittenCollections,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::*;

pub(crate) fn issue() -> Issue {
    Issue {
        severity: Severity::Skipped,
        subject: "1.osz".into(),
        cause: "no-map".into(),
        message: "there is no .osu file in it".into(),
    }
}

fn facts() -> ArchiveFacts {
    ArchiveFacts {
        name: "1.osz".into(),
        kind: SourceKind::Archive,
        head: None,
        maps: Vec::new(),
        issues: vec![issue()],
    }
}

fn owner() -> OwnerRow {
    OwnerRow::of_md5(&"ab12".repeat(8), vec!["ann".into()])
}

pub(crate) fn song() -> SongPlan {
    let (title, artist) = ("tide".into(), "artist".into());
    let pairs = vec![PlannedPair { a: 0, b: 1, is_by_one_mapper: false }];
    let evidence = Some(EvidencePlan {
        maps: Vec::new(),
        ceiling: pairs.clone(),
        audio: vec![PairAudio { a: 0, b: 1, lag: AudioLag::Same { lag_ms: -12.5 } }],
    });
    SongPlan { song_idx: 1, title, artist, archives: vec![0, 2], maps: Vec::new(), pairs, evidence }
}

fn outcome() -> SongOutcome {
    SongOutcome {
        song_idx: 1,
        target_frames: Some(100),
        maps: Vec::new(),
        pairs: vec![PairOutcome {
            a: 0,
            b: 1,
            audio: AudioRelation::SameFile,
            agreement: PairAgreement::default(),
            lag: Some(PairLag::from(&finding().evidence)),
            evidence: Some(Packed::of(&finding())),
        }],
        ceiling: vec![CeilingOutcome { a: 1, b: 2, finding: Packed::of(&finding()) }],
        issues: vec![issue()],
    }
}

fn finding() -> PairFinding {
    let on_bars = BarAgreement { bars: 40, active_bars: 30, ..BarAgreement::default() };
    let evidence = PairEvidence {
        lag_ms: -12.5,
        warning: Some("odd".into()),
        on_bars: Some(on_bars),
        ..PairEvidence::default()
    };
    let shifts = ByChannel::from_fn(|_| Some(ShiftCounts::of(&[-0.5, 0.0, 0.25])));
    PairFinding { kind: PairKind::Guest, evidence, shifts }
}

fn latent_song() -> LatentSong {
    LatentSong {
        song_idx: 1,
        maps: Vec::new(),
        pairs: vec![LatentPair {
            a: 0,
            b: 1,
            agreement: Default::default(),
            as_is: Some(Packed::of(&LatentSpan { columns: 60, r: vec![Some(0.5), None] })),
        }],
        bar_pairs: vec![bar_pair()],
        between_var: Some(vec![0.5]),
        issues: Vec::new(),
    }
}

fn bar_pair() -> BarPairOutcome {
    let found = LatentBars { active_bars: 20, columns_per_bar: 13, ..LatentBars::default() };
    BarPairOutcome { a: 0, b: 1, found: Packed::of(&found) }
}

fn encoder() -> EncoderFacts {
    EncoderFacts {
        name: "a.safetensors".into(),
        origin: EncoderOrigin::File,
        weights_sha256: "00".into(),
        hidden_dim: 24,
        n_latent_dims: 32,
        frames_per_latent: 18,
        n_parameters: 1,
        note: None,
        is_untrained: true,
    }
}

pub(crate) fn cpu() -> Backend {
    Backend::Cpu { instructions: "simd128".into(), reason: None }
}

fn run() -> RunRecord {
    RunRecord {
        mode: Mode::Osu,
        owners: vec![owner()],
        archives: vec![facts()],
        plan: StudyPlan { n_songs_in_all: 7, ..StudyPlan::default() },
        outcomes: vec![outcome()],
        latent: Some(LatentRun {
            encoder: encoder(),
            backend: cpu(),
            sample_seed: None,
            songs: vec![latent_song()],
        }),
        is_cancelled: true,
        leaves_out_doubtful: false,
        issues: Vec::new(),
        times: Vec::new(),
    }
}

/// The request as a worker decodes it.
pub(crate) fn decoded<C: Call>(call: &C) -> C::Requests {
    call.request().and_then(|bytes| decode(&bytes)).unwrap()
}

pub(crate) fn extracted_set() -> SourceFiles {
    let inner = vec!["Audio.MP3".to_owned(), "a.osu".to_owned()];
    SourceFiles { path: "Songs/1 a".to_owned(), kind: SourceKind::Folder, inner }
}

/// Whether what a message announces is read as what was written.
fn holds<T: Serialize + DeserializeOwned + PartialEq + Debug>(
    message: &Message,
    head: &Head,
    body: &T,
) {
    let (read_head, read_body) = Message::read(message.bytes()).unwrap();
    assert_eq!((&read_head, &decode::<T>(read_body).unwrap()), (head, body));
}

pub(crate) fn replies<C: Call>(call: &C, reply: &C::Reply)
where
    C::Reply: PartialEq + Debug,
{
    holds(&call.reply(reply), &Head::Reply, reply);
}

pub(crate) fn progresses<C: Call>(call: &C, progress: &C::Progress)
where
    C::Progress: PartialEq + Debug,
{
    holds(&call.progress(progress), &Head::Progress, progress);
}

#[test]
fn calls_of_the_analysis_come_back_as_they_were() {
    let call = ScanArchive { source: extracted_set(), mode: Mode::Osu, is_kept: true };
    assert_eq!(decoded(&call), AnalysisRequest::ScanArchive(call.clone()));
    replies(&call, &facts());

    let (mode, owners) = (Mode::Osu, vec![owner()]);
    let call = PlanStudy { mode, archives: vec![facts(), facts()], owners, has_evidence: true };
    assert_eq!(decoded(&call), AnalysisRequest::PlanStudy(call.clone()));
    replies(&call, &run().plan);

    let sources = vec![SourceFiles::one("1.osz", SourceKind::Archive), extracted_set()];
    let call = CompareSong { mode: Mode::Published, song: song(), sources, is_kept: false };
    assert_eq!(decoded(&call), AnalysisRequest::CompareSong(call.clone()));
    progresses(&call, &MapDone { map_idx: 3, status: MapStatus::Encoded });
    replies(&call, &outcome());

    let call = Summarise { run: run(), has_files: true };
    assert_eq!(decoded(&call), AnalysisRequest::Summarise(call.clone()));
    let file = OutputFile { name: "report.json".into(), text: "{}".into() };
    replies(
        &call,
        &Summary {
            track_a: None,
            track_b: None,
            synthesis: None,
            evidence: Some(Packed::of(&RunEvidence::default())),
            songs: vec![SongMeans { song_idx: 1, n_pairs: 2, mean_r: [0.25; 9] }],
            doubtful: DoubtCounts { n_one_mapper: 1, n_other_audio: 2 },
            issues: vec![issue()],
            files: vec![file],
        },
    );

    let call = MakeDemo { seed: u64::MAX };
    assert_eq!(decoded(&call), AnalysisRequest::MakeDemo(call.clone()));
    replies(&call, &vec![DemoArchive { name: "1.osz".into(), bytes: vec![80, 75] }]);

    replies(&call, &vec![DemoArchive { name: "1.osz".into(), bytes: vec![80, 75] }]);

    let call = OpenPack { name: "packs/one.zip".into() };
    assert_eq!(decoded(&call), AnalysisRequest::OpenPack(call.clone()));
    let archive = PackedArchive {
        path: "packs/one.zip/1.osz".into(),
        entry_idx: 3,
        size_bytes: 1 << 40,
        stored_at: Some(30),
    };
    replies(
        &call,
        &PackContents { archives: vec![archive], has_maps: true, issues: vec![issue()] },
    );

    let call = AskKept { is_deleted: true };
    assert_eq!(decoded(&call), AnalysisRequest::AskKept(call.clone()));
    replies(&call, &Kept { n_bytes: 1 << 40, problem: Some("no room".into()) });
}

#[test]
fn the_call_of_recordings_comes_back_as_it_was() {
    let sources = vec![SourceFiles::one("1.osz", SourceKind::Archive), extracted_set()];
    let call = HearSong { mode: Mode::Osu, song: song(), sources };
    assert_eq!(decoded(&call), AudioRequest::HearSong(call.clone()));
    let lags = [
        AudioLag::Same { lag_ms: -12.5 },
        AudioLag::OtherCut { early_ms: 0.5, late_ms: 3000.0 },
        AudioLag::OneStretch { lag_ms: 7.0 },
        AudioLag::Unclear,
    ];
    let pairs = lags.map(|lag| PairAudio { a: 0, b: 1, lag }).to_vec();
    replies(&call, &HeardSong { pairs, issues: vec![issue()] });
}

#[test]
fn what_the_page_shares_is_written_as_what_a_worker_reads() {
    let (mode, owners) = (Mode::Osu, vec![owner()]);
    let shared = PlanStudy {
        mode,
        archives: vec![Rc::new(facts())],
        owners: owners.clone(),
        has_evidence: false,
    };
    let plain = PlanStudy { mode, archives: vec![facts()], owners, has_evidence: false };
    assert_eq!(decoded(&shared), AnalysisRequest::PlanStudy(plain));

    let plain = run();
    let latent = run().latent.map(|latent| LatentRun {
        encoder: latent.encoder,
        backend: latent.backend,
        sample_seed: latent.sample_seed,
        songs: vec![Rc::new(latent_song())],
    });
    let shared = RunRecord {
        mode: plain.mode,
        owners: plain.owners.clone(),
        archives: vec![Rc::new(facts())],
        plan: Rc::new(plain.plan.clone()),
        outcomes: vec![Rc::new(outcome())],
        latent,
        is_cancelled: plain.is_cancelled,
        leaves_out_doubtful: plain.leaves_out_doubtful,
        issues: Vec::new(),
        times: Vec::new(),
    };
    let call = Summarise { run: shared, has_files: false };
    let expected = Summarise { run: plain, has_files: false };
    assert_eq!(decoded(&call), AnalysisRequest::Summarise(expected));
}

#[test]
fn calls_of_an_encoder_come_back_as_they_were() {
    let source = EncoderSource::Published {
        url: "https://a.b/c.ckpt".into(),
        sha256: "00".into(),
        size_bytes: 1 << 40,
    };
    let call = LoadEncoder { source, device: DeviceChoice::WebGpu };
    assert_eq!(decoded(&call), EncoderRequest::LoadEncoder(call.clone()));
    progresses(&call, &BytesLoaded { n_bytes: 1, n_total: Some(2) });
    let loaded = LoadedEncoder { encoder: encoder(), backend: cpu(), weights: vec![1, 2, 3] };
    replies(&call, &Ok(loaded));
    replies(&call, &Err("no encoder: choose another".into()));

    let call = EncodeMap {
        mode: Mode::Published,
        song: song(),
        sources: vec![extracted_set()],
        map_idx: 1,
        target_frames: 200,
        weights_sha256: "00".into(),
        device: DeviceChoice::Cpu,
    };
    assert_eq!(decoded(&call), EncoderRequest::EncodeMap(call.clone()));
    progresses(&call, &TileDone { n_latents_done: 3, n_latents: 6 });
    let latents = MapLatents {
        map_idx: 1,
        n_frames: 200,
        n_latents: 12,
        mu: vec![0.5; 384],
        correlations: Default::default(),
    };
    replies(&call, &EncodedMap { latents: Ok(latents.clone()), backend: cpu() });
    let refusal = MapRefusal::new("gone".into(), "it was moved");
    replies(&call, &EncodedMap { latents: Err(refusal), backend: cpu() });

    let call = CompareLatents {
        mode: Mode::Published,
        song: song(),
        latents: vec![latents],
        pairs: outcome().pairs,
        frames_per_latent: 18,
    };
    assert_eq!(decoded(&call), EncoderRequest::CompareLatents(call.clone()));
    replies(&call, &latent_song());

    let call = EncodePair {
        mode: Mode::Osu,
        song: song(),
        sources: vec![extracted_set()],
        pair: BarPair { a: 0, b: 1, lag_ms: -12.5 },
        weights_sha256: "00".into(),
        device: DeviceChoice::Auto,
    };
    assert_eq!(decoded(&call), EncoderRequest::EncodePair(call.clone()));
    progresses(&call, &TileDone { n_latents_done: 3, n_latents: 6 });
    for found in [Ok(Some(bar_pair())), Ok(None)] {
        replies(&call, &EncodedPair { found, backend: cpu() });
    }
    let refusal = MapRefusal::new("gone".into(), "it was moved");
    replies(&call, &EncodedPair { found: Err(refusal), backend: cpu() });
}

#[test]
fn calls_of_results_come_back_as_they_were() {
    let call = OpenResult { source: ResultSource::Link { fragment: "r1=abc".into() } };
    assert_eq!(decoded(&call), ResultsRequest::OpenResult(call.clone()));
    replies(&call, &Err("the link is cut short".into()));

    let call = RefreshPublished { url: "https://a/".into(), bundled_url: "https://b/c".into() };
    assert_eq!(decoded(&call), ResultsRequest::RefreshPublished(call.clone()));

    let result = ResultText::Json("{}".into());
    let label = ResultLabel { name: "Spring".to_owned(), day: Some("2026-03-01".to_owned()) };
    let call = MakeLink { result: result.clone(), has_names: true, label: label.clone() };
    assert_eq!(decoded(&call), ResultsRequest::MakeLink(call.clone()));
    replies(&call, &Ok(ResultLink { fragment: "r1=abc".into(), n_named: 3, n_left_out: 1 }));

    let call = ExportResult { result: result.clone() };
    assert_eq!(decoded(&call), ResultsRequest::ExportResult(call.clone()));
    replies(&call, &Ok(vec![OutputFile::new("a.csv", "b".to_owned())]));

    let call = LabelResult { result: result.clone(), label: label.clone() };
    assert_eq!(decoded(&call), ResultsRequest::LabelResult(call.clone()));

    let files = vec![OutputFile::new("result.json", "{}".to_owned())];
    let call = PackFiles { files, label };
    assert_eq!(decoded(&call), ResultsRequest::PackFiles(call.clone()));
    replies(&call, &Ok(b"PK".to_vec()));

    let call = CompareResults { result, against: ResultText::Url("https://b/c".into()) };
    assert_eq!(decoded(&call), ResultsRequest::CompareResults(call.clone()));
    replies(&call, &Ok("<table>".into()));

    let call = ReadCrossValidation { name: "crossval_results.json".into() };
    assert_eq!(decoded(&call), ResultsRequest::ReadCrossValidation(call.clone()));
    replies(&call, &Err("crossval_results.json: no cross-validation".into()));
}

#[test]
fn calls_of_the_view_of_beatmaps_come_back_as_they_were() {
    let model = || ModelFacts {
        labels: vec!["jump".into()],
        n_maps: 120,
        n_songs: 60,
        cross_validated_top_1: Some(0.75),
        note: None,
    };
    let call = ReadMaps { sources: vec![extracted_set()] };
    assert_eq!(decoded(&call), BeatmapsRequest::ReadMaps(call.clone()));
    let [title, artist, creator, version] = ["t", "a", "c", "v"].map(str::to_owned);
    let facts = MapTexts { id: Some(5), title, artist, creator, version };
    let map = ReadMap {
        path: "1.osz/a.osu".into(),
        facts: Some(facts),
        md5: vec!["0a".into()],
        numbers: vec![vec![Some(1.5), None]; 3],
        overlap_share: 0.5,
    };
    let read = MapsRead { maps: vec![map], issues: vec![issue()], n_other_games: 1 };
    replies(&call, &vec![read]);

    let call = LoadClassifier { source: ModelSource::File { name: "a.classifier".into() } };
    assert_eq!(decoded(&call), BeatmapsRequest::LoadClassifier(call.clone()));
    replies(&call, &Ok((vec![1, 2], model())));

    let rows = vec![vec![Some(1.0), None], vec![None, Some(-0.5)]];
    let call = ClassifyMaps { model_id: 7, rows };
    assert_eq!(decoded(&call), BeatmapsRequest::ClassifyMaps(call.clone()));
    replies(&call, &Ok(vec![vec![0.25, 0.75]]));

    let call = ExplainMap { model_id: 7, row: vec![None, Some(2.0)] };
    assert_eq!(decoded(&call), BeatmapsRequest::ExplainMap(call.clone()));
    let (column, value, median, change) = ("bpm".into(), Some(180.0), 170.0, -0.1);
    replies(
        &call,
        &Ok(vec![Influence { column, value, median, typical: Some((0.25, 0.5)), change }]),
    );

    let call = ReadLabels { name: "collection.db".into() };
    assert_eq!(decoded(&call), BeatmapsRequest::ReadLabels(call.clone()));
    replies(&call, &Ok(vec![LabelSource { name: "tech".into(), md5: vec![], ids: vec![5] }]));

    let map = LabelledMap {
        row: vec![Some(1.0)],
        labels: vec!["jump".into(), "tech".into()],
        title: "tide".into(),
        artist: "artist".into(),
    };
    let call = TrainClassifier { maps: vec![map], seed: 42 };
    assert_eq!(decoded(&call), BeatmapsRequest::TrainClassifier(call.clone()));
    progresses(&call, &TrainingProgress { n_done: 1, n_total: 2, stage: "fold 1".into() });
    let folds = vec![FoldScore { n_maps: 2, n_right: 1 }];
    replies(&call, &Ok(TrainedModel { bytes: vec![1], facts: model(), folds, majority: 0.5 }));

    let call = OpenCollectionDb { name: "collection.db".into() };
    assert_eq!(decoded(&call), BeatmapsRequest::OpenCollectionDb(call.clone()));
    replies(&call, &Ok(3));

    let texts = MapTexts { id: None, title: "t".into(), ..MapTexts::default() };
    let map = CollectedMap { md5: "0a".into(), texts, star_rating: Some(5.5), labels: vec![1] };
    let call = WriteCollections {
        format: CollectionFormat::Osdb,
        labels: vec!["jump".into(), "tech".into()],
        maps: vec![map],
        add_to: Some("collection.db".into()),
    };
    assert_eq!(decoded(&call), BeatmapsRequest::WriteCollections(call.clone()));
    let added = vec![AddedCollection { label: "tech".into(), name: "tech (2)".into(), n_maps: 1 }];
    replies(&call, &Ok(WrittenCollections { bytes: vec![1], n_earlier: 3, added }));
}

#[test]
fn heads_without_a_body_come_back_as_they_were() {
    holds(&Message::ready(), &Head::Ready { version: PROTOCOL_VERSION }, &());
    for error in [
        JobError::BadMessage,
        JobError::Panic { message: "index out of bounds, in a.rs:1".into() },
        JobError::WorkerLost { message: "404".into() },
    ] {
        holds(&Message::failed(error.clone()), &Head::Failed(error), &());
    }
}

#[test]
fn bytes_that_are_no_message_are_an_error() {
    assert!(Message::read(&[]).is_err());
    assert!(Message::read(&[9, 9]).is_err());
    assert!(decode::<AnalysisRequest>(&[9]).is_err());
    assert!(decode::<AnalysisRequest>(&[]).is_err(), "what cannot be written is no request");
    assert!(decode::<NoProgress>(&[0]).is_err(), "there is no such value");
}
