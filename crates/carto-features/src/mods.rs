use carto_types::Mods;

use super::features::BeatmapFeatures;
use super::object_figures::{quotient, speed_index};

/// How much faster double time plays.
const DOUBLE_TIME_RATE: f64 = 1.5;

/// What the published program takes for its inverse in lengths.
const DOUBLE_TIME_LENGTH: f64 = 0.67;

impl BeatmapFeatures {
    /// The features of the map when it is played with `mods`.
    ///
    /// Star rating and max combo are empty afterwards: they belong to the mods.
    ///
    /// # Source
    ///
    /// The published classifier (kiAI), whose training set has such rows.
    /// Whatever it leaves as it is stays so here: with DT the variance of gaps and
    /// the length of sliders, with HR the drain rate. Its `ar` and `od` under DT
    /// have two decimals, ours all.
    #[must_use]
    pub fn with_mods(mut self, mods: Mods) -> Self {
        match mods {
            Mods::None => return self,
            Mods::DoubleTime => self.double_time(),
            Mods::HardRock => self.hard_rock(),
        }
        self.objects.ar_od_ratio = quotient(self.map.ar, self.map.od);
        (self.map.star_rating, self.map.max_combo) = (None, None);
        self
    }

    fn double_time(&mut self) {
        let (map, objects) = (&mut self.map, &mut self.objects);
        let faster = |bpm: f64| (bpm * DOUBLE_TIME_RATE).floor();
        let shorter = |length_s: u32| (f64::from(length_s) * DOUBLE_TIME_LENGTH).floor() as u32;
        map.bpm = map.bpm.map(faster);
        map.total_length_s = shorter(map.total_length_s);
        map.hit_length_s = shorter(map.hit_length_s);
        map.ar = approach_rate_of(preempt_ms(map.ar) / DOUBLE_TIME_RATE);
        map.od = (80.0 - (80.0 - 6.0 * map.od) / DOUBLE_TIME_RATE) / 6.0;
        objects.base_bpm = objects.base_bpm.map(faster);
        objects.mean_interval_ms /= DOUBLE_TIME_RATE;
        objects.notes_per_second *= DOUBLE_TIME_RATE;
        objects.mean_velocity *= DOUBLE_TIME_RATE;
        objects.speed_index = speed_index(objects.base_bpm, objects.stream_density);
    }

    fn hard_rock(&mut self) {
        let map = &mut self.map;
        map.cs = (map.cs * 1.3).min(10.0);
        map.ar = (map.ar * 1.4).min(10.0);
        map.od = (map.od * 1.4).min(10.0);
    }
}

/// How long an object shows before it must be hit, ms.
fn preempt_ms(approach_rate: f64) -> f64 {
    if approach_rate < 5.0 {
        1800.0 - 120.0 * approach_rate
    } else {
        1200.0 - 150.0 * (approach_rate - 5.0)
    }
}

fn approach_rate_of(preempt_ms: f64) -> f64 {
    if preempt_ms > 1200.0 {
        (1800.0 - preempt_ms) / 120.0
    } else {
        5.0 + (1200.0 - preempt_ms) / 150.0
    }
}

#[cfg(test)]
mod tests {
    use crate::read;
    use carto_beatmap::limits::Limits;

    use super::*;

    fn features() -> BeatmapFeatures {
        let text = "osu file format v14\n[Difficulty]\nApproachRate:9\nCircleSize:4\n\
                    OverallDifficulty:8\nHPDrainRate:5\n[TimingPoints]\n0,297,4,1,0,60,1,0\n\
                    [HitObjects]\n0,0,1000,1\n60,80,1080,1\n0,0,101000,1\n";
        match read(text.as_bytes(), &Limits::default()) {
            Ok(mut features) => {
                (features.map.star_rating, features.map.max_combo) = (Some(5.0), Some(3));
                features
            }
            Err(error) => unreachable!("{error}"),
        }
    }

    #[test]
    fn no_mods_change_nothing() {
        assert_eq!(features().with_mods(Mods::None), features());
    }

    #[test]
    fn double_time_plays_faster() {
        let (plain, fast) = (features(), features().with_mods(Mods::DoubleTime));
        // 202.02 * 1.5 = 303.03; 101 s * 0.67 = 67.67 s, 100 s * 0.67 = 67 s.
        assert_eq!((fast.map.bpm, fast.objects.base_bpm), (Some(303.0), Some(303.0)));
        assert_eq!((fast.map.total_length_s, fast.map.hit_length_s), (67, 67));
        // AR 9 is 600 ms, 400 ms are AR 10 1/3; OD 8 is 32 ms, 21 1/3 ms are OD 9 7/9.
        assert!((fast.map.ar - 31.0 / 3.0).abs() < 1e-12);
        assert!((fast.map.od - 88.0 / 9.0).abs() < 1e-12);
        assert_eq!(fast.objects.mean_interval_ms, plain.objects.mean_interval_ms / 1.5);
        assert_eq!(fast.objects.notes_per_second, plain.objects.notes_per_second * 1.5);
        assert_eq!(fast.objects.mean_velocity, plain.objects.mean_velocity * 1.5);
        assert_eq!((plain.objects.speed_index, fast.objects.speed_index), (101.01, 151.5));
        assert_eq!(fast.objects.interval_variance, plain.objects.interval_variance);
        assert_eq!((fast.map.cs, fast.map.hp), (4.0, 5.0));
        assert_eq!((fast.map.star_rating, fast.map.max_combo), (None, None));
    }

    #[test]
    fn slow_approach_rates_go_through_their_own_branch() {
        for (plain, fast) in [(0.0, 5.0), (3.0, 6.6), (5.0, 23.0 / 3.0), (10.0, 11.0)] {
            let ms = preempt_ms(plain) / 1.5;
            assert!((approach_rate_of(ms) - fast).abs() < 1e-12, "{plain}");
            assert!((approach_rate_of(preempt_ms(plain)) - plain).abs() < 1e-12);
        }
    }

    #[test]
    fn hard_rock_is_capped_at_ten() {
        let hard = features().with_mods(Mods::HardRock);
        assert_eq!((hard.map.cs, hard.map.ar, hard.map.od), (5.2, 10.0, 10.0));
        assert_eq!(hard.objects.ar_od_ratio, 1.0);
        assert_eq!(hard.map.hp, 5.0);
        assert_eq!(hard.objects.base_bpm, features().objects.base_bpm);
        assert_eq!(hard.map.star_rating, None);
    }
}
