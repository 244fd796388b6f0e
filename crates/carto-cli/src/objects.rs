//! `carto objects`: what osu! draws of one map.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use carto_beatmap::limits::Limits;
use carto_playfield::drawn_map;
use carto_study::read_osu_map;
use carto_types::{DrawnKind, DrawnMap, DrawnObject, DrawnSlider, DrawnTick};
use serde::{Serialize, Serializer};

use crate::files::read_bytes;

/// Decimals of what is printed.
const N_DECIMALS: i32 = 4;

/// Print what osu! draws of a map, as JSON: approach time, radius, and every object with its
/// stack, combo, end and slider ticks
///
/// Read as osu! reads it. Times are milliseconds, those of the file: osu! plays maps of formats 3
/// and 4 24 ms later. Positions are osu!pixels (512 x 384): `x`, `y` as written, `sx`, `sy` with
/// stacking, `ex`, `ey` the end of a slider with stacking, and ticks as `[ms, x, y]` without it.
/// `combo` counts from 0 within a combo, `index` counts the combos from 1.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The map (.osu)
    #[arg(value_name = "FILE.osu")]
    map: PathBuf,
}

/// Prints what is drawn of one map as a JSON object, one line for each object of the map.
///
/// # Errors
///
/// A file that cannot be read, and a map that osu! does not read or that is one of another game.
pub(crate) fn run(args: &Args) -> Result<()> {
    let name = args.map.display();
    let bytes = read_bytes(&args.map, Limits::default().max_bytes)?;
    let map = match read_osu_map(&bytes) {
        Ok(map) => map,
        Err(refusal) => bail!("{name} is refused: {}", refusal.message),
    };
    let drawn = drawn_map(&map);
    if drawn.is_shortened {
        eprintln!(
            "carto: warning: {name}: it asks for more ticks or stacks than any real map; those \
             beyond the limits are left out"
        );
    }
    print(&drawn, f64::from(map.notes.time_offset_ms))
        .with_context(|| format!("{name} cannot be printed"))
}

/// `offset_ms`: what osu! adds to the times of the file.
fn print(drawn: &DrawnMap, offset_ms: f64) -> Result<()> {
    let number = |value: f64| serde_json::to_string(&Number(value));
    let (preempt, fade_in) = (number(drawn.preempt_ms)?, number(drawn.fade_in_ms)?);
    let radius = number(drawn.radius.into())?;
    print_line!(
        "{{\"preempt_ms\": {preempt}, \"fade_in_ms\": {fade_in}, \"radius\": {radius}, \"objects\": ["
    );
    for (idx, object) in drawn.objects.iter().enumerate() {
        let comma = if idx + 1 < drawn.objects.len() { "," } else { "" };
        print_line!("{}{comma}", serde_json::to_string(&Row::of(object, offset_ms))?);
    }
    print_line!("]}}");
    Ok(())
}

/// One object, under the names of the interface.
#[derive(Debug, Serialize)]
struct Row {
    t: Number,
    k: &'static str,
    x: Number,
    y: Number,
    sx: Number,
    sy: Number,
    stack: i32,
    combo: u32,
    index: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Number>,
    #[serde(flatten)]
    slider: Option<SliderRow>,
}

/// What a slider has beyond that.
#[derive(Debug, Serialize)]
struct SliderRow {
    ex: Number,
    ey: Number,
    ticks: Vec<[Number; 3]>,
}

impl Row {
    fn of(object: &DrawnObject, offset_ms: f64) -> Self {
        let time = |time_ms: f64| Number(time_ms - offset_ms);
        let [x, y] = numbers(object.position);
        let [sx, sy] = numbers(object.stacked());
        let slider_row = |slider: &DrawnSlider| {
            let [ex, ey] = numbers(object.stacked_end());
            let tick = |tick: &DrawnTick| {
                let [x, y] = numbers(tick.position);
                [time(tick.time_ms), x, y]
            };
            SliderRow { ex, ey, ticks: slider.ticks.iter().map(tick).collect() }
        };
        let (k, slider) = match &object.kind {
            DrawnKind::Circle => ("circle", None),
            DrawnKind::Slider(slider) => ("slider", Some(slider_row(slider))),
            DrawnKind::Spinner => ("spinner", None),
        };
        Self {
            t: time(object.start_ms),
            k,
            x,
            y,
            sx,
            sy,
            stack: object.stack_height,
            combo: object.combo_number,
            index: object.combo_index,
            end: (k != "circle").then(|| time(object.end_ms)),
            slider,
        }
    }
}

fn numbers([x, y]: [f32; 2]) -> [Number; 2] {
    [Number(x.into()), Number(y.into())]
}

/// A number that is written with [`N_DECIMALS`] decimals at most.
#[derive(Debug, Clone, Copy)]
struct Number(f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let factor = 10_f64.powi(N_DECIMALS);
        let rounded = (self.0 * factor).round() / factor;
        // Whole numbers below this are exact, and read better without a decimal.
        if rounded.fract() == 0.0 && rounded.abs() < 1e15 {
            serializer.serialize_i64(rounded as i64)
        } else {
            serializer.serialize_f64(rounded)
        }
    }
}
