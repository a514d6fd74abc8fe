//! Which language an article is in.

use whatlang::{Detector, Lang};

/// How much of a text is looked at, in bytes.
const LOOKED_AT: usize = 800;

/// So many letters that only Polish has, among these languages, settle it without a closer look.
const CERTAIN: usize = 10;

/// Languages that are told apart: those of European news.
const CANDIDATES: [(Lang, &str); 14] = [
    (Lang::Pol, "pl"),
    (Lang::Eng, "en"),
    (Lang::Rus, "ru"),
    (Lang::Ukr, "uk"),
    (Lang::Ces, "cs"),
    (Lang::Slk, "sk"),
    (Lang::Deu, "de"),
    (Lang::Fra, "fr"),
    (Lang::Spa, "es"),
    (Lang::Ita, "it"),
    (Lang::Lit, "lt"),
    (Lang::Bul, "bg"),
    (Lang::Hun, "hu"),
    (Lang::Ron, "ro"),
];

/// The two-letter code of the language that title and beginning of the text are written in;
/// `und` when they hold no letters to tell by.
pub fn detect(title: &str, text: &str) -> &'static str {
    let beginning = text.get(..text.floor_char_boundary(LOOKED_AT));
    let beginning = beginning.unwrap_or_default();
    let polish = |letter: &char| matches!(letter, 'ł' | 'ś' | 'ż' | 'ź' | 'ć' | 'ń');
    let letters = title.chars().chain(beginning.chars());
    if letters.filter(polish).nth(CERTAIN).is_some() {
        return "pl";
    }
    let sample = format!("{title}\n{beginning}");
    let allowed = CANDIDATES.iter().map(|(language, _)| *language).collect();
    let found = Detector::with_allowlist(allowed).detect_lang(&sample);
    CANDIDATES
        .iter()
        .find(|(language, _)| Some(*language) == found)
        .map_or("und", |(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (text, code) in [
            (
                "Prezydent spotkał się w piątek z premierem Węgier w Warszawie.",
                "pl",
            ),
            (
                "The president met the prime minister of Hungary on Friday.",
                "en",
            ),
            (
                "Президент встретился в пятницу с премьер-министром Венгрии.",
                "ru",
            ),
            ("", "und"),
            ("12345", "und"),
        ] {
            assert_eq!(detect("", text), code, "{text}");
        }
    }
}
