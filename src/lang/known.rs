//! What the hand-written lists say of countries and organizations, in the words of one language.
//!
//! The lists lie in the languages' folders, `data/countries.tsv` and `data/organizations.tsv`.

use std::collections::HashMap;

use super::lists::lines;
use crate::text::lower;

/// A country, or a territory that the news treats like one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// Two letters (ISO 3166), and `XK` for Kosovo: the same in every language.
    pub code: &'static str,
    /// Its usual name: "Rosja".
    pub name: &'static str,
    /// The adjective, in Polish in the masculine: "rosyjski".
    pub adjective: Option<&'static str>,
    /// Who lives there: "Rosjanin", "Rosjanka".
    pub inhabitants: Vec<&'static str>,
    /// Other names of the same country: "Federacja Rosyjska".
    pub aliases: Vec<&'static str>,
}

/// A body that the news knows by an acronym or by more than one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Its name in the base form: "Prawo i Sprawiedliwość".
    pub name: &'static str,
    /// `PiS`.
    pub acronym: Option<&'static str>,
    /// Other names and acronyms of the same body.
    pub aliases: Vec<&'static str>,
}

impl Country {
    /// The usual name, then the others.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

impl Organization {
    /// The name, then its acronym, then the others.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        std::iter::once(self.name)
            .chain(self.acronym)
            .chain(self.aliases.iter().copied())
    }
}

/// Where rows stand in a list.
type Places = HashMap<String, Vec<usize>>;

/// The lists of one language, to be asked by any of the words that they hold.
#[derive(Debug, Default)]
pub struct Known {
    countries: Vec<Country>,
    organizations: Vec<Organization>,
    country_names: Places,
    adjectives: Places,
    inhabitants: Places,
    organization_names: Places,
}

impl Known {
    /// Reads lists of the layout that their heads describe, with so many columns for inhabitants.
    pub fn read(countries: &'static str, inhabitants: usize, organizations: &'static str) -> Self {
        let mut known = Self::default();
        for line in lines(countries) {
            let mut fields = line.split('\t');
            let mut field = || fields.next().unwrap_or_default();
            let (code, name, adjective) = (field(), field(), given(field()));
            let country = Country {
                code,
                name,
                adjective,
                inhabitants: (0..inhabitants).filter_map(|_| given(field())).collect(),
                aliases: parted(field()),
            };
            let place = known.countries.len();
            for name in country.names() {
                put(&mut known.country_names, name_key(name), place);
            }
            if let Some(adjective) = country.adjective {
                put(&mut known.adjectives, lowered(adjective), place);
            }
            for inhabitant in &country.inhabitants {
                put(&mut known.inhabitants, lowered(inhabitant), place);
            }
            known.countries.push(country);
        }
        for line in lines(organizations) {
            let mut fields = line.split('\t');
            let mut field = || fields.next().unwrap_or_default();
            let organization = Organization {
                name: field(),
                acronym: given(field()),
                aliases: parted(field()),
            };
            let place = known.organizations.len();
            for name in organization.names() {
                put(&mut known.organization_names, name_key(name), place);
            }
            known.organizations.push(organization);
        }
        known
    }

    /// Every country, in the order of the list.
    pub fn countries(&self) -> &[Country] {
        &self.countries
    }

    /// Every organization, in the order of the list.
    pub fn organizations(&self) -> &[Organization] {
        &self.organizations
    }

    /// The country of this name in its base form, usual or not.
    pub fn country(&self, name: &str) -> Option<&Country> {
        at(&self.country_names, &self.countries, &name_key(name)).next()
    }

    /// The countries whose adjective this is: "kongijski" belongs to two.
    pub fn countries_of_adjective<'k>(
        &'k self,
        adjective: &str,
    ) -> impl Iterator<Item = &'k Country> + use<'k> {
        at(&self.adjectives, &self.countries, &lowered(adjective))
    }

    /// The countries whose people are called so.
    pub fn countries_of_inhabitant<'k>(
        &'k self,
        inhabitant: &str,
    ) -> impl Iterator<Item = &'k Country> + use<'k> {
        at(&self.inhabitants, &self.countries, &lowered(inhabitant))
    }

    /// The organizations that bear this name or acronym: "UW" is the name of several.
    pub fn organizations_named<'k>(
        &'k self,
        name: &str,
    ) -> impl Iterator<Item = &'k Organization> + use<'k> {
        at(
            &self.organization_names,
            &self.organizations,
            &name_key(name),
        )
    }
}

/// Whether a name is written like an acronym: `MSZ`, `PiS`, `KRRiT`.
pub fn is_acronym(name: &str) -> bool {
    let mut letters = name.chars();
    let begins_high = letters.next().is_some_and(char::is_uppercase);
    let has_space = name.contains(char::is_whitespace);
    begins_high && !has_space && letters.any(|letter| letter.is_uppercase() || letter == '.')
}

/// Capitals tell acronyms from words ("PO" and "po"), and nothing else. Full stops tell nothing.
fn name_key(name: &str) -> String {
    let bare = name.replace('.', "");
    if is_acronym(name) {
        bare
    } else {
        lowered(&bare)
    }
}

fn lowered(word: &str) -> String {
    let mut key = String::new();
    lower(word, &mut key);
    key
}

fn given(field: &'static str) -> Option<&'static str> {
    (!field.is_empty()).then_some(field)
}

fn parted(field: &'static str) -> Vec<&'static str> {
    field.split('|').filter(|name| !name.is_empty()).collect()
}

fn put(places: &mut Places, key: String, place: usize) {
    let known = places.entry(key).or_default();
    if known.last() != Some(&place) {
        known.push(place);
    }
}

fn at<'k, T>(
    places: &Places,
    rows: &'k [T],
    key: &str,
) -> impl Iterator<Item = &'k T> + use<'k, T> {
    let places = places.get(key).cloned().unwrap_or_default();
    places.into_iter().filter_map(|place| rows.get(place))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::lang::{LANGUAGES, by_code, lists, pl};

    /// Words that Polish has and the dictionary has not.
    const NOT_IN_THE_DICTIONARY: &str = "\
        emiracki Angolczyk Angolka Azerbejdżanka Barbadosyjczyk Barbadosyjka Bahrajńczyk \
        Bahrajnka Burundyjczyk Burundyjka Benińczyk Beninka brunejski Brunejczyk Brunejka \
        Boliwijczyk Boliwijka Bhutańczyk Bhutanka Kongijczyk Kongijka środkowoafrykański \
        iworyjski Iworyjczyk Iworyjka Kameruńczyk Kamerunka dżibutyjski dominicki \
        Dominikańczyk Ekwadorczyk Ekwadorka Erytrejka Fidżyjczyk Fidżyjka Mikronezyjczyk \
        Mikronezyjka Farer Farerka Gabończyk Gabonka Ghańczyk Ghanka Gambijczyk Gambijka \
        Gwinejczyk Gwinejka Gujańczyk Gujanka północnokoreański południowokoreański \
        Laotańczyk Laotanka Marokanka Malijczyk Malijka Birmańczyk Birmanka Malezyjczyk \
        Malezyjka Namibijczyk Namibijka Nigerczyk Nigerka Nikaraguańczyk Nikaraguanka \
        Nepalka Omańczyk Omanka Rwandyjczyk Rwandyjka Singapurczyk Singapurka Surinamczyk \
        Surinamka południowosudański Czadyjczyk Czadyjka Togijczyk Togijka Samoańczyk \
        Samoanka południowoafrykański";

    #[test]
    fn rows_have_their_columns_and_no_doubles() {
        let files = [
            (include_str!("pl/data/countries.tsv"), 6),
            (include_str!("en/data/countries.tsv"), 5),
            (include_str!("pl/data/organizations.tsv"), 3),
            (include_str!("en/data/organizations.tsv"), 3),
        ];
        for (file, columns) in files {
            let mut seen = HashSet::new();
            for line in lines(file) {
                let fields: Vec<&str> = line.split('\t').collect();
                assert_eq!(fields.len(), columns, "{line:?}");
                assert!(
                    fields.iter().all(|field| field.trim() == *field),
                    "{line:?}"
                );
                assert!(
                    seen.insert(fields.first().copied()),
                    "{line:?} is there twice"
                );
            }
        }
    }

    #[test]
    fn no_name_is_there_twice() {
        for language in LANGUAGES {
            let known = (language.known)();
            let mut seen = HashSet::new();
            for country in known.countries() {
                for name in country.names() {
                    assert!(seen.insert(name), "{name} is the name of two countries");
                }
            }
            let mut seen = HashSet::new();
            for organization in known.organizations() {
                for name in organization.names().filter(|name| !is_acronym(name)) {
                    assert!(seen.insert(name), "{name} is the name of two organizations");
                }
            }
        }
    }

    #[test]
    fn countries_have_the_names_of_cldr() {
        for (column, language) in [(1, "pl"), (2, "en")] {
            let territories: HashSet<String> = lists::territories(column).into_iter().collect();
            for country in (by_code(language).known)().countries() {
                // Both have longer official names there, with the state they belong to in brackets.
                let is_there = country
                    .names()
                    .any(|name| territories.contains(&lowered(name)));
                assert!(
                    is_there || matches!(country.code, "HK" | "MM"),
                    "{}: {language}",
                    country.name
                );
            }
        }
        let codes = |language: &str| -> Vec<&str> {
            let known = (by_code(language).known)();
            known
                .countries()
                .iter()
                .map(|country| country.code)
                .collect()
        };
        assert_eq!(codes("pl"), codes("en"));
    }

    #[test]
    fn the_dictionary_knows_the_polish_words() {
        let lexicon = pl::lexicon();
        let mut unknown = Vec::new();
        for country in (by_code("pl").known)().countries() {
            for word in country.adjective.iter().chain(&country.inhabitants) {
                if !lexicon.contains(&lowered(word)) && !unknown.contains(word) {
                    unknown.push(*word);
                }
            }
        }
        assert_eq!(unknown.join(" "), NOT_IN_THE_DICTIONARY);
    }

    #[test]
    fn lists_answer() {
        let known = (by_code("pl").known)();
        let code = |country: &Country| country.code;
        assert_eq!(known.country("Federacja Rosyjska").map(code), Some("RU"));
        assert_eq!(known.country("USA").map(code), Some("US"));
        assert_eq!(known.country("Wlk Brytania").map(code), Some("GB"));
        assert_eq!(known.country("usa"), None);
        let russians = known.countries_of_inhabitant("Rosjanka").map(code);
        assert_eq!(russians.collect::<Vec<_>>(), ["RU"]);
        let both = known.countries_of_adjective("kongijski").map(code);
        assert_eq!(both.collect::<Vec<_>>(), ["CD", "CG"]);
        let named = |name| -> Vec<&str> {
            let bodies = known.organizations_named(name);
            bodies.map(|body| body.name).collect()
        };
        assert_eq!(named("PiS"), ["Prawo i Sprawiedliwość"]);
        assert_eq!(named("prawo i sprawiedliwość"), ["Prawo i Sprawiedliwość"]);
        assert_eq!(named("UW").len(), 3);
        assert!(named("pis").is_empty());
        let known = (by_code("en").known)();
        assert_eq!(known.country("Turkey").map(code), Some("TR"));
        assert_eq!(known.country("the moon"), None);
    }
}
