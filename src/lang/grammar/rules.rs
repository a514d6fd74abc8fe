//! What tells of a meeting, as data: triggers with the way their participants are attached, and
//! classes of words.
//!
//! A line of `data/meetings.tsv` is one of
//!
//! ```text
//! verb   NAME   KIND   LEMMAS        SLOTS            NEEDS
//! noun   NAME   KIND   LEMMAS        SLOTS            NEEDS
//! class  NAME   LEMMAS
//! ```
//!
//! with tabs between the columns and spaces between lemmas and slots. A slot is `subject`,
//! `object`, `of` (the genitive of a noun), `to` (the dative), `-do` (with this preposition it is no
//! meeting), or a preposition with the case behind it: `z+inst`;
//! `+` alone takes any case. `się` among the slots says that the word must be there. NEEDS is
//! `any` when the words tell of a meeting whoever met, or `pair` when they do so only with two
//! participants, or `known` when the two may be told of in another sentence.

use std::collections::{BTreeMap, HashMap};

use super::super::lexicon::Case;
use super::super::lists::lines;
use super::Agreement;
use crate::model::MeetingKind;

/// A noun or a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TriggerPart {
    /// "spotkać się".
    Verb,
    /// "spotkanie".
    Noun,
}

/// How a participant is attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// Who does it.
    Subject,
    /// To whom it is done.
    Object,
    /// Whose it is: "spotkanie Putina".
    Of,
    /// To whom it is paid: "wizyta arcybiskupowi".
    To,
    /// A preposition behind which it is no meeting: "przyjąć do pracy".
    Never(&'static str),
    /// Behind a preposition: "z Putinem".
    Behind {
        /// The preposition's lemma.
        preposition: &'static str,
        /// What it asks for.
        agreement: Agreement,
    },
}

/// When the words tell of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Whoever met.
    Any,
    /// Only with two participants.
    Pair,
    /// Only where the article tells of two participants, here or in another sentence.
    Known,
}

/// What the trigger is, who meets, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its name, as findings carry it.
    pub name: &'static str,
    /// A noun or a verb.
    pub part: TriggerPart,
    /// What sort of meeting it tells of.
    pub kind: MeetingKind,
    /// Who can take part, and where they stand.
    pub slots: Vec<Slot>,
    /// Whether the reflexive word must stand beside it: "się".
    pub is_reflexive: bool,
    /// When it tells of a meeting.
    pub needs: Needs,
    lemmas: Vec<&'static str>,
}

impl Rule {
    /// Whether the same word can trigger both.
    pub fn shares_lemma(&self, other: &Self) -> bool {
        self.lemmas.iter().any(|lemma| other.lemmas.contains(lemma))
    }
}

macro_rules! classes {
    ($($(#[doc = $doc:literal])* $variant:ident $name:literal,)*) => {
        /// A class of words, by lemma.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Class {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Class {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The class of this name in the table.
            fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

classes! {
    /// Nouns for people that grammar does not mark as such: "delegacja", "dziennikarka".
    People "people",
    /// Nouns before the name of an organization: "koncern".
    Bodies "bodies",
    /// Words behind a noun that make it something else: "rozmowa kwalifikacyjna".
    Other "other",
    /// Words by which it is put off.
    Postpone "postpone",
    /// Who reports, so that words said to them are no meeting: "PAP", "dziennik".
    Media "media",
    /// Words of sport, beside which two names are opponents.
    Sport "sport",
    /// Who speaks for others: "rzecznik".
    Spokesman "spokesman",
    /// Verbs of saying.
    Say "say",
    /// Verbs whose subject takes part in what their object names: "odbyć".
    Hold "hold",
    /// Verbs of taking part: "uczestniczyć".
    Attend "attend",
    /// Verbs by which a meeting itself takes place: "odbyć się", "dojść".
    Occur "occur",
    /// Words by which it is to take place: "zaplanować", "jutrzejszy".
    Plan "plan",
    /// Words by which it is called off.
    Cancel "cancel",
    /// Words by which it did not take place though nobody called it off: "zaprzeczyć".
    Deny "deny",
    /// Words of hearsay: "podobno".
    Rumour "rumour",
    /// Words by which somebody wants it or thinks of it: "zaproponować", "gotowy".
    Wish "wish",
    /// Verbs that say what is to come: "mieć" with an infinitive.
    Due "due",
    /// Words before a verb by which it did not happen: "nie".
    Not "not",
    /// The reflexive word.
    Reflexive "reflexive",
    /// Auxiliaries of the passive: "zostać", "być".
    Passive "passive",
    /// Words that join names: "i".
    And "and",
    /// Words that open a clause: "że".
    Opens "opens",
    /// Pronouns of relative clauses: "który".
    Relative "relative",
    /// Prepositions, in one or more words, by which a meeting is a time: "po", "podczas".
    While "while",
    /// The same for what lies ahead: "przed".
    Before "before",
    /// Words that make a meeting a call: "telefoniczny".
    Call "call",
    /// Words by which it lies long back, or is told in general: "niegdyś".
    Long "long",
    /// Prepositions that lead to a place.
    Where "where",
    /// Buildings and seats that are places though not on a map: "Kreml".
    Venue "venue",
    /// Words behind an office, joined by `_`, before what it is for: "do spraw".
    Affairs "affairs",
    /// Nouns whose genitive takes part: "z udziałem Putina".
    Share "share",
    /// Personal pronouns of the third person.
    Pronoun "pronoun",
    /// Possessives of the third person: "jego".
    Possessive "possessive",
    /// Possessives of whoever does what the clause tells: "swój".
    Own "own",
    /// How somebody is spoken to, which tells nobody's name or office: "pan".
    Address "address",
    /// Bodies that are told by who leads them: "rząd Tuska".
    Collective "collective",
    /// Words for all or none, who are nobody in particular.
    Every "every",
    /// Nouns that are between two as meetings are: "stosunki Polski z Litwą".
    Relation "relation",
    /// Stretches of time, which are nobody's: "z początkiem tygodnia May ...".
    Time "time",
    /// Nouns by which somebody just named is meant again: "polityk".
    Generic "generic",
    /// Prepositions behind which all stand who meet: "między".
    Between "between",
    /// Kin, who are told by whose they are: "mąż".
    Kin "kin",
    /// Prepositions that lead to what is talked about: "o".
    Topic "topic",
    /// Numerals for the two who were told of last: "obaj".
    Both "both",
    /// Prepositions before whoever does what a passive says: "przez".
    Agent "agent",
    /// Prepositions that stand for a genitive: "of".
    Genitive "genitive",
    /// Verbs that only lend a tense to another: "will".
    Auxiliary "auxiliary",
    /// What stands before an infinitive: "to".
    Marker "marker",
    /// Words behind which a noun stands and no verb: "the".
    Article "article",
    /// Words that begin a clause without a comma: "that".
    Cuts "cuts",
}

/// A set of classes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Classes(u64);

const _: () = assert!(Class::ALL.len() <= 64, "there is a bit for each class");

impl Classes {
    /// Whether the class is among them.
    pub fn has(self, class: Class) -> bool {
        self.0 & Self::only(class).0 != 0
    }

    /// Those of either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn only(class: Class) -> Self {
        Self(1 << class as u64)
    }
}

/// What the table says of a lemma.
#[derive(Debug, Default)]
struct Entry {
    classes: Classes,
    /// The places of the rules that it triggers.
    rules: Vec<usize>,
}

/// All rules and classes of one language.
#[derive(Debug, Default)]
pub struct Rules {
    all: Vec<Rule>,
    lemmas: HashMap<&'static str, Entry, foldhash::fast::RandomState>,
    classes: BTreeMap<Class, Vec<&'static str>>,
}

impl Rules {
    /// Reads a table as described above; an error names the line that is wrong.
    pub fn parse(table: &'static str) -> Result<Self, String> {
        let mut rules = Self::default();
        for line in lines(table) {
            rules
                .add(line)
                .ok_or_else(|| format!("a wrong line in meetings.tsv: `{line}`"))?;
        }
        for lemmas in rules.classes.values_mut() {
            lemmas.sort_unstable();
            lemmas.dedup();
        }
        Ok(rules)
    }

    /// Every rule, in the order of the table.
    pub fn all(&self) -> &[Rule] {
        &self.all
    }

    /// The rules that a lemma triggers.
    pub fn of<'r>(&'r self, lemma: &str) -> impl Iterator<Item = &'r Rule> + use<'r> {
        let entry = self.lemmas.get(lemma);
        let places = entry.map_or(&[][..], |entry| &entry.rules);
        places.iter().filter_map(|&place| self.all.get(place))
    }

    /// Whether a rule or class of verbs holds the lemma.
    pub fn knows_verb(&self, lemma: &str) -> bool {
        const VERBS: [Class; 9] = [
            Class::Say,
            Class::Hold,
            Class::Occur,
            Class::Plan,
            Class::Cancel,
            Class::Deny,
            Class::Wish,
            Class::Due,
            Class::Passive,
        ];
        let entry = self.lemmas.get(lemma);
        entry.is_some_and(|entry| {
            !entry.rules.is_empty() || VERBS.into_iter().any(|class| entry.classes.has(class))
        })
    }

    /// Whether the lemma is of the class.
    pub fn is(&self, class: Class, lemma: &str) -> bool {
        self.classes_of(lemma).has(class)
    }

    /// The classes of a lemma.
    pub fn classes_of(&self, lemma: &str) -> Classes {
        let entry = self.lemmas.get(lemma);
        entry.map_or_else(Classes::default, |entry| entry.classes)
    }

    /// The lemmas of a class, sorted.
    pub fn class(&self, class: Class) -> &[&'static str] {
        self.classes.get(&class).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, line: &'static str) -> Option<()> {
        let mut columns = line.split('\t');
        let mut column = || {
            columns
                .next()
                .map(str::trim)
                .filter(|text| !text.is_empty())
        };
        let part = match column()? {
            "class" => {
                let class = Class::from_name(column()?)?;
                let lemmas = column()?.split(' ');
                for lemma in lemmas.clone() {
                    let entry = self.lemmas.entry(lemma).or_default();
                    entry.classes = entry.classes.or(Classes::only(class));
                }
                self.classes.entry(class).or_default().extend(lemmas);
                return column().is_none().then_some(());
            }
            "verb" => TriggerPart::Verb,
            "noun" => TriggerPart::Noun,
            _ => return None,
        };
        let name = column()?;
        let kind = MeetingKind::from_name(column()?)?;
        let lemmas = column()?;
        let mut rule = Rule {
            name,
            part,
            kind,
            slots: Vec::new(),
            is_reflexive: false,
            needs: Needs::Any,
            lemmas: lemmas.split(' ').collect(),
        };
        for slot in column()?.split(' ') {
            match slot {
                "subject" => rule.slots.push(Slot::Subject),
                "object" => rule.slots.push(Slot::Object),
                "of" => rule.slots.push(Slot::Of),
                "to" => rule.slots.push(Slot::To),
                "reflexive" => rule.is_reflexive = true,
                _ => rule.slots.push(match slot.strip_prefix('-') {
                    Some(preposition) => Slot::Never(preposition),
                    None => behind(slot)?,
                }),
            }
        }
        rule.needs = match column()? {
            "any" => Needs::Any,
            "pair" => Needs::Pair,
            "known" => Needs::Known,
            _ => return None,
        };
        for lemma in lemmas.split(' ') {
            let entry = self.lemmas.entry(lemma).or_default();
            entry.rules.push(self.all.len());
        }
        self.all.push(rule);
        column().is_none().then_some(())
    }
}

fn behind(slot: &'static str) -> Option<Slot> {
    let (preposition, case) = slot.split_once('+')?;
    let agreement = match case {
        "" => Agreement::ALL,
        "gen" => Agreement::of_case(Case::Genitive),
        "dat" => Agreement::of_case(Case::Dative),
        "acc" => Agreement::of_case(Case::Accusative),
        "inst" => Agreement::of_case(Case::Instrumental),
        "loc" => Agreement::of_case(Case::Locative),
        _ => return None,
    };
    Some(Slot::Behind {
        preposition,
        agreement,
    })
}
