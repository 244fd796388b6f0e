//! The agreement figure on a surface that is not plotters' own.

use carto_charts::{AgreementChart, Metric};
use carto_figures::{Figure, FigureError, Theme, draw};
use carto_types::{ChannelSummary, TrackA};
use plotters::drawing::IntoDrawingArea;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

type Drawn = Result<(), DrawingErrorKind<std::fmt::Error>>;
type Corners = Vec<BackendCoord>;
/// Text, font size, upper end of its anchor.
type Label = (String, f64, BackendCoord);

/// Notes texts and polygons, and breaks after so many of either.
struct Recorder<'a> {
    size: (u32, u32),
    texts: &'a mut Vec<Label>,
    polygons: &'a mut Vec<Corners>,
    n_until_broken: usize,
}

impl Recorder<'_> {
    fn count_down(&mut self) -> Drawn {
        let broken = DrawingErrorKind::DrawingError(std::fmt::Error);
        self.n_until_broken = self.n_until_broken.checked_sub(1).ok_or(broken)?;
        Ok(())
    }
}

impl DrawingBackend for Recorder<'_> {
    type ErrorType = std::fmt::Error;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        _: BackendCoord,
        _: BackendCoord,
        _: &S,
        _: bool,
    ) -> Drawn {
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        _: I,
        _: &S,
    ) -> Drawn {
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        _: &S,
    ) -> Drawn {
        self.polygons.push(corners.into_iter().collect());
        self.count_down()
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        self.texts.push((text.to_owned(), style.size() / 1.24, at));
        self.count_down()
    }
}

fn figure() -> AgreementChart {
    let channel = |name: &str, pearson_mean| ChannelSummary {
        name: name.to_owned(),
        pearson_mean,
        pearson_std: 0.1,
        mad_mean: 0.3,
        mad_std: 0.0,
        cosine_mean: 0.0,
        cosine_std: 0.0,
        n_pairs: 300,
    };
    let track = TrackA {
        channels: vec![channel("ONSET", 0.5), channel("Y", 0.0)],
        cosine_mean: 0.0,
        cosine_std: 0.0,
        songs_analyzed: 300,
        pairs_compared: 300,
    };
    AgreementChart::new(Some(&track), None, Metric::Correlation, false)
}

/// Texts and polygons on a surface of so many natural sizes.
fn drawn(times: u32, n_until_broken: usize) -> (Result<(), FigureError>, Vec<Label>, Vec<Corners>) {
    let (mut texts, mut polygons) = (Vec::new(), Vec::new());
    let (width, height) = figure().size();
    let recorder = Recorder {
        size: (width * times, height * times),
        texts: &mut texts,
        polygons: &mut polygons,
        n_until_broken,
    };
    let result = draw(&recorder.into_drawing_area(), &figure(), &Theme::print());
    (result, texts, polygons)
}

#[test]
fn a_larger_surface_gets_the_same_figure_larger() {
    let (small_result, small_texts, small_polygons) = drawn(1, usize::MAX);
    let (large_result, large_texts, large_polygons) = drawn(3, usize::MAX);
    assert!(small_result.is_ok() && large_result.is_ok());
    // Two diamonds and the filled triangle; the other symbol is an outline.
    assert_eq!((small_polygons.len(), large_polygons.len()), (3, 3));
    let is_triple = |small: BackendCoord, large: BackendCoord| {
        // Rounded to whole pixels on both: at most half of one, times three, and half of one.
        (large.0 - 3 * small.0).abs() <= 2 && (large.1 - 3 * small.1).abs() <= 2
    };
    for (small, large) in small_polygons.iter().flatten().zip(large_polygons.iter().flatten()) {
        assert!(is_triple(*small, *large), "{small:?} {large:?}");
    }
    assert_eq!(small_texts.len(), large_texts.len());
    for (small, large) in small_texts.iter().zip(&large_texts) {
        assert_eq!(small.0, large.0);
        assert!((3.0 * small.1 - large.1).abs() < 1e-9, "{}", small.0);
        assert!(is_triple(small.2, large.2), "{}", small.0);
    }
}

#[test]
fn a_surface_that_breaks_is_an_error_wherever_it_does() {
    let (_, texts, polygons) = drawn(1, usize::MAX);
    let n_calls = texts.len() + polygons.len();
    assert!(n_calls > 20);
    for n_until_broken in 0..n_calls {
        let (result, ..) = drawn(1, n_until_broken);
        assert!(matches!(result, Err(FigureError::Surface(_))), "after {n_until_broken}");
    }
}
