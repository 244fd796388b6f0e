use crate::Cell;

/// What a collection without a name is called.
const UNNAMED: &str = "unnamed";

/// The label that the name of a collection or a folder makes.
///
/// Blanks around it and control characters go, and the one sign that separates
/// labels in a cell becomes `/`. Case stays: two collections that differ in it
/// are two labels.
#[must_use]
pub fn clean_label(name: &str) -> String {
    let tidy = |c: char| match c {
        Cell::ALSO_SEPARATOR => '/',
        c if c.is_control() => ' ',
        c => c,
    };
    let name: String = name.chars().map(tidy).collect();
    let name = name.trim();
    if name.is_empty() { UNNAMED.to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_one_line_without_the_separator() {
        assert_eq!(clean_label(" aim\t|\u{0}slop\n"), "aim / slop");
        assert_eq!(clean_label(" \n"), "unnamed");
    }
}
