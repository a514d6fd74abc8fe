//! Whether a piece of HTML is one that a tree can be built of at a fair price.

use std::collections::HashMap;

/// Tags inside one another. Browsers nest no deeper than 512, and walking the tree takes the square
/// of its depth.
pub(super) const DEEPEST: usize = 500;
/// Tags in all.
const MOST_TAGS: usize = 200_000;
/// The parser opens unclosed `<b>`s again after every paragraph; so many times at most, all told.
const MOST_REOPENED: usize = 2_000_000;
/// Attributes of one tag; the parser compares each with all before it.
const MOST_ATTRIBUTES: usize = 500;
/// `<`, and quotes where none belong. The parser keeps a message for each that it cannot place.
const MOST_MARKS: usize = 400_000;
/// Signs that are escaped, times the letters of the text they stand in, in all: what it takes to
/// write the page anew.
const MOST_ESCAPING: usize = 100_000_000_000;

/// Tags that hold nothing.
const EMPTY: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Tags that close the one of their kind before them.
const SUCCESSIVE: [&str; 8] = ["p", "li", "td", "tr", "th", "dt", "dd", "option"];
/// Tags that are opened again where they were left open.
const REOPENED: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Tags whose inside is not read as tags.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// Refuses a page whose tree would be too deep or too large, or take too long to build. A rough count, and rather too high.
pub(super) fn check(page: &str) -> Result<(), String> {
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut tags, mut reopened, mut left_open) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut marks = page.bytes().filter(|byte| *byte == b'<').count();
    let too_many = || format!("more than {MOST_MARKS} `<` and stray quotes");
    if marks > MOST_MARKS {
        return Err(too_many());
    }
    let mut escaping = 0_usize;
    let mut raw: Option<String> = None;
    let mut rest = page;
    while !rest.is_empty() {
        let (text, after) = rest.split_once('<').unwrap_or((rest, ""));
        let escaped = text.matches(['&', '\u{a0}']).count();
        escaping = escaping.saturating_add(escaped.saturating_mul(text.len()));
        if escaping > MOST_ESCAPING {
            return Err("too many `&` in one text".to_owned());
        }
        rest = after;
        if raw.is_none()
            && let Some(comment) = after.strip_prefix("!--")
        {
            rest = behind_comment(comment);
            continue;
        }
        let is_end = after.starts_with('/');
        let after = after.strip_prefix('/').unwrap_or(after);
        if !after.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            continue;
        }
        let end = after.find(|letter: char| letter.is_whitespace() || "/>".contains(letter));
        let (name, attributes) = after
            .split_at_checked(end.unwrap_or(after.len()))
            .unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if let Some(wanted) = &raw {
            if !is_end || *wanted != name {
                continue;
            }
            raw = None;
        }
        let tag = read_tag(attributes);
        rest = tag.behind;
        marks += tag.strays;
        if marks > MOST_MARKS {
            return Err(too_many());
        }
        if tag.attributes > MOST_ATTRIBUTES {
            return Err(format!("a tag of more than {MOST_ATTRIBUTES} attributes"));
        }
        reopened += left_open;
        let is_foreign = ["svg", "math"].iter().any(|name| open.contains_key(*name));
        let reopens = usize::from(REOPENED.contains(&name.as_str()));
        if is_end {
            if let Some(count) = open.get_mut(&name) {
                *count -= 1;
                depth -= 1;
                left_open -= reopens;
                if *count == 0 {
                    open.remove(&name);
                }
            }
            continue;
        }
        tags += 1;
        let known = |names: &[&str]| names.contains(&name.as_str());
        let stays_open = if is_foreign {
            !tag.is_closed
        } else {
            !known(&EMPTY) && !known(&SUCCESSIVE)
        };
        if !is_foreign && known(&RAW) {
            raw = Some(name.clone());
        }
        if stays_open {
            *open.entry(name).or_default() += 1;
            depth += 1;
            left_open += reopens;
        }
        if depth > DEEPEST {
            return Err(too_deep());
        }
        if tags > MOST_TAGS || reopened > MOST_REOPENED {
            return Err(format!("more than {MOST_TAGS} tags"));
        }
    }
    Ok(())
}

/// Why a page is refused.
pub(super) fn too_deep() -> String {
    format!("tags nested more than {DEEPEST} deep")
}

fn behind_comment(comment: &str) -> &str {
    if let Some(rest) = comment
        .strip_prefix('>')
        .or_else(|| comment.strip_prefix("->"))
    {
        return rest;
    }
    let ends = ["-->", "--!>"].map(|end| comment.find(end).map(|at| at + end.len()));
    let end = ends.into_iter().flatten().min().unwrap_or(comment.len());
    comment.get(end..).unwrap_or_default()
}

/// Where in a tag we are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    Value,
    Quoted(char),
}

/// A tag behind its name.
struct Tag<'p> {
    /// Whether it closes itself.
    is_closed: bool,
    attributes: usize,
    /// Quotes and such in the names of attributes.
    strays: usize,
    /// What follows it.
    behind: &'p str,
}

/// Reads a tag from behind its name on.
fn read_tag(text: &str) -> Tag<'_> {
    let mut part = Part::BeforeName;
    let mut tag = Tag {
        is_closed: false,
        attributes: 0,
        strays: 0,
        behind: "",
    };
    for (at, letter) in text.char_indices() {
        if letter == '>' && !matches!(part, Part::Quoted(_)) {
            tag.behind = text.get(at + 1..).unwrap_or_default();
            return tag;
        }
        tag.is_closed =
            letter == '/' && !matches!(part, Part::Value | Part::BeforeValue | Part::Quoted(_));
        let is_space = letter.is_ascii_whitespace();
        let next = match part {
            Part::Quoted(quote) if letter == quote => Part::BeforeName,
            Part::Quoted(quote) => Part::Quoted(quote),
            Part::BeforeValue if is_space => Part::BeforeValue,
            Part::BeforeValue if matches!(letter, '"' | '\'') => Part::Quoted(letter),
            Part::Value if is_space => Part::BeforeName,
            Part::BeforeValue | Part::Value => Part::Value,
            _ if letter == '/' => Part::BeforeName,
            Part::Name | Part::AfterName if letter == '=' => Part::BeforeValue,
            Part::Name | Part::AfterName if is_space => Part::AfterName,
            Part::BeforeName if is_space => Part::BeforeName,
            Part::BeforeName | Part::Name | Part::AfterName => Part::Name,
        };
        let is_new = matches!(part, Part::BeforeName | Part::AfterName);
        tag.attributes += usize::from(next == Part::Name && is_new);
        let is_stray = matches!(next, Part::Name | Part::Value) && "\"'=`".contains(letter);
        let is_lone = letter == '/' && next == Part::BeforeName;
        tag.strays += usize::from(is_stray || is_lone);
        part = next;
    }
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn fine(page: &str) {
        assert_eq!(check(page), Ok(()));
    }

    #[track_caller]
    fn refused(piece: &str) {
        assert!(check(&piece.repeat(3_000)).is_err(), "{piece}");
    }

    #[test]
    fn what_nests_is_counted() {
        for piece in [
            "<div>",
            "<DIV class=a>",
            "<div></x>",
            "<path>",
            "<path/>",
            "<div title='</div>'>",
            "<div title=\"</div>\">",
            "<div =\"><div>",
            "<svg><td>",
            "<div><!-- </div> -->",
            "<div><script></div></script>",
        ] {
            refused(piece);
        }
        let fonts = "<font size=1>".repeat(DEEPEST - 50);
        assert!(check(&format!("{fonts}{}", "<p>x".repeat(20_000))).is_err());
        assert!(check(&"<br>".repeat(MOST_TAGS + 1)).is_err());
    }

    #[test]
    fn what_costs_the_parser_dear_is_refused() {
        let attributes: Vec<String> = (0..600).map(|number| format!(" a{number}=1")).collect();
        let attributes = attributes.concat();
        for page in [
            format!("<p{attributes}>"),
            "<".repeat(MOST_MARKS + 1),
            "<!--".repeat(MOST_MARKS + 1),
            format!("<p {}>", "\"".repeat(MOST_MARKS)),
            format!("<p a{}><br>", "/".repeat(MOST_MARKS)),
            "&amp;".repeat(200_000),
            "\u{a0}".repeat(400_000),
        ] {
            assert!(check(&page).is_err(), "{:?}", page.get(..20));
        }
        fine(&"<p>Ala&nbsp;ma &oacute;semkę".repeat(60_000));
        fine(&format!("<img src=\"{}\">", "='/".repeat(1_000_000)));
    }

    #[test]
    fn what_closes_is_not() {
        for piece in [
            "<div></div>",
            "<p><li><br><img src='>'>",
            "<!-- <div> <div> -->",
            "<!--><div></div>",
            "<script>for(i=0;i<a;i++)x<b</script>",
            "<svg><path d='M0'/><use/></svg>",
            "1 < 2 <> </> <3",
        ] {
            fine(&piece.repeat(20_000));
        }
        fine("<div");
        fine("<div a=");
        fine("<!--");
        fine("<script>");
    }
}
