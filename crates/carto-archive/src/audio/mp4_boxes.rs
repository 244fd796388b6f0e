//! The boxes that an MPEG-4 file is made of.

/// The boxes inside a box, as far as they are whole.
pub(super) fn boxes(mut rest: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let size = u32_at(rest, 0)? as usize;
        let kind = *rest.get(4..)?.first_chunk()?;
        let (this, tail) = rest.split_at_checked(size)?;
        rest = tail;
        Some((kind, this.get(8..)?))
    })
}

/// The boxes of one name inside a box.
pub(super) fn named<'a>(
    content: &'a [u8],
    name: &'static [u8; 4],
) -> impl Iterator<Item = &'a [u8]> {
    boxes(content).filter(move |(kind, _)| kind == name).map(|(_, inner)| inner)
}

/// The content of the box at the end of a path of box names.
pub(super) fn find<'a>(content: &'a [u8], path: &[&'static [u8; 4]]) -> Option<&'a [u8]> {
    path.iter().try_fold(content, |content, name| named(content, name).next())
}

/// The number of four bytes at a place.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_be_bytes)
}
