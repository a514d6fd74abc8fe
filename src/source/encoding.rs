//! Bytes to text: UTF-8, and the encodings that Central European news was written in before it.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, ISO_8859_2, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1251};

/// The byte order mark of UTF-8.
pub(super) const MARK: &[u8] = b"\xef\xbb\xbf";

/// Why bytes are no text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    /// The first byte that is wrong, counted from 0.
    pub(super) byte: usize,
    /// Why.
    pub(super) reason: &'static str,
}

/// Decodes a whole file; also gives the name of the encoding when it is not UTF-8.
///
/// `declared` is the encoding that the file itself names; it counts when the bytes are not UTF-8.
pub(super) fn decode(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
) -> Result<(String, Option<&'static str>), Broken> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let body = bytes.get(length..).unwrap_or_default();
        let (text, had_errors) = encoding.decode_without_bom_handling(body);
        if had_errors {
            let byte = length
                + std::str::from_utf8(body)
                    .err()
                    .map_or(0, |error| error.valid_up_to());
            let reason = "the bytes do not fit the byte order mark";
            return Err(Broken { byte, reason });
        }
        let name = (encoding != UTF_8).then(|| encoding.name());
        return without_nul(text.into_owned(), length).map(|text| (text, name));
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => match without_nul(text.to_owned(), 0) {
            Ok(text) => return Ok((text, None)),
            Err(broken) => broken,
        },
        Err(error) => Broken {
            byte: error.valid_up_to(),
            reason: "neither UTF-8 nor an encoding that kronika knows",
        },
    };
    if let Some(declared) = declared.filter(|declared| declared.is_single_byte()) {
        let (text, had_errors) = declared.decode_without_bom_handling(bytes);
        if !had_errors && !text.contains(is_unlikely) {
            return Ok((text.into_owned(), Some(declared.name())));
        }
    }
    let Some(encoding) = guess(bytes) else {
        return Err(error);
    };
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    if had_errors || text.contains(is_unlikely) {
        return Err(error);
    }
    Ok((text.into_owned(), Some(encoding.name())))
}

/// Characters that no article holds: what wrong guesses give.
fn is_unlikely(letter: char) -> bool {
    letter == '\0' || matches!(letter, '\u{80}'..='\u{9f}' | '\u{fffd}')
}

fn without_nul(text: String, before: usize) -> Result<String, Broken> {
    match text.find('\0') {
        None => Ok(text),
        Some(at) => Err(Broken {
            byte: before + at,
            reason: "a zero byte, which no text holds",
        }),
    }
}

/// What a file of records is in, told by its first bytes; nothing when that is UTF-8.
pub(super) fn of_head(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return (encoding != UTF_8).then_some(encoding);
    }
    let may_be_utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        // The end of what was looked at may cut a letter.
        Err(error) => error.error_len().is_none(),
    };
    if may_be_utf8 && !head.contains(&0) {
        return None;
    }
    guess(head).filter(|encoding| !may_be_utf8 || is_wide(encoding))
}

/// Whether the encoding takes two bytes for a line end, so that its bytes cannot be cut in lines.
pub(super) fn is_wide(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// Decodes one record of a file in a legacy encoding.
pub(super) fn decode_record(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    (!had_errors && !text.contains(is_unlikely)).then(|| text.into_owned())
}

/// The legacy encoding that bytes which are not UTF-8 are most likely in.
///
/// Bytes that are UTF-8 but for a few are broken UTF-8, not another encoding.
fn guess(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |parity: usize| {
        let places = bytes.iter().skip(parity).step_by(2);
        places.filter(|byte| **byte == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let many = bytes.len() / 5;
    if bytes.len() >= 4 && odd > many && even * 10 < odd {
        return Some(UTF_16LE);
    }
    if bytes.len() >= 4 && even > many && odd * 10 < even {
        return Some(UTF_16BE);
    }
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk
            .valid()
            .chars()
            .filter(|letter| !letter.is_ascii())
            .count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good > bad {
        return None;
    }
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(None, chardetng::Utf8Detection::Deny);
    let known = [ISO_8859_2, WINDOWS_1250, WINDOWS_1251];
    // The two that Polish was written in differ in six letters; count which gives more.
    let polish = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        let letters = text
            .chars()
            .filter(|letter| "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ".contains(*letter));
        let unlikely = text.chars().filter(|letter| is_unlikely(*letter));
        letters.count().saturating_sub(unlikely.count())
    };
    if guessed != WINDOWS_1251 && polish(ISO_8859_2).max(polish(WINDOWS_1250)) * 2 > bad {
        return Some(if polish(ISO_8859_2) > polish(WINDOWS_1250) {
            ISO_8859_2
        } else {
            WINDOWS_1250
        });
    }
    known.into_iter().find(|known| *known == guessed)
}
