//! Whether a piece of HTML is one that a tree can be built of at a fair price.

use std::collections::HashMap;

/// Tags inside one another; deeper, and walking the tree overflows the stack.
pub(super) const DEEPEST: usize = 2_000;
/// Tags in all.
const MOST_TAGS: usize = 200_000;
/// The parser opens unclosed `<b>`s again after every paragraph; so many times at most, all told.
const MOST_REOPENED: usize = 2_000_000;

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

/// Refuses a page whose tree would be too deep or too large. A rough count, and rather too high.
pub(super) fn check(page: &str) -> Result<(), String> {
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut tags, mut reopened, mut left_open) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut raw: Option<String> = None;
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
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
        let (is_closed, behind) = behind_tag(attributes);
        rest = behind;
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
            !is_closed
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

/// Whether a tag closes itself, and what follows it; `tag` begins behind its name.
fn behind_tag(tag: &str) -> (bool, &str) {
    let mut part = Part::BeforeName;
    let mut is_closed = false;
    for (at, letter) in tag.char_indices() {
        if letter == '>' && !matches!(part, Part::Quoted(_)) {
            return (is_closed, tag.get(at + 1..).unwrap_or_default());
        }
        is_closed =
            letter == '/' && !matches!(part, Part::Value | Part::BeforeValue | Part::Quoted(_));
        let is_space = letter.is_ascii_whitespace();
        part = match part {
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
    }
    (is_closed, "")
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
        let fonts = "<font size=1>".repeat(1_900);
        assert!(check(&format!("{fonts}{}", "<p>x".repeat(20_000))).is_err());
        assert!(check(&"<br>".repeat(MOST_TAGS + 1)).is_err());
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
