//! Which stretch of a song is visible, and how zoom and pan change it.

/// The shortest stretch that can be zoomed to, ms: a few hits.
const MIN_LENGTH_MS: f64 = 1_000.0;

/// A stretch of the song, ms on the clock of A.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Stretch {
    pub(crate) from_ms: f64,
    pub(crate) to_ms: f64,
}

impl Stretch {
    /// A stretch between two times.
    pub(crate) fn new(from_ms: f64, to_ms: f64) -> Self {
        Self { from_ms, to_ms }
    }

    /// How long it is, ms.
    pub(crate) fn length_ms(self) -> f64 {
        self.to_ms - self.from_ms
    }

    /// Whether a time lies in it.
    pub(crate) fn has(self, time_ms: f64) -> bool {
        (self.from_ms..self.to_ms).contains(&time_ms)
    }

    /// Where a time stands in it: 0 at its begin, 1 at its end.
    pub(crate) fn fraction(self, time_ms: f64) -> f64 {
        (time_ms - self.from_ms) / self.length_ms().max(f64::MIN_POSITIVE)
    }

    /// The time at a place in it.
    pub(crate) fn time_ms(self, fraction: f64) -> f64 {
        self.from_ms + fraction * self.length_ms()
    }

    /// The nearest stretch of the same length inside `whole`; one that is too short is made longer,
    /// one that is longer than `whole` is `whole`.
    pub(crate) fn inside(self, whole: Self) -> Self {
        let least_ms = MIN_LENGTH_MS.min(whole.length_ms());
        let length_ms = self.length_ms().clamp(least_ms, whole.length_ms().max(least_ms));
        let last_ms = (whole.to_ms - length_ms).max(whole.from_ms);
        let from_ms = self.from_ms.clamp(whole.from_ms, last_ms);
        Self { from_ms, to_ms: from_ms + length_ms }
    }

    /// Zoomed so that what stands at `fraction` stays there.
    ///
    /// - `factor`: of its length; below 1 shows less
    pub(crate) fn zoomed(self, factor: f64, fraction: f64, whole: Self) -> Self {
        let least_ms = MIN_LENGTH_MS.min(whole.length_ms());
        let length_ms =
            (self.length_ms() * factor).clamp(least_ms, whole.length_ms().max(least_ms));
        let from_ms = self.time_ms(fraction) - fraction * length_ms;
        Self { from_ms, to_ms: from_ms + length_ms }.inside(whole)
    }

    /// Moved by a part of its length; to the right for more than 0.
    pub(crate) fn panned(self, share: f64, whole: Self) -> Self {
        let by_ms = share * self.length_ms();
        Self { from_ms: self.from_ms + by_ms, to_ms: self.to_ms + by_ms }.inside(whole)
    }

    /// The same length with a time in its middle.
    pub(crate) fn around(self, time_ms: f64, whole: Self) -> Self {
        let half_ms = self.length_ms() / 2.0;
        Self { from_ms: time_ms - half_ms, to_ms: time_ms + half_ms }.inside(whole)
    }

    /// The stretch that shows a time which is played: itself as long as the time is in it, else the
    /// next that begins a little before the time.
    pub(crate) fn following(self, time_ms: f64, whole: Self) -> Self {
        if self.has(time_ms) || !whole.has(time_ms) {
            return self;
        }
        let before_ms = 0.05 * self.length_ms();
        let from_ms = time_ms - before_ms;
        Self { from_ms, to_ms: from_ms + self.length_ms() }.inside(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Stretch = Stretch { from_ms: 500.0, to_ms: 60_500.0 };

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        let shown = Stretch::new(10_000.0, 20_000.0);
        let near = shown.zoomed(0.5, 0.25, WHOLE);
        assert_eq!(near, Stretch::new(11_250.0, 16_250.0));
        assert_eq!(near.time_ms(0.25), shown.time_ms(0.25));
        assert_eq!(shown.zoomed(1e9, 0.5, WHOLE), WHOLE);
        assert_eq!(shown.zoomed(0.0, 0.5, WHOLE).length_ms(), MIN_LENGTH_MS);
    }

    #[test]
    fn nothing_leaves_the_song() {
        let shown = Stretch::new(50_000.0, 60_000.0);
        assert_eq!(shown.panned(1.0, WHOLE), Stretch::new(50_500.0, 60_500.0));
        assert_eq!(shown.panned(-100.0, WHOLE), Stretch::new(500.0, 10_500.0));
        assert_eq!(Stretch::new(-9.0, 1e9).inside(WHOLE), WHOLE);
        assert_eq!(shown.around(0.0, WHOLE), Stretch::new(500.0, 10_500.0));
    }

    #[test]
    fn what_is_played_is_turned_to_like_a_page() {
        let shown = Stretch::new(10_000.0, 20_000.0);
        assert_eq!(shown.following(19_999.0, WHOLE), shown);
        assert_eq!(shown.following(20_000.0, WHOLE), Stretch::new(19_500.0, 29_500.0));
        assert_eq!(shown.following(99_000.0, WHOLE), shown, "behind the song");
    }

    #[test]
    fn a_song_shorter_than_the_least_stretch_is_shown_as_a_whole() {
        let whole = Stretch::new(0.0, 400.0);
        assert_eq!(Stretch::new(100.0, 200.0).inside(whole), whole);
        assert_eq!(Stretch::new(100.0, 200.0).fraction(150.0), 0.5);
    }
}
