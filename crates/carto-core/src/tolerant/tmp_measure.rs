#[test]
fn measure() {
    use std::time::Instant;
    let limits = crate::limits::Limits::default();
    let head = "osu file format v14\n[TimingPoints]\n0,500,4\n[HitObjects]\n";
    let time = |name: &str, text: String| {
        let t = Instant::now();
        let r = super::read(text.as_bytes(), &limits);
        println!("{name}: {} bytes {:?} {:?}", text.len(), t.elapsed(), r.as_ref().map(|m| m.notes.n_skipped_objects));
        let t = Instant::now();
        let p = crate::published::read(text.as_bytes(), &limits);
        let _ = super::differences(&p, &r);
        println!("    published+differences {:?} {:?}", t.elapsed(), p.err());
    };
    // bezier near the budget
    for (n, amp) in [(500, 131072), (100, 131072), (30, 131072), (2000, 3), (5,131072)] {
        let pts: String = (0..n-1).map(|i| if i % 3 == 0 { format!("|{amp}:{i}") } else { format!("|-{amp}:{i}") }).collect();
        let line = format!("1,2,3,2,0,B{pts},1,131072\n");
        for count in [1, 4, 20, 200, 3000] {
            if count * n > 1_000_000 || count > 200_000 {break}
            time(&format!("bezier {n} {amp} x{count}"), format!("{head}{}", line.repeat(count)));
        }
    }
    time("200k circles", format!("{head}{}", "100,100,1000,1,0,0:0:0:0:\n".repeat(200_000)));
    time("200k sliders 9000", format!("{head}{}", "100,100,1000,2,0,L|200:200,9000,100\n".repeat(200_000)));
    time("200k arcs short", format!("{head}{}", "100,100,1000,2,0,P|5000:6000|9000:3,1,1\n".repeat(200_000)));
    time("catmull short", format!("{head}{}", format!("1,2,3,2,0,C{},1,1\n", "|5:5|6:9".repeat(2000)).repeat(200)));
    time("edge sets", format!("{head}{}", format!("1,2,3,2,0,L|3:3,9000,1,,{},\n", "|".repeat(120)).repeat(190_000)));
    time("one line", format!("{head}1,2,3,2,0,L|3:3,9000,1,,{},\n", "|".repeat(30_000_000)));
    time("timing", format!("osu file format v14\n[TimingPoints]\n{}[HitObjects]\n1,2,3,1,0\n", (0..200_000).map(|i| format!("{i},{},4,2,0,50,{},0\n", if i%2==0 {500} else {-100 - i % 7}, 1 - i % 2)).collect::<String>()));
    time("unsorted timing", format!("osu file format v14\n[TimingPoints]\n{}[HitObjects]\n1,2,3,1,0\n", (0..5700).rev().map(|i| format!("{i},500,4\n")).collect::<String>()));
    time("many commas", format!("{head}{}\n1,2,3,1,0\n", ",".repeat(30_000_000)));
    time("blank lines", format!("{head}{}\n1,2,3,1,0\n", "\n".repeat(30_000_000)));
    time("metadata", format!("osu file format v14\n[Metadata]\n{}\n[HitObjects]\n1,2,3,1,0\n", "Title:abcdefghijklmnopqrstuvwxyz\n".repeat(900_000)));
    time("breaks", format!("osu file format v14\n[Events]\n{}\n[HitObjects]\n1,2,3,1,0\n", "2,1,2\n".repeat(200_000)));
}
#[test]
fn arcdbg() {
    use rosu_map::util::Pos;
    let x = 1.0_f32 - 0.1 / 600.0;
    println!("{} {} {}", x.acos(), libm::acosf(x), libm::acos(f64::from(x)));
    for (b, c) in [(Pos::new(570.0, -334.0), Pos::new(-586.0, 61.0)), (Pos::new(100.0, 100.0), Pos::new(200.0, 0.0))] {
        let v = super::arc::vertices(Pos::default(), b, c).unwrap();
        println!("{}", v.len());
    }
}
#[test]
fn arcdbg2() {
    use rosu_map::util::Pos;
    use rosu_map::section::hit_objects::*;
    use rosu_map::section::general::GameMode;
    for (b, c) in [(Pos::new(570.0, -334.0), Pos::new(-586.0, 61.0)), (Pos::new(100.0, 100.0), Pos::new(200.0, 0.0))] {
        let v = super::arc::vertices(Pos::default(), b, c).unwrap();
        let mut first = PathControlPoint::new(Pos::default());
        first.path_type = Some(PathType::PERFECT_CURVE);
        let points = [first, PathControlPoint::new(b), PathControlPoint::new(c)];
        let theirs = Curve::new(GameMode::Osu, &points, None, &mut CurveBuffers::default());
        println!("{} {}", v.len(), theirs.path().len());
        println!("{:?} {:?}", &v[..3], &theirs.path()[..3]);
        println!("{:?} {:?}", &v[v.len()-3..], &theirs.path()[theirs.path().len()-3..]);
    }
}
