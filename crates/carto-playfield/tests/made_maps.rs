#[test]
fn corpus() {
    let corpus = carto_testkit::folder("corpus/osu").unwrap();
    let (mut mp, mut mt, mut mv, mut n) = (0, 0, 0, 0);
    let mut bytes_max = 0;
    let start = std::time::Instant::now();
    let mut draw = std::time::Duration::ZERO;
    for entry in std::fs::read_dir(corpus).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let Ok(read) = carto_beatmap::osu::read(&bytes, &Default::default()) else { continue };
        let t = std::time::Instant::now();
        let drawn = carto_playfield::drawn_map(&read);
        draw += t.elapsed();
        n += 1;
        let (mut v, mut tk) = (0, 0);
        for o in &drawn.objects {
            if let carto_types::DrawnKind::Slider(s) = &o.kind {
                mp = mp.max(s.path.len());
                v += s.path.len();
                tk += s.ticks.len();
            }
        }
        mv = mv.max(v);
        mt = mt.max(tk);
        bytes_max = bytes_max.max(v * 8 + tk * 24 + drawn.objects.len() * 64);
        if drawn.is_shortened {
            eprintln!("SHORT {}", read.fields.title.unwrap_or_default());
        }
    }
    eprintln!(
        "{n} maps path {mp} vertices {mv} ticks {mt} {bytes_max} {:?} {:?}",
        draw,
        start.elapsed()
    );
}
