//! Reads a figure back, in natural pixels, knowing nothing of how it was laid out.

use carto_figures::{Figure, svg};
use roxmltree::{Document, Node};

/// A person's own marks.
const YOURS: &str = "#A71B6B";

pub(crate) type Point = (f64, f64);

/// One line of text and where it begins, is centred or ends.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    pub(crate) text: String,
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) size_px: f64,
}

#[derive(Debug)]
pub(crate) struct Picture {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) labels: Vec<Label>,
    /// The middle of each diamond, from the top.
    pub(crate) diamonds: Vec<Point>,
    /// Both ends of each horizontal line in the colour of the diamonds.
    pub(crate) whiskers: Vec<(Point, Point)>,
    /// The middle of each upright line in that colour.
    pub(crate) end_ticks: Vec<Point>,
    /// Fill, left and right of each rectangle.
    pub(crate) blocks: Vec<(String, f64, f64)>,
    /// Fill, upper left and lower right of each rectangle.
    pub(crate) rects: Vec<(String, Point, Point)>,
    /// All coordinates of all elements.
    pub(crate) points: Vec<Point>,
}

impl Picture {
    pub(crate) fn drawn(figure: &impl Figure) -> Self {
        Self::of(&svg(figure).unwrap())
    }

    pub(crate) fn of(svg: &str) -> Self {
        let document = Document::parse(svg).unwrap();
        let root = document.root_element();
        let (width, height) = (number(root, "width"), number(root, "height"));
        let view: Vec<_> = numbers(root.attribute("viewBox").unwrap());
        let scale = view[2] / width;
        assert_eq!(view, [0.0, 0.0, width * scale, height * scale]);
        let mut picture = Self {
            width,
            height,
            labels: Vec::new(),
            diamonds: Vec::new(),
            whiskers: Vec::new(),
            end_ticks: Vec::new(),
            blocks: Vec::new(),
            rects: Vec::new(),
            points: Vec::new(),
        };
        for node in root.children().filter(Node::is_element) {
            picture.read(node, scale);
        }
        picture
    }

    fn read(&mut self, node: Node, scale: f64) {
        let px = |name| number(node, name) / scale;
        match node.tag_name().name() {
            "text" => {
                self.points.push((px("x"), px("y")));
                let text = node.text().unwrap().trim().to_owned();
                self.labels.push(Label { text, x: px("x"), y: px("y"), size_px: px("font-size") });
            }
            "rect" => {
                let (left, right) = (px("x"), px("x") + px("width"));
                let (from, to) = ((left, px("y")), (right, px("y") + px("height")));
                self.points.extend([from, to]);
                let fill = node.attribute("fill").unwrap().to_owned();
                self.blocks.push((fill.clone(), left, right));
                self.rects.push((fill, from, to));
            }
            "circle" => self.points.push((px("cx"), px("cy"))),
            "polygon" | "polyline" => self.read_points(node, scale),
            "title" | "desc" => {}
            other => panic!("unexpected <{other}>"),
        }
    }

    fn read_points(&mut self, node: Node, scale: f64) {
        let values = numbers(node.attribute("points").unwrap());
        let points: Vec<Point> =
            values.chunks_exact(2).map(|pair| (pair[0] / scale, pair[1] / scale)).collect();
        if node.attribute("fill") == Some(YOURS) {
            assert_eq!(points.len(), 4, "a diamond has four corners");
            let middle = |axis: fn(&Point) -> f64| points.iter().map(axis).sum::<f64>() / 4.0;
            self.diamonds.push((middle(|p| p.0), middle(|p| p.1)));
        } else if node.attribute("stroke") == Some(YOURS) {
            let [from, to] = points[..] else { panic!("whiskers are straight") };
            if (from.1 - to.1).abs() < f64::EPSILON {
                self.whiskers.push((from, to));
            } else {
                assert!((from.0 - to.0).abs() < f64::EPSILON, "ticks are upright");
                self.end_ticks.push((from.0, (from.1 + to.1) / 2.0));
            }
        }
        self.points.extend(points);
    }

    pub(crate) fn label(&self, text: &str) -> &Label {
        self.labels.iter().find(|label| label.text == text).unwrap_or_else(|| panic!("no {text:?}"))
    }

    /// Texts of the row of this name, from the left.
    pub(crate) fn row(&self, name: &str) -> Vec<&str> {
        let y = self.label(name).y;
        let mut labels: Vec<_> = self.labels.iter().filter(|l| (l.y - y).abs() < 4.0).collect();
        labels.sort_by(|a, b| a.x.total_cmp(&b.x));
        labels.into_iter().map(|label| label.text.as_str()).collect()
    }

    /// Where `r` must stand, from two labels of the axis.
    pub(crate) fn x_of(&self, r: f64) -> f64 {
        let (zero, eight) = (self.label("0.0").x, self.label("0.8").x);
        zero + r / 0.8 * (eight - zero)
    }
}

fn number(node: Node, name: &str) -> f64 {
    node.attribute(name).unwrap_or_else(|| panic!("no {name}")).parse().unwrap()
}

fn numbers(text: &str) -> Vec<f64> {
    text.split([' ', ','])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().unwrap())
        .collect()
}
