use carto_types::FollowLine;

use super::*;

/// An object that starts at one time and ends at another, at `[x, 100]`.
fn object(start_ms: f64, end_ms: f64, x: f32, kind: DrawnKind) -> DrawnObject {
    DrawnObject {
        start_ms,
        end_ms,
        position: [x, 100.0],
        stack_height: 0,
        stack_offset: -3.0,
        combo_number: 0,
        combo_index: 1,
        colour_index: 1,
        kind,
    }
}

fn circle(start_ms: f64, x: f32) -> DrawnObject {
    object(start_ms, start_ms, x, DrawnKind::Circle)
}

/// From x = 0 to 100 and back, 200 ms each way, with a tick in the middle of each.
fn slider(start_ms: f64) -> DrawnObject {
    let tick = |slide: u32| DrawnTick {
        time_ms: start_ms + 100.0 + 200.0 * f64::from(slide),
        position: [50.0, 100.0],
        slide,
    };
    let slider = DrawnSlider {
        slides: 2,
        slide_ms: 200.0,
        path: vec![[0.0, 100.0], [100.0, 100.0]],
        end: [0.0, 100.0],
        ticks: vec![tick(0), tick(1)],
    };
    object(start_ms, start_ms + 400.0, 0.0, DrawnKind::Slider(slider))
}

fn map(objects: Vec<DrawnObject>) -> DrawnMap {
    DrawnMap { preempt_ms: 600.0, fade_in_ms: 400.0, radius: 32.0, objects, ..DrawnMap::default() }
}

fn frame(map: &DrawnMap, time_ms: f64) -> Frame {
    let mut frame = Frame::default();
    FrameIndex::new(map).fill(map, time_ms, &mut frame);
    frame
}

/// The only object that is visible.
fn only(map: &DrawnMap, time_ms: f64) -> VisibleObject {
    let frame = frame(map, time_ms);
    assert_eq!(frame.objects.len(), 1, "{frame:?}");
    frame.objects[0]
}

fn near(found: f32, expected: f32) -> bool {
    (found - expected).abs() < 1e-5
}

#[test]
fn a_circle_fades_in_with_its_approach_circle_and_out_after_its_hit() {
    let map = map(vec![circle(1000.0, 50.0)]);
    assert!(frame(&map, 400.0).objects.is_empty() && frame(&map, 1240.0).objects.is_empty());
    let early = only(&map, 600.0);
    let approach = early.approach.unwrap();
    assert!(near(early.circle_alpha, 0.5) && near(early.circle_scale, 1.0), "{early:?}");
    assert!(near(approach.scale, 3.0) && near(approach.progress, 1.0 / 3.0), "{approach:?}");
    assert!(near(approach.alpha, 0.9 * 200.0 / 600.0), "{approach:?}");
    let late = only(&map, 1120.0);
    assert!(near(late.circle_alpha, 0.5) && near(late.alpha, 0.5) && late.approach.is_none());
    assert!(near(late.circle_scale, 1.3), "three quarters of the growth in half of the time");
}

#[test]
fn a_slider_grows_and_has_a_ball_and_arrows_until_it_ends() {
    let map = map(vec![slider(1000.0)]);
    let at = |time_ms: f64| only(&map, time_ms).slider.unwrap();
    let early = at(500.0);
    assert!(near(early.grown, 0.5) && early.ball.is_none() && early.arrow_at_tail, "{early:?}");
    let first = at(1050.0);
    assert_eq!((first.ball, first.slide), (Some([22.0, 97.0]), 0), "with stacking");
    let second = at(1300.0);
    assert_eq!((second.ball, second.slide), (Some([47.0, 97.0]), 1));
    assert!(!second.arrow_at_tail && !second.arrow_at_head);
    let during = only(&map, 1300.0);
    assert!(
        near(during.alpha, 1.0) && near(during.circle_alpha, 0.0) && near(during.progress, 0.75)
    );
    let over = only(&map, 1460.0);
    assert!(near(over.alpha, 0.75) && over.slider.unwrap().ball.is_none(), "{over:?}");
}

#[test]
fn ticks_appear_before_the_ball_reaches_them_and_fade_after() {
    let map = map(vec![slider(1000.0)]);
    let DrawnKind::Slider(slider) = &map.objects[0].kind else { panic!() };
    let alpha = |tick: usize, time_ms: f64| {
        tick_alpha(&map, &map.objects[0], slider, &slider.ticks[tick], time_ms)
    };
    // Half of 100 ms and 0.66 of 600 ms before 1100 ms.
    assert!(near(alpha(0, 654.0), 0.0) && near(alpha(0, 729.0), 0.5) && near(alpha(0, 804.0), 1.0));
    assert!(near(alpha(0, 1175.0), 0.5) && near(alpha(0, 1300.0), 0.0));
    // Half of 100 ms and 200 ms before 1300 ms.
    assert!(near(alpha(1, 1050.0), 0.0) && near(alpha(1, 1200.0), 1.0));
}

#[test]
fn a_spinner_has_no_approach_circle_here() {
    let map = map(vec![object(1000.0, 3000.0, 256.0, DrawnKind::Spinner)]);
    let spinner = only(&map, 1500.0);
    assert!(near(spinner.progress, 0.25) && near(spinner.alpha, 1.0));
    assert!(only(&map, 900.0).approach.is_none());
}

#[test]
fn follow_points_move_in_and_fade() {
    let mut map = map(vec![circle(1000.0, 0.0), circle(1500.0, 0.0)]);
    map.follow_lines =
        vec![FollowLine { start_ms: 1000.0, end_ms: 1500.0, from: [0.0, 0.0], to: [0.0, 200.0] }];
    // The first of four points appears at 320 ms and fades from 1120 ms on.
    assert!(frame(&map, 319.0).follow_points.is_empty());
    let early = frame(&map, 520.0);
    let first = early.follow_points[0];
    assert!(near(first.alpha, 0.5) && near(first.scale, 1.125), "{first:?}");
    assert_eq!(first.direction, [0.0, 1.0]);
    assert!((first.position[1] - 43.0).abs() < 1e-3, "three quarters of the way from 28 to 48");
    assert_eq!(frame(&map, 1120.0).follow_points.len(), 4);
    assert!(near(frame(&map, 1320.0).follow_points[0].alpha, 0.5));
    assert!(frame(&map, 1900.0).follow_points.is_empty());
}

#[test]
fn frames_are_those_of_all_objects_looked_at_one_by_one() {
    let mut random = fastrand::Rng::with_seed(17);
    let mut objects: Vec<DrawnObject> = (0..300)
        .map(|_| {
            let start_ms = f64::from(random.u32(0..20_000));
            match random.u8(0..3) {
                0 => slider(start_ms),
                1 => {
                    let end_ms = start_ms + f64::from(random.u32(0..6000));
                    object(start_ms, end_ms, 0.0, DrawnKind::Spinner)
                }
                _ => circle(start_ms, 0.0),
            }
        })
        .collect();
    objects.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms));
    let map = map(objects);
    let index = FrameIndex::new(&map);
    let (mut found, mut n_visible) = (Frame::default(), 0);
    for step in 0..500 {
        let time_ms = f64::from(step) * 50.0 - 1000.0;
        index.fill(&map, time_ms, &mut found);
        let all = map.objects.iter().enumerate();
        let expected: Vec<VisibleObject> =
            all.filter_map(|(idx, object)| visible_object(&map, idx, object, time_ms)).collect();
        assert_eq!(found.objects, expected, "{time_ms} ms");
        n_visible += expected.len();
    }
    assert!(n_visible > 1000);
}

#[test]
fn an_empty_map_shows_nothing() {
    assert_eq!(frame(&DrawnMap::default(), 0.0), Frame::default());
}
