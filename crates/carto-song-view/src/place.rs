//! Mappers, difficulties, zoom and moment in the browser's address, so that a link shows the same.
//!
//! The page itself writes the song. What other parts of the page put into the query stays; when
//! another view is shown, what this one wrote is taken out again.

use carto_ui::{decoded, encoded, query, query_pairs, show_query, with_values};

use crate::choice::MapName;
use crate::latent_strips::LatentChoice;
use crate::visible::Stretch;

/// Keys of this view: map A, map B, the visible stretch, the moment, and the latents.
const KEYS: [&str; 5] = ["a", "b", "span", "at", "latents"];

/// Between mapper and difficulty; encoded in a name, so that it stands for nothing else.
const BETWEEN: char = '/';

/// What the address says of the view; `None` for what it leaves out.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Place {
    /// A and B.
    pub(crate) maps: [Option<MapName>; 2],
    /// What is visible.
    pub(crate) span: Option<Stretch>,
    /// Where the cursor stands, ms.
    pub(crate) at_ms: Option<f64>,
    /// Which latents are shown; `None` for none.
    pub(crate) latents: Option<LatentChoice>,
}

impl Place {
    /// What the browser's address says.
    pub(crate) fn read() -> Self {
        Self::of_query(&query())
    }

    /// Writes it into the browser's address, in the present step of its history.
    pub(crate) fn write(&self) {
        show_query(&self.to_query(&query()));
    }

    /// What a query says; what is not understood is left out.
    fn of_query(query: &str) -> Self {
        let mut place = Self::default();
        for (key, value) in query_pairs(query) {
            match key {
                "a" => place.maps[0] = map_name(value),
                "b" => place.maps[1] = map_name(value),
                "span" => place.span = span(value),
                "at" => place.at_ms = time_ms(value),
                "latents" => place.latents = LatentChoice::of_word(value),
                _ => {}
            }
        }
        place
    }

    /// The query that says this, with all of `query` that is not of this view.
    fn to_query(&self, query: &str) -> String {
        let map = |place: usize| {
            let MapName { mapper, version } = self.maps[place].as_ref()?;
            Some(format!("{}{BETWEEN}{}", encoded(mapper), encoded(version)))
        };
        let span = self.span.map(|it| format!("{:.0}-{:.0}", it.from_ms, it.to_ms));
        let at = self.at_ms.map(|at_ms| format!("{at_ms:.0}"));
        let latents = self.latents.map(|choice| choice.word().to_owned());
        let ours = [map(0), map(1), span, at, latents];
        with_values(query, KEYS.into_iter().zip(ours))
    }
}

fn map_name(value: &str) -> Option<MapName> {
    let (mapper, version) = value.split_once(BETWEEN).unwrap_or((value, ""));
    let (mapper, version) = (decoded(mapper), decoded(version));
    (!mapper.is_empty()).then_some(MapName { mapper, version })
}

/// `12000-24000`, in whole ms; either may be below 0.
fn span(value: &str) -> Option<Stretch> {
    let between = value.get(1..)?.find('-')? + 1;
    let (from, to) = value.split_at(between);
    let stretch = Stretch::new(time_ms(from)?, time_ms(to.get(1..)?)?);
    (stretch.length_ms() > 0.0).then_some(stretch)
}

fn time_ms(value: &str) -> Option<f64> {
    value.parse::<i32>().ok().map(f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_from_its_query() {
        let name = |mapper: &str, version: &str| {
            Some(MapName { mapper: mapper.to_owned(), version: version.to_owned() })
        };
        let place = Place {
            maps: [name("ann", "Hard"), name("Bea", "Extra_2")],
            span: Some(Stretch::new(-120.0, 24_000.0)),
            at_ms: Some(10_500.0),
            latents: Some(LatentChoice::Least),
        };
        let query = place.to_query("view=song&song=x&at=3");
        assert_eq!(
            query,
            "view=song&song=x&a=ann/Hard&b=Bea/Extra_2&span=-120-24000&at=10500&latents=least"
        );
        assert_eq!(Place::of_query(&query), place);
        assert_eq!(Place::default().to_query(&query), "view=song&song=x");
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        let odd = "a=&b=/&span=5-2&at=x&span=&at=NaN&=&span=-&latents=some";
        assert_eq!(Place::of_query(odd), Place::default());
        assert_eq!(span("-3--1"), Some(Stretch::new(-3.0, -1.0)));
    }
}
