use std::f64::consts::TAU;

use super::context::DrawingContext as _;
use super::svg::{SvgPart, SvgPicture};

fn drawn(draw: impl FnOnce(&SvgPart)) -> String {
    let mut picture = SvgPicture::new((20.0, 10.0));
    picture.part([1.0, 2.0], (8.0, 4.0), draw);
    picture.finish("a & b", "<r>")
}

#[test]
fn a_path_is_filled_and_stroked_as_on_a_canvas() {
    let svg = drawn(|part| {
        part.set_fill_style_str("rgb(1 2 3)");
        part.set_global_alpha(0.5);
        part.begin_path();
        part.line_to(1.0, 2.0);
        part.line_to(3.004, -0.001);
        part.close_path();
        part.fill();
        part.set_line_width(2.0);
        part.stroke();
    });
    assert!(svg.contains("<path d=\"M1 2L3 0Z\" fill=\"rgb(1 2 3)\" opacity=\"0.5\"/>"), "{svg}");
    assert!(svg.contains("stroke-width=\"2\""), "{svg}");
    assert!(svg.contains("<svg x=\"1\" y=\"2\" width=\"8\" height=\"4\">"), "{svg}");
    assert!(svg.contains("<title>a &amp; b</title>\n<desc>&lt;r&gt;</desc>"), "{svg}");
}

#[test]
fn a_circle_is_two_halves_and_an_arc_one_piece() {
    let svg = drawn(|part| {
        part.begin_path();
        part.arc(5.0, 5.0, 2.0, 0.0, TAU);
        part.stroke();
        part.begin_path();
        part.arc(5.0, 5.0, 2.0, -TAU / 4.0, 0.0);
        part.stroke();
    });
    assert!(svg.contains("d=\"M7 5A2 2 0 0 1 3 5A2 2 0 0 1 7 5\""), "{svg}");
    assert!(svg.contains("d=\"M5 3A2 2 0 0 1 7 5\""), "{svg}");
}

#[test]
fn what_is_cut_off_ends_with_the_state_that_it_was_set_in() {
    let svg = drawn(|part| {
        part.save();
        part.begin_path();
        part.line_to(0.0, 0.0);
        part.clip();
        part.set_global_alpha(0.25);
        part.fill_rect(0.0, 0.0, 1.0, 1.0);
        part.restore();
        part.fill_rect(0.0, 0.0, 2.0, 1.0);
    });
    let places =
        ["id=\"clip-0-0\"", "<g clip-path=\"url(#clip-0-0)\">", "0.25", "</g>", "width=\"2\""];
    let places = places.map(|part| svg.find(part).unwrap());
    assert!(places.is_sorted(), "{svg}");
    assert!(svg.contains("width=\"2\" height=\"1\" fill=\"#000\" opacity=\"1\""), "{svg}");
}

#[test]
fn texts_keep_their_font_and_place() {
    let svg = drawn(|part| {
        part.set_font("italic 400 13px \"Literata\", serif");
        part.set_text_align("right");
        part.set_text_baseline("middle");
        part.fill_text("1 < 2", 3.0, 4.0);
        assert!((part.text_width("ab") - 2.0 * 0.55 * 13.0).abs() < 1e-9);
    });
    let text = "<text x=\"3\" y=\"4\" text-anchor=\"end\" dominant-baseline=\"central\" \
                font-family=\"&quot;Literata&quot;, serif\" font-size=\"13\" font-weight=\"400\" \
                font-style=\"italic\" fill=\"#000\" opacity=\"1\">1 &lt; 2</text>";
    assert!(svg.contains(text), "{svg}");
}
