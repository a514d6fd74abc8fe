//! Several tellings to one meeting with the fullest facts.

use super::parties::Party;
use super::story::Story;
use super::tellings::Telling;
use crate::lang::grammar::Needs;
use crate::model::{
    DateBasis, Day, Field, Meeting, MeetingKind, MeetingStatus, PartialDate, Participant, Precision,
};

/// How many sentences may lie between two tellings of one meeting that do not name it anew.
const NEAR: usize = 2;

/// How many sentences, the title aside, tell what is news.
const LEAD: usize = 3;

/// Before how many days news may have happened that is told without a day.
const LOOSE: i64 = 2;

/// A meeting as it is put together.
struct Whole {
    tellings: Vec<Telling>,
    parties: Vec<Party>,
    date: Option<PartialDate>,
    place: Option<usize>,
    status: MeetingStatus,
    kind: MeetingKind,
    last: usize,
}

/// Puts tellings together and says what day each meeting has.
pub(super) fn join(story: &Story<'_>, tellings: Vec<Telling>) -> Vec<Meeting> {
    let mut wholes: Vec<Whole> = Vec::new();
    for telling in tellings {
        let found = wholes.iter().rposition(|whole| whole.takes(&telling));
        match found.and_then(|found| wholes.get_mut(found)) {
            Some(whole) => whole.add(telling),
            None => wholes.push(Whole::new(telling)),
        }
    }
    wholes
        .into_iter()
        .filter(Whole::is_told)
        .filter_map(|whole| whole.meeting(story))
        .collect()
}

impl Whole {
    fn new(telling: Telling) -> Self {
        Self {
            parties: telling.parties.clone(),
            date: telling.date,
            place: telling.place,
            status: telling.status,
            kind: telling.kind,
            last: telling.number,
            tellings: vec![telling],
        }
    }

    /// Whether its words tell of a meeting, given who met.
    fn is_told(&self) -> bool {
        let is_known = self.parties.len() >= 2 && named(&self.parties).count() > 0;
        let needs = |telling: &Telling| telling.rule.needs == Needs::Known;
        is_known || !self.tellings.iter().all(needs)
    }

    /// Whether a telling may be of this meeting.
    fn takes(&self, telling: &Telling) -> bool {
        let distance = telling.number.abs_diff(self.last);
        let is_near = distance <= NEAR;
        let shared = named(&self.parties)
            .filter(|party| telling.parties.contains(party))
            .count();
        let (here, there) = (
            named(&self.parties).count(),
            named(&telling.parties).count(),
        );
        let fewer = here.min(there);
        let is_day =
            |date: Option<PartialDate>| date.is_some_and(|date| date.precision() == Precision::Day);
        let same_day = self.date == telling.date && is_day(self.date);
        // A headline tells of the two whom the text has more of.
        let is_headline = self.tellings.iter().all(|told| told.field == Field::Title);
        let is_complete = |parties: &[Party]| parties.len() >= 2 && named(parties).count() > 0;
        let one_is_complete = is_complete(&self.parties) || is_complete(&telling.parties);
        let same_people = match fewer {
            0 => (is_near || same_day) && (here == there || one_is_complete),
            1 => shared == 1 && (is_near || same_day) || self.is_joined_by(telling),
            _ => shared == fewer && (here == there || is_headline),
        };
        let days = match (self.date, telling.date) {
            (Some(one), Some(other)) => overlap(one, other),
            _ => true,
        };
        // "poinformował o rozmowie Dudy z Merkel" leaves open whether it is over.
        let is_open =
            |telling: &Telling| telling.is_topic && telling.status == MeetingStatus::Happened;
        let statuses = self.status == telling.status
            || is_open(telling)
            || self.tellings.iter().all(is_open)
            || is_near && settles(self.status, telling.status)
            || settles(self.status, telling.status)
                && self.date.is_some()
                && self.date == telling.date;
        let kinds = self.kind == telling.kind
            || self.kind != MeetingKind::Call && telling.kind != MeetingKind::Call
            || fewer == 0 && is_near;
        // "Bawiący z wizytą Orbán mówił o rozmowach Czech z Unią": not those of the visit.
        let is_visit = |kind| kind == MeetingKind::Visit;
        let is_other = is_visit(self.kind) != is_visit(telling.kind);
        let is_apart = fewer == 0 && distance == 0 && is_other;
        same_people && days && statuses && kinds && !is_apart
    }

    /// "W rozmowie uczestniczył także Musk": one more, right behind.
    fn is_joined_by(&self, telling: &Telling) -> bool {
        telling.number == self.last + 1
            && telling.is_attended
            && telling.parties.len() == 1
            && self.parties.len() >= 2
            && named(&self.parties).next().is_some()
    }

    fn add(&mut self, telling: Telling) {
        let was_vague = named(&self.parties).count() < 2;
        let size = |parties: &[Party]| (named(parties).count(), parties.len());
        let is_fuller = size(&telling.parties) > size(&self.parties);
        let (fuller, other) = if is_fuller {
            (&telling.parties, &self.parties)
        } else {
            (&self.parties, &telling.parties)
        };
        let mut parties = fuller.clone();
        let more = named(other).filter(|party| !fuller.contains(party));
        parties.extend(more.cloned());
        self.parties = parties;
        self.date = match (self.date, telling.date) {
            (Some(one), Some(other)) if length(other) < length(one) => Some(other),
            (one, other) => one.or(other),
        };
        if self.tellings.iter().all(|told| told.is_topic) {
            self.status = telling.status;
        }
        let is_vague = named(&telling.parties).count() < 2;
        let is_end = matches!(
            telling.status,
            MeetingStatus::Cancelled | MeetingStatus::Denied
        );
        if is_fuller {
            self.kind = telling.kind;
            let is_more = was_vague || rank(telling.status) > rank(self.status);
            if is_more && !telling.is_topic {
                self.status = telling.status;
            }
            self.place = telling.place.or(self.place);
        } else {
            let is_more = rank(telling.status) > rank(self.status);
            if (!is_vague || is_end) && is_more && !telling.is_topic {
                self.status = telling.status;
            }
            let is_plain = self.kind == MeetingKind::Meeting;
            if is_plain && !is_vague || telling.kind == MeetingKind::Call {
                self.kind = telling.kind;
            }
            self.place = self.place.or(telling.place);
        }
        self.last = telling.number;
        self.tellings.push(telling);
    }

    fn meeting(self, story: &Story<'_>) -> Option<Meeting> {
        let fullest = self.tellings.iter().rev().max_by_key(|telling| {
            let is_text = telling.field == Field::Text;
            (
                named(&telling.parties).count().min(2),
                is_text,
                telling.date.is_some(),
            )
        })?;
        let published = story.document.article.date.map(|dated| dated.date);
        let mut status = self.status;
        let told = self.date.or_else(|| self.told_before(story));
        let (date, basis) = match told {
            Some(date) => {
                if let Some(published) = published {
                    status = timed(status, date, published);
                }
                (Some(date), DateBasis::Explicit)
            }
            None => match published.and_then(|published| self.as_news(story, published)) {
                Some(date) => (Some(date), DateBasis::Article),
                None => (None, DateBasis::Unknown),
            },
        };
        let place = self
            .place
            .filter(|place| {
                !self
                    .parties
                    .iter()
                    .any(|party| party.participant == Participant::Entity(*place))
            })
            .and_then(|place| story.document.entities.get(place))
            .map(|entity| entity.name.clone());
        let (field, evidence, rule) = (fullest.field, fullest.sentence, fullest.rule.name);
        // A name and a description can come down to the same person.
        let mut participants: Vec<Participant> = Vec::new();
        for party in self.parties {
            if !participants.contains(&party.participant) {
                participants.push(party.participant);
            }
        }
        Some(Meeting {
            participants,
            date,
            basis,
            place,
            kind: self.kind,
            status,
            field,
            evidence,
            rule,
        })
    }

    /// The day that the sentences right before the first telling tell, in the same paragraph.
    fn told_before(&self, story: &Story<'_>) -> Option<PartialDate> {
        let first = self
            .tellings
            .iter()
            .find(|telling| telling.field == Field::Text)?;
        if story.is_dated(&*story.reading(first.number)?) {
            return None;
        }
        // What is only wanted or rumoured has no day of its own yet.
        let is_long_ago = self.status == MeetingStatus::Unconfirmed
            || self.tellings.iter().any(|telling| telling.is_long_ago);
        (1..=NEAR)
            .take_while(|back| !is_long_ago && story.follows(first.number + 1 - back))
            .find_map(|back| {
                let reading = story.reading(first.number.checked_sub(back)?)?;
                story.day_of(&reading)
            })
    }

    /// The days of what is told as news: those up to the article's own.
    fn as_news(&self, story: &Story<'_>, published: PartialDate) -> Option<PartialDate> {
        let is_news = |telling: &Telling| {
            let offset = usize::from(
                story
                    .places()
                    .first()
                    .is_some_and(|(field, _)| *field == Field::Title),
            );
            let is_apart = telling.is_long_ago || telling.is_topic;
            !is_apart && telling.number < LEAD + offset
        };
        let happened = matches!(self.status, MeetingStatus::Happened | MeetingStatus::Denied);
        if !happened || !self.tellings.iter().any(is_news) {
            return None;
        }
        if published.precision() != Precision::Day {
            return Some(published);
        }
        let first: Day = published.first().plus(-LOOSE)?;
        PartialDate::between(first, published.last(), Precision::Interval)
    }
}

fn named(parties: &[Party]) -> impl Iterator<Item = &Party> {
    parties
        .iter()
        .filter(|party| matches!(party.participant, Participant::Entity(_)))
}

fn overlap(one: PartialDate, other: PartialDate) -> bool {
    one.first() <= other.last() && other.first() <= one.last()
}

fn length(date: PartialDate) -> i64 {
    date.last().number() - date.first().number()
}

/// Whether two words on one meeting can both be true: what was planned was called off, or came
/// about; what was wanted was planned.
fn settles(one: MeetingStatus, other: MeetingStatus) -> bool {
    use MeetingStatus::{Cancelled, Denied, Happened, Planned, Unconfirmed};
    matches!(
        (one, other),
        (Planned, Cancelled | Unconfirmed)
            | (Cancelled, Planned | Unconfirmed | Denied)
            | (Unconfirmed, Planned | Cancelled | Happened | Denied)
            | (Happened | Denied, Unconfirmed)
            | (Denied, Cancelled)
    )
}

/// Which word counts where two are said of one meeting.
fn rank(status: MeetingStatus) -> u8 {
    match status {
        MeetingStatus::Unconfirmed => 0,
        MeetingStatus::Planned => 1,
        MeetingStatus::Happened => 2,
        MeetingStatus::Denied => 3,
        MeetingStatus::Cancelled => 4,
    }
}

/// What the day says of the status: what lies ahead of the article has not happened yet.
pub(super) fn timed(
    status: MeetingStatus,
    date: PartialDate,
    published: PartialDate,
) -> MeetingStatus {
    if status == MeetingStatus::Happened && date.first() > published.last() {
        MeetingStatus::Planned
    } else {
        status
    }
}
