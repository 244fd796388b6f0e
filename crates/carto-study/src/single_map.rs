use carto_beatmap::beatmap::Beatmap;
use carto_beatmap::limits::Limits;
use carto_beatmap::osu::OsuMap;
use carto_beatmap::{osu, published};
use carto_types::{Cause, MapRefusal, Mode};

use crate::scan::{refuse_other_game, registered};

/// Reads one `.osu` of osu!standard that stands alone, by the rules of a mode.
///
/// # Errors
///
/// Why the rules do not take it: another game, no object, what they cannot read.
pub fn read_single_map(bytes: &[u8], mode: Mode) -> Result<Beatmap, MapRefusal> {
    match mode {
        Mode::Published => {
            let registration = registered(bytes).map(drop);
            // Of a map of another game the reader would say what is odd in a line.
            if let Err(refusal) = &registration
                && refusal.cause == Cause::OtherMode
            {
                return Err(refusal.clone());
            }
            let beatmap = published::read(bytes, &Limits::default())
                .map_err(|refusal| MapRefusal::new(refusal.cause(), refusal.to_string()))?;
            registration.map(|()| beatmap)
        }
        Mode::Osu => Ok(read_osu_map(bytes)?.beatmap),
    }
}

/// Reads one `.osu` of osu!standard that stands alone as osu! does, with all that it states.
///
/// # Errors
///
/// Another game, no object, what osu! cannot read.
pub fn read_osu_map(bytes: &[u8]) -> Result<OsuMap, MapRefusal> {
    let map = osu::read(bytes, &Limits::default())
        .map_err(|error| MapRefusal::new(error.cause(), error.to_string()))?;
    refuse_other_game(&map)?;
    Ok(map)
}
