//! Star rating and longest combo, by rosu-pp.

use rosu_pp::model::beatmap::TooSuspicious;
use rosu_pp::model::hit_object::HitObjectKind;
use rosu_pp::model::mode::GameMode;
use rosu_pp::osu::Osu;
use rosu_pp::{Beatmap, Difficulty};

use carto_beatmap::beatmap::HitObject;
use carto_beatmap::limits::Limits;
use carto_beatmap::osu::{self, OsuError};
use carto_types::Mods;

use super::fault::Fault;
use super::rounding::five_decimals;

/// Objects of a map that is rated. Stacking may look at all pairs where a map
/// asks for it; the largest of the published dataset has 32,355.
const MAX_OBJECTS: usize = 50_000;

/// Ticks and repeats of a map that is rated: each costs memory.
const MAX_NESTED: f64 = 2_000_000.0;

/// The longest slider that has ticks, osu!pixels (`SliderEventGenerator.cs`, ppy/osu).
const MAX_TICKED_LENGTH: f64 = 100_000.0;

/// How hard a map is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rating {
    /// Stars, by the algorithm of rosu-pp 4.0.1: that of the game's update of
    /// 2025-10-29.
    pub star_rating: f64,
    /// The longest combo.
    pub max_combo: u32,
}

/// Why a map has no rating.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RatingError {
    /// The reading as osu! does refuses it.
    #[error(transparent)]
    Unreadable(#[from] OsuError),
    /// rosu-pp cannot read it, or it is of another game.
    #[error("the calculation of ratings cannot read it; save it once in the editor of osu!")]
    Undecodable,
    /// The map tests the limits of the game, not a player.
    #[error("{reason} for a map that is meant to be played")]
    Suspicious {
        /// What is out of all proportion.
        reason: &'static str,
    },
    /// More objects than a map has.
    #[error("{n_objects} objects, limit for a rating is {limit}")]
    TooManyObjects {
        /// Objects of the map.
        n_objects: usize,
        /// Objects that a map may have.
        limit: usize,
    },
    /// More slider ticks and repeats than a map has.
    #[error("its sliders have more than {limit} ticks and repeats")]
    TooManyTicks {
        /// Ticks and repeats that a map may have.
        limit: f64,
    },
    /// The algorithm gives no number.
    #[error("its star rating is not finite")]
    NotFinite,
    /// A panic of this program.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Rates one osu!standard map.
///
/// # Errors
///
/// [`RatingError`] for a map that cannot be read or would cost too much.
///
/// # Source
///
/// rosu-pp 4.0.1, a port of ppy/osu's difficulty calculation. It uses the
/// machine's own transcendental functions, so the last digits of a rating may
/// differ between a browser and a native program.
pub fn rate(bytes: &[u8], mods: Mods, limits: &Limits) -> Result<Rating, RatingError> {
    RatableMap::read(bytes, limits)?.1?.rate(mods)
}

/// Stars of a map without mods, five decimals, as every table has them.
///
/// - `bytes`: of a map that [`osu::read`] has read within its limits: what follows draws
///   paths of any length
///
/// # Errors
///
/// Those of [`rate`] but [`RatingError::Unreadable`].
pub fn star_rating(bytes: &[u8]) -> Result<f64, RatingError> {
    let rating = Fault::catch(|| RatableMap::of_readable(bytes)?.rate(Mods::None))??;
    Ok(five_decimals(rating.star_rating))
}

/// A map that was found fit to be rated, with any mods.
pub(super) struct RatableMap(Beatmap);

impl RatableMap {
    /// The map, or why it is not rated, behind its [`overlap_share`].
    ///
    /// # Errors
    ///
    /// [`RatingError::Unreadable`].
    pub(super) fn read(
        bytes: &[u8],
        limits: &Limits,
    ) -> Result<(f64, Result<Self, RatingError>), RatingError> {
        // Draws all paths within limits, which rosu-pp does not have.
        let read = osu::read(bytes, limits)?;
        Ok((overlap_share(&read.beatmap.hit_objects), Self::of_readable(bytes)))
    }

    /// - `bytes`: of a map that [`osu::read`] has read within its limits
    ///
    /// # Errors
    ///
    /// Those of [`rate`] but [`RatingError::Unreadable`].
    fn of_readable(bytes: &[u8]) -> Result<Self, RatingError> {
        let map = Beatmap::from_bytes(bytes).map_err(|_| RatingError::Undecodable)?;
        if map.mode != GameMode::Osu {
            return Err(RatingError::Undecodable);
        }
        check_cost(&map)?;
        Ok(Self(map))
    }

    /// # Errors
    ///
    /// [`RatingError::Undecodable`], [`RatingError::NotFinite`].
    pub(super) fn rate(&self, mods: Mods) -> Result<Rating, RatingError> {
        let attributes = Difficulty::new()
            .mods(bits(mods))
            .calculate_for_mode::<Osu>(&self.0)
            .map_err(|_| RatingError::Undecodable)?;
        if !attributes.stars.is_finite() {
            return Err(RatingError::NotFinite);
        }
        Ok(Rating { star_rating: attributes.stars, max_combo: attributes.max_combo })
    }
}

/// The bits of the game's own numbers for mods.
fn bits(mods: Mods) -> u32 {
    match mods {
        Mods::None => 0,
        Mods::HardRock => 1 << 4,
        Mods::DoubleTime => 1 << 6,
    }
}

/// Share of objects that begin while another lasts or begins, `[0, 1]`; 0 without objects.
///
/// - `objects`: by start
fn overlap_share(objects: &[HitObject]) -> f64 {
    /// Starts are whole milliseconds, and the ends of sliders are not.
    const TOLERANCE_MS: f64 = 2.0;
    let (mut latest_end_ms, mut previous_ms) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    let mut n_overlaps = 0;
    for object in objects {
        let is_during = object.start_ms < latest_end_ms - TOLERANCE_MS;
        n_overlaps += usize::from(is_during || object.start_ms <= previous_ms);
        previous_ms = object.start_ms;
        // An end that is not known (NaN) is left out.
        latest_end_ms = latest_end_ms.max(object.end_ms);
    }
    n_overlaps as f64 / objects.len().max(1) as f64
}

fn check_cost(map: &Beatmap) -> Result<(), RatingError> {
    let n_objects = map.hit_objects.len();
    if n_objects > MAX_OBJECTS {
        return Err(RatingError::TooManyObjects { n_objects, limit: MAX_OBJECTS });
    }
    map.check_suspicion()
        .map_err(|what| RatingError::Suspicious { reason: what_is_too_much(what) })?;
    if n_nested(map) > MAX_NESTED {
        return Err(RatingError::TooManyTicks { limit: MAX_NESTED });
    }
    Ok(())
}

/// What of a map is out of all proportion.
fn what_is_too_much(what: TooSuspicious) -> &'static str {
    match what {
        TooSuspicious::Density => "its objects follow each other too fast",
        TooSuspicious::Length => "it is longer than a day, too long",
        TooSuspicious::ObjectCount => "it has too many objects",
        TooSuspicious::SliderPositions => "too many of its sliders lie far outside the playfield",
        TooSuspicious::SliderRepeats => "too many of its sliders repeat too often",
        _ => "its values are out of all proportion",
    }
}

/// At most this many ticks, repeats and ends.
fn n_nested(map: &Beatmap) -> f64 {
    let velocities = map.difficulty_points.iter().map(|point| point.slider_velocity);
    let slowest = velocities.fold(1.0, f64::min);
    let tick_distance = 100.0 * map.slider_multiplier * slowest / map.slider_tick_rate.max(1e-3);
    let of_slider = |kind: &HitObjectKind| match kind {
        HitObjectKind::Slider(slider) => {
            let length = slider.expected_dist.unwrap_or(MAX_TICKED_LENGTH).min(MAX_TICKED_LENGTH);
            (slider.repeats as f64 + 1.0) * (length / tick_distance + 2.0)
        }
        _ => 0.0,
    };
    map.hit_objects.iter().map(|object| of_slider(&object.kind)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(objects: &str) -> String {
        format!(
            "osu file format v14\n[Difficulty]\nHPDrainRate:5\nCircleSize:4\nOverallDifficulty:8\n\
             ApproachRate:9\nSliderMultiplier:1\nSliderTickRate:2\n\
             [TimingPoints]\n0,400,4,1,0,60,1,0\n[HitObjects]\n{objects}"
        )
    }

    fn jumps() -> String {
        let x = |idx: usize| if idx.is_multiple_of(2) { 100 } else { 400 };
        map(&(0..100).map(|idx| format!("{},192,{},1,0\n", x(idx), idx * 200)).collect::<String>())
    }

    #[test]
    fn a_faster_map_has_more_stars_and_the_same_combo() {
        let rate = |mods| rate(jumps().as_bytes(), mods, &Limits::default());
        let stars = |mods| rate(mods).map_or(0.0, |rating| rating.star_rating);
        assert!(stars(Mods::None) > 2.0);
        assert!(stars(Mods::DoubleTime) > 1.2 * stars(Mods::None));
        assert!(stars(Mods::HardRock) > stars(Mods::None));
        assert_eq!(rate(Mods::DoubleTime).map(|rating| rating.max_combo), Ok(100));
    }

    #[test]
    fn ticks_and_repeats_count_into_the_combo() {
        // 200 osu!pixels with a tick every 50: head, 3 ticks, repeat, 3 ticks, end.
        let text = map("0,0,0,2,0,L|200:0,2,200\n");
        let rating = rate(text.as_bytes(), Mods::None, &Limits::default());
        assert_eq!(rating.map(|rating| rating.max_combo), Ok(9));
    }

    #[test]
    fn maps_that_cost_too_much_are_refused() {
        let rate = |text: String| rate(text.as_bytes(), Mods::None, &Limits::default());
        let circles: String = (0..50_001).map(|idx| format!("0,0,{},1,0\n", idx * 100)).collect();
        let limit = MAX_OBJECTS;
        assert_eq!(
            rate(map(&circles)),
            Err(RatingError::TooManyObjects { n_objects: 50_001, limit })
        );
        let sliders: String =
            (0..40).map(|idx| format!("0,0,{idx}00000,2,0,L|9:0,900,90000\n")).collect();
        assert_eq!(rate(map(&sliders)), Err(RatingError::TooManyTicks { limit: MAX_NESTED }));
        let dense: String = (0..300).map(|idx| format!("0,0,{idx},1,0\n")).collect();
        let reason = "its objects follow each other too fast";
        assert_eq!(rate(map(&dense)), Err(RatingError::Suspicious { reason }));
        assert!(matches!(rate("no map".to_owned()), Err(RatingError::Unreadable(_))));
    }
}
