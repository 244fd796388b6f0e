//! A picture of what the view shows now: both playfields at the moment, agreement through the song,
//! and the strips of the visible stretch with r of it beside that of the song.

use carto_charts::CHANNELS;
use carto_charts::number::{NO_VALUE, clock, fixed};
use carto_playfield::FrameIndex;
use carto_protocol::OpenedPair;
use carto_types::{SignalChannel, StretchAgreement};

use crate::draw::{
    Area, DrawTarget, DrawingContext, FieldMap, Palette, PlayfieldLook, PlayfieldPen, ProfilePlot,
    RowsInSight, StripData, StripPen, StripRows, SvgPart, SvgPicture, draw_playfield, draw_profile,
    draw_strips,
};
use crate::visible::Stretch;
use crate::words::bars_text;

/// Size of the picture, px.
const SIZE: (f64, f64) = (1280.0, 1480.0);

/// Room at its edges.
const MARGIN: f64 = 32.0;

/// Where parts begin, from the upper edge.
const FIELDS_TOP: f64 = 132.0;
const PROFILE_TOP: f64 = 586.0;
const STRIPS_TOP: f64 = 768.0;
const MEAN_TOP: f64 = 1440.0;

/// Height of the playfields, of agreement through the song, and of the strips.
const FIELDS_HEIGHT: f64 = 420.0;
const PROFILE_HEIGHT: f64 = 144.0;
const STRIPS_HEIGHT: f64 = 654.0;

/// Room for names of channels and their r, right of the strips.
const LABELS: f64 = 208.0;

/// As the stylesheet has them on a wide screen.
const ROWS: StripRows = StripRows { top: 0.0, height: 60.0, pitch: 68.0 };

/// What is shown now.
pub(crate) struct Shown<'a> {
    /// Both maps.
    pub(crate) pair: &'a OpenedPair,
    /// Agreement on what is visible; `None` where it is not known.
    pub(crate) here: Option<StretchAgreement>,
    /// What is visible.
    pub(crate) visible: Stretch,
    /// The moment, ms on the clock of A.
    pub(crate) cursor_ms: f64,
    /// Whether both playfields lie over each other.
    pub(crate) is_over: bool,
    /// Whether approach circles keep their size.
    pub(crate) is_calm: bool,
    /// The colours of the theme.
    pub(crate) palette: &'a Palette,
    /// Title and artist of the song.
    pub(crate) song: [String; 2],
    /// Of A and of B.
    pub(crate) names: [String; 2],
}

/// The picture as SVG.
pub(crate) fn still_svg(shown: &Shown<'_>) -> String {
    let mut picture = SvgPicture::new(SIZE);
    let width = SIZE.0 - 2.0 * MARGIN;
    picture.part([0.0, 0.0], SIZE, |part| words(part, shown));
    let fields = (width, FIELDS_HEIGHT);
    picture.part([MARGIN, FIELDS_TOP], fields, |part| playfields(part, fields, shown));
    let size = (width, PROFILE_HEIGHT);
    picture.part([MARGIN, PROFILE_TOP], size, |part| {
        let song = &shown.pair.song;
        let plot = ProfilePlot::new(song, size);
        draw_profile(part, song, &plot, shown.visible, shown.palette);
        line_at(part, plot.x(shown.cursor_ms), size.1, shown.palette);
    });
    let size = (width - LABELS, STRIPS_HEIGHT);
    picture.part([MARGIN, STRIPS_TOP], size, |part| strips(part, size, shown));
    let [title, artist] = &shown.song;
    picture.finish(&format!("{artist} – {title}"), &description(shown))
}

/// What the picture says, in one sentence each.
fn description(shown: &Shown<'_>) -> String {
    let [a, b] = &shown.names;
    let seen = bars_text(&shown.pair.song, shown.visible);
    let (from, to) = (clock(shown.visible.from_ms), clock(shown.visible.to_ms));
    let at = clock(shown.cursor_ms);
    format!("{a} and {b}, {seen}, {from} to {to}. Playfields at {at}. {}", mean_text(shown))
}

/// Mean r of what is seen, and of the song.
fn mean_text(shown: &Shown<'_>) -> String {
    let here = r_text(shown.here.and_then(|here| here.mean));
    let song = r_text(shown.pair.song.song.mean);
    format!("Mean r of the nine channels: {here} here, {song} over the song.")
}

fn r_text(r: Option<f64>) -> String {
    r.map_or_else(|| NO_VALUE.to_owned(), |r| fixed(r, 2))
}

/// The ground, and all that is written beside the charts.
fn words(context: &dyn DrawingContext, shown: &Shown<'_>) {
    let palette = shown.palette;
    let (width, height) = SIZE;
    let right = width - MARGIN;
    context.set_fill_style_str(&palette.sheet);
    context.fill_rect(0.0, 0.0, width, height);
    context.set_text_align("left");
    let [title, artist] = &shown.song;
    let [a, b] = &shown.names;
    let write = |font: &str, colour: &str, text: &str, x: f64, y: f64| {
        context.set_font(font);
        context.set_fill_style_str(colour);
        context.fill_text(text, x, y);
    };
    let (face, serif) = (&palette.face, &palette.face_serif);
    write(&format!("600 30px {serif}"), &palette.ink, title, MARGIN, 52.0);
    let (from, to) = (clock(shown.visible.from_ms), clock(shown.visible.to_ms));
    let seen = bars_text(&shown.pair.song, shown.visible);
    let below =
        format!("{artist} · {seen}, {from} to {to} · playfields at {}", clock(shown.cursor_ms));
    write(&format!("400 15px {face}"), &palette.ink2, &below, MARGIN, 80.0);
    let name = format!("600 15px {face}");
    let small = format!("400 13px {face}");
    let names_y = FIELDS_TOP - 10.0;
    match shown.is_over {
        true => write(&name, &palette.ink, &format!("{a} over {b}"), MARGIN, names_y),
        false => {
            write(&name, &palette.ink, a, MARGIN, names_y);
            write(&name, &palette.ink, b, width / 2.0, names_y);
        }
    }
    let profile = "Agreement through the song: mean r of nine channels";
    write(&small, &palette.ink2, profile, MARGIN, PROFILE_TOP - 6.0);
    let strips = format!("Nine channels: {a} above, {b} mirrored below");
    write(&small, &palette.ink2, &strips, MARGIN, STRIPS_TOP - 8.0);
    context.set_text_align("right");
    write(&small, &palette.ink2, "r here", right - 56.0, STRIPS_TOP + 12.0);
    write(&small, &palette.ink2, "song", right, STRIPS_TOP + 12.0);
    for channel in SignalChannel::ALL {
        let y = STRIPS_TOP + ROWS.middle(channel as usize) + 5.0;
        let label = CHANNELS.get(channel as usize).map_or("", |it| it.name);
        let here = shown.here.and_then(|here| *here.r.get(channel));
        let song = *shown.pair.song.song.r.get(channel);
        context.set_text_align("left");
        write(&name, &palette.ink, label, right - LABELS + 16.0, y);
        context.set_text_align("right");
        write(&name, &palette.ink, &r_text(here), right - 56.0, y);
        write(&small, &palette.ink2, &r_text(song), right, y);
    }
    context.set_text_align("left");
    write(&small, &palette.ink, &mean_text(shown), MARGIN, MEAN_TOP + 12.0);
}

/// Both playfields, side by side or over each other.
fn playfields(context: &dyn DrawingContext, (width, height): (f64, f64), shown: &Shown<'_>) {
    let pair = shown.pair;
    let indexes = pair.drawn.each_ref().map(FrameIndex::new);
    let times_ms = [shown.cursor_ms, shown.cursor_ms - pair.song.lag.lag_ms];
    let [a, b] = [0, 1].map(|side| FieldMap {
        map: &pair.drawn[side],
        index: &indexes[side],
        time_ms: times_ms[side],
    });
    let look = PlayfieldLook { palette: shown.palette, is_calm: shown.is_calm };
    let pen = &mut PlayfieldPen::default();
    context.set_stroke_style_str(&shown.palette.rule2);
    context.set_line_width(1.0);
    context.stroke_rect(0.5, 0.5, width - 1.0, height - 1.0);
    if shown.is_over {
        draw_playfield(context, Area { left: 0.0, width, height }, &[b, a], &look, pen);
        return;
    }
    context.stroke_rect(width / 2.0, 0.5, 0.0, height - 1.0);
    for (map, left) in [a, b].into_iter().zip([0.0, width / 2.0]) {
        draw_playfield(context, Area { left, width: width / 2.0, height }, &[map], &look, pen);
    }
}

/// The strips, with the moment on them.
fn strips(part: &SvgPart, size: (f64, f64), shown: &Shown<'_>) {
    let pair = shown.pair;
    let data = (&pair.strips as &dyn StripData, &*pair.song.bars);
    draw_strips(
        part,
        data,
        shown.visible,
        (ROWS, RowsInSight::default()),
        shown.palette,
        &mut StripPen::default(),
    );
    if shown.visible.has(shown.cursor_ms) {
        let x = shown.visible.fraction(shown.cursor_ms) * size.0;
        line_at(part, x, size.1, shown.palette);
    }
}

/// The line at the moment.
fn line_at(part: &dyn DrawTarget, x: f64, height: f64, palette: &Palette) {
    let Some(context) = part.begin() else { return };
    context.set_global_alpha(1.0);
    context.set_fill_style_str(&palette.ink);
    context.fill_rect(x - 0.75, 0.0, 1.5, height);
}
