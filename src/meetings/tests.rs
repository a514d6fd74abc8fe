//! Tellings that are of one meeting, and some that are not.

use proptest::prelude::*;

use super::{Count, CountBy, counts, merge};
use crate::model::{
    Article, ArticleDate, ArticleId, DateBasis, DateRule, Day, EntityKind, Evidence, Field,
    MeetingHit, MeetingKind, MeetingStatus, MergedMeeting, PartialDate, Party, PartyKind, Span,
    Teller,
};

/// Days of February 2023: one, or from one to another.
fn days(text: &str) -> PartialDate {
    let day = |text: &str| Day::new(2023, 2, text.parse().unwrap()).unwrap();
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    PartialDate::spanning(day(first), day(last)).unwrap()
}

/// A telling: `id of day: Who, Who; day; status; place`; a name in brackets is a group's, one in
/// capitals an organization's.
fn hit(line: &str) -> MeetingHit {
    let (article, meeting) = line.split_once(": ").unwrap();
    let (id, day) = article.split_once(" of ").unwrap_or((article, ""));
    let mut fields = meeting.split("; ");
    let mut field = || fields.next().unwrap_or_default();
    let party = |name: &str| {
        let group = name
            .strip_prefix('(')
            .and_then(|name| name.strip_suffix(')'));
        let kind = if group.is_some() {
            PartyKind::Group
        } else if name.chars().all(char::is_uppercase) {
            PartyKind::Named(EntityKind::Organization)
        } else {
            PartyKind::Named(EntityKind::Person)
        };
        Party {
            kind,
            name: group.unwrap_or(name).to_owned(),
        }
    };
    let participants: Vec<Party> = field().split(", ").map(party).collect();
    let date = Some(field()).filter(|date| !date.is_empty()).map(days);
    let status = MeetingStatus::from_name(field()).unwrap_or(MeetingStatus::Happened);
    let place = Some(field()).filter(|place| !place.is_empty());
    let article = Article::new(id, "");
    MeetingHit {
        article: Teller {
            id: ArticleId(id.to_owned()),
            origin: article.origin,
            date: (!day.is_empty()).then(|| ArticleDate {
                date: days(day),
                rule: DateRule::Header,
            }),
            title: String::new(),
            language: "pl".to_owned(),
            source: id.to_owned(),
            url: None,
        },
        number: 0,
        called: participants.clone(),
        participants,
        date,
        basis: date.map_or(DateBasis::Unknown, |_| DateBasis::Explicit),
        place: place.map(str::to_owned),
        place_called: place.map(str::to_owned),
        kind: MeetingKind::Meeting,
        status,
        evidence: Evidence {
            field: Field::Text,
            span: Span::new(0, 0),
            text: String::new(),
            marks: Vec::new(),
        },
        rule: "test".to_owned(),
    }
}

/// A merged meeting on one line, in the notation of [`hit`], its articles first.
fn sketch(meeting: &MergedMeeting) -> String {
    let ids: Vec<&str> = meeting
        .proofs
        .iter()
        .map(|hit| hit.article.id.as_str())
        .collect();
    let names: Vec<&str> = meeting
        .participants
        .iter()
        .map(|party| party.name.as_str())
        .collect();
    let day = |day: Day| day.civil().day();
    let date = meeting.date.map_or_else(String::new, |date| {
        match (day(date.first()), day(date.last())) {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first}-{last}"),
        }
    });
    let place = meeting.place.as_deref().unwrap_or_default();
    let (ids, names) = (ids.join(" "), names.join(", "));
    let line = format!("{ids}: {names}; {date}; {}; {place}", meeting.status.name());
    line.trim_end_matches("; ").to_owned()
}

#[track_caller]
fn check(tellings: &[&str], expected: &[&str]) {
    let hits: Vec<MeetingHit> = tellings.iter().map(|line| hit(line)).collect();
    let mut reversed = hits.clone();
    reversed.reverse();
    let merged = merge(hits);
    assert_eq!(merged, merge(reversed), "the order matters");
    let merged: Vec<String> = merged.iter().map(sketch).collect();
    assert_eq!(merged, expected);
}

#[test]
fn the_same_people_on_the_same_day_are_one_meeting() {
    check(
        &[
            "a: Jan Nowak, Ewa Lis; 5",
            "b: Ewa Lis, Jan Nowak; 5",
            "c: Jan Nowak, Ewa Lis; 6",
        ],
        &[
            "a b: Ewa Lis, Jan Nowak; 5; happened",
            "c: Ewa Lis, Jan Nowak; 6; happened",
        ],
    );
    check(
        &[
            "a: Jan Nowak, Ewa Lis; 5",
            "b: Jan Nowak, Ewa Lis, Adam Mak; 5",
        ],
        &[
            "a: Ewa Lis, Jan Nowak; 5; happened",
            "b: Adam Mak, Ewa Lis, Jan Nowak; 5; happened",
        ],
    );
}

#[test]
fn a_surname_is_the_only_one_who_bears_it() {
    check(
        &["a: Nowak, Ewa Lis; 5", "b: Jan Nowak, lis; 5"],
        &["a b: Ewa Lis, Jan Nowak; 5; happened"],
    );
    check(
        &[
            "a: Nowak, Ewa Lis; 5",
            "b: Jan Nowak, Ewa Lis; 5",
            "c: Anna Nowak, Ewa Lis; 6",
        ],
        &[
            "a: Ewa Lis, Nowak; 5; happened",
            "b: Ewa Lis, Jan Nowak; 5; happened",
            "c: Anna Nowak, Ewa Lis; 6; happened",
        ],
    );
    check(
        &["a: Łukasz Żak, Ewa Lis; 5", "b: Lukasz Zak, Ewa Lis; 5"],
        &["a b: Ewa Lis, Łukasz Żak; 5; happened"],
    );
    check(
        &["a: Jan Sawczenka, Ewa Lis; 5", "b: Sawczenko, Ewa Lis; 5"],
        &["a b: Ewa Lis, Jan Sawczenka; 5; happened"],
    );
}

#[test]
fn groups_tell_meetings_apart_only_where_one_alone_is_named() {
    check(
        &[
            "a: Jan Nowak, Ewa Lis, (delegacja); 5",
            "b: Jan Nowak, Ewa Lis; 5",
        ],
        &["a b: Ewa Lis, Jan Nowak, delegacja; 5; happened"],
    );
    check(
        &[
            "a: Jan Nowak, (lekarze); 5",
            "b: Jan Nowak, (rolnicy); 5",
            "c: Nowak, (Lekarze); 5",
        ],
        &[
            "a c: Jan Nowak, Lekarze; 5; happened",
            "b: Jan Nowak, rolnicy; 5; happened",
        ],
    );
    check(
        &["a: ONZ, Ewa Lis; 5", "b: Ewa Lis, ONZ; 5"],
        &["a b: Ewa Lis, ONZ; 5; happened"],
    );
}

#[test]
fn wide_days_join_the_only_meeting_that_they_fit() {
    check(
        &[
            "a: Jan Nowak, Ewa Lis; 1-28",
            "b: Jan Nowak, Ewa Lis; 5",
            "c: Jan Nowak, Ewa Lis; 4-6",
        ],
        &["a b c: Ewa Lis, Jan Nowak; 5; happened"],
    );
    check(
        &[
            "a: Jan Nowak, Ewa Lis; 1-28",
            "b: Jan Nowak, Ewa Lis; 5",
            "c: Jan Nowak, Ewa Lis; 9",
        ],
        &[
            "a: Ewa Lis, Jan Nowak; 1-28; happened",
            "b: Ewa Lis, Jan Nowak; 5; happened",
            "c: Ewa Lis, Jan Nowak; 9; happened",
        ],
    );
    check(
        &[
            "a: Jan Nowak, Ewa Lis",
            "b: Jan Nowak, Ewa Lis",
            "c: Jan Nowak, Ewa Lis; 9",
        ],
        &[
            "c: Ewa Lis, Jan Nowak; 9; happened",
            "a: Ewa Lis, Jan Nowak; ; happened",
            "b: Ewa Lis, Jan Nowak; ; happened",
        ],
    );
}

#[test]
fn facts_outweigh_plans_and_the_later_word_holds() {
    #[track_caller]
    fn status(tellings: &[&str], expected: &str) {
        let told = |line: &&str| {
            let (article, status) = line.split_once(": ").unwrap();
            hit(&format!("{article}: Jan Nowak, Ewa Lis; 5; {status}"))
        };
        let merged = merge(tellings.iter().map(told).collect());
        let statuses: Vec<&str> = merged.iter().map(|meeting| meeting.status.name()).collect();
        assert_eq!(statuses, [expected]);
    }
    status(&["a of 4: planned", "b of 6: happened"], "happened");
    status(&["a of 6: planned", "b of 5: happened"], "happened");
    status(&["a of 4: planned", "b of 5: cancelled"], "cancelled");
    status(&["a of 6: denied", "b of 5: happened"], "denied");
    status(&["a of 5: denied", "b of 6: happened"], "happened");
    status(&["a of 5: denied", "b of 5: happened"], "happened");
    status(&["a: denied", "b of 5: happened"], "happened");
    status(&["a of 6: unconfirmed", "b of 5: planned"], "planned");
}

#[test]
fn the_place_is_the_one_told_most() {
    check(
        &[
            "a: Jan Nowak, Ewa Lis; 5; happened; Łódź",
            "b: Jan Nowak, Ewa Lis; 5; happened; Kutno",
            "c: Jan Nowak, Ewa Lis; 5; happened; Kutno",
        ],
        &["a b c: Ewa Lis, Jan Nowak; 5; happened; Kutno"],
    );
}

#[test]
fn meetings_are_counted_by_person_month_and_place() {
    let lines = [
        "a: Jan Nowak, Ewa Lis; 5; happened; Łódź",
        "b: Nowak, Adam Mak; 1-28; happened; Kutno",
        "c: Jan Nowak, (lekarze); ; happened; Łódź",
    ];
    let all: Vec<MergedMeeting> = lines.iter().map(|line| hit(line).into()).collect();
    let rows = |by| {
        let rows = counts(&all, by).into_iter();
        let rows = rows.map(|Count { value, meetings }| {
            format!("{} {meetings}", value.unwrap_or_else(|| "?".to_owned()))
        });
        rows.collect::<Vec<_>>()
    };
    assert_eq!(
        rows(CountBy::Person),
        ["Jan Nowak 3", "Adam Mak 1", "Ewa Lis 1"]
    );
    assert_eq!(rows(CountBy::Month), ["2023-02 2", "? 1"]);
    assert_eq!(rows(CountBy::Place), ["Łódź 2", "Kutno 1"]);
}

fn any_hit() -> impl Strategy<Value = String> {
    let name = prop::sample::select(&["Nowak", "Jan Nowak", "Ewa Lis", "Lis", "(lekarze)"][..]);
    let day = prop::sample::select(&["", "5", "6", "5-7", "1-28"][..]);
    let status = prop::sample::select(MeetingStatus::ALL.map(MeetingStatus::name).to_vec());
    let article = (0..9_u8, 1..9_u8);
    (article, prop::collection::vec(name, 2..4), day, status).prop_map(
        |((id, of), names, day, status)| {
            format!("{id} of {of}: {}; {day}; {status}", names.join(", "))
        },
    )
}

proptest! {
    #[test]
    fn merging_loses_no_telling_and_knows_no_order(
        lines in prop::collection::vec(any_hit(), 0..12),
        turn in 0..12_usize,
    ) {
        let mut hits: Vec<MeetingHit> = lines.iter().map(|line| hit(line)).collect();
        for (number, hit) in (0..).zip(&mut hits) {
            hit.number = number;
        }
        let merged = merge(hits.clone());
        let mut told: Vec<u64> =
            merged.iter().flat_map(|meeting| &meeting.proofs).map(|hit| hit.number).collect();
        told.sort_unstable();
        prop_assert_eq!(told, (0..hits.len() as u64).collect::<Vec<_>>());
        let turn = turn.min(hits.len());
        hits.rotate_left(turn);
        prop_assert_eq!(merge(hits), merged);
    }
}
