//! Days of calendars that follow the moon, told in ours: the Jewish by its
//! arithmetic, the Islamic, Indian and Chinese by where sun and moon stand.

use crate::model::Day;

/// The day number that the Jewish calendar counts from.
const JEWISH_EPOCH: i64 = -2_092_590;

/// The day number of the day before the Islamic calendar counts from.
const ISLAMIC_EPOCH: i64 = -492_149;

/// Noon of this day is what the places of sun and moon are counted from.
const ASTRONOMICAL_EPOCH: i64 = 10_957;

/// How far Indian clocks run ahead of Greenwich, in hours.
const INDIA: f64 = 5.5;

/// How far the clocks of Mecca run ahead of Greenwich, in hours.
const MECCA: f64 = 3.0;

/// How far Chinese clocks run ahead of Greenwich, in hours.
const CHINA: f64 = 8.0;

/// How many degrees a day the sun moves, and the moon ahead of the sun.
const SPEED: (f64, f64) = (0.985_65, 12.190_7);

/// How far the stars have moved against the spring point, in degrees, and by how much a day.
const PRECESSION: (f64, f64) = (23.853, 0.000_038_24);

/// How many days around its mean an Indian date is looked for.
const AROUND: i64 = 40;

/// The first of Nisan in a year.
pub(super) fn nisan(year: i16) -> Option<Day> {
    // From Nisan to the new year the months always have 177 days.
    Day::from_number(jewish_new_year(i64::from(year) + 3761) - 177)
}

/// The first of Kislev in a year.
pub(super) fn kislev(year: i16) -> Option<Day> {
    let year = i64::from(year) + 3761;
    let start = jewish_new_year(year);
    let length = jewish_new_year(year + 1) - start;
    let autumn = if length % 10 == 5 { 60 } else { 59 };
    Day::from_number(start + autumn)
}

/// The first of Tishri of a Jewish year, put off so that no year is too long or too short.
fn jewish_new_year(year: i64) -> i64 {
    let (before, this, next) = (
        new_moon_of_tishri(year - 1),
        new_moon_of_tishri(year),
        new_moon_of_tishri(year + 1),
    );
    let later = if next - this == 356 {
        2
    } else {
        i64::from(this - before == 382)
    };
    JEWISH_EPOCH + this + later
}

/// Days from the beginning of the Jewish calendar to the new moon of Tishri, or to the next day
/// where it would fall on a Sunday, Wednesday or Friday.
fn new_moon_of_tishri(year: i64) -> i64 {
    let months = (235 * year - 234).div_euclid(19);
    let parts = 12_084 + 13_753 * months;
    let day = 29 * months + parts.div_euclid(25_920);
    day + i64::from((3 * (day + 1)).rem_euclid(7) < 3)
}

/// The first time in a year that a day of an Islamic month comes. A month begins after the first
/// sunset in Mecca that follows the new moon; where to look for that, the reckoned calendar says.
pub(super) fn islamic(year: i16, month: i8, day: i8) -> Option<Day> {
    let (month, day) = (i64::from(month), i64::from(day));
    let about = (i64::from(year) - 622) * 33 / 32;
    (about - 1..about + 4).find_map(|count| {
        let months = 29 * (month - 1) + month / 2;
        let years = (count - 1) * 354 + (3 + 11 * count).div_euclid(30);
        let reckoned = ISLAMIC_EPOCH + years + months + 1;
        let sunset = |number| places(moment(number, 18.0, MECCA)).1;
        let first = (reckoned - 3..reckoned + 4)
            .find(|number| sunset(number - 1) < sunset(number - 2))
            .unwrap_or(reckoned);
        let found = Day::from_number(first + day - 1)?;
        (found.civil().year() == year).then_some(found)
    })
}

/// The day in a year when, at this hour, so many of the thirty parts of an Indian month have
/// begun; months are counted from Chaitra and begin with the new moon. Of a doubled month it is
/// the second that has the holidays.
pub(super) fn indian(year: i16, month: i8, part: i8, hour: i8) -> Option<Day> {
    let first = Day::new(year, 1, 1)?.number();
    let last = Day::new(year, 12, 31)?.number();
    let mean = first + 88 + (i64::from(month) - 1) * 59 / 2 + i64::from(part);
    let near = |number: i64| ((number - mean + AROUND).rem_euclid(365)) <= 2 * AROUND;
    let days = (first..=last).filter(|number| near(*number));
    let found = days.rev().find(|number| {
        let (now, begun) = lunar_day(moment(*number, f64::from(hour), INDIA));
        now == month && begun <= part
    });
    Day::from_number(found?)
}

/// The Chinese new year: the day of the new moon from 21 January on.
pub(super) fn chinese_new_year(year: i16) -> Option<Day> {
    let first = Day::new(year, 1, 21)?.number();
    let found = (first..first + 31).find(|number| {
        let at = |hour| places(moment(*number, hour, CHINA)).1;
        at(24.0) < at(0.0)
    });
    Day::from_number(found?)
}

/// Days from the astronomical epoch to an hour of a day, by clocks that run ahead.
fn moment(number: i64, hour: f64, ahead: f64) -> f64 {
    let days = i32::try_from(number - ASTRONOMICAL_EPOCH).unwrap_or_default();
    f64::from(days) - 0.5 + (hour - ahead) / 24.0
}

/// The Indian month and which of its thirty parts it is.
fn lunar_day(moment: f64) -> (i8, i8) {
    let (sun, ahead) = places(moment);
    let at_new_moon = (sun - ahead / SPEED.1 * SPEED.0).rem_euclid(360.0);
    let month = (whole(at_new_moon / 30.0) + 1) % 12 + 1;
    (month, whole(ahead / 12.0) + 1)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "it is the part of a circle, below 31"
)]
fn whole(number: f64) -> i8 {
    number.floor() as i8
}

/// Where the sun stands among the stars, and how far the moon is ahead of it, in degrees; by the
/// greatest terms of the usual series, good to a quarter of an hour.
fn places(moment: f64) -> (f64, f64) {
    let sine = |degrees: f64| degrees.to_radians().sin();
    let anomaly = 357.529_1 + 0.985_600_28 * moment;
    let sun =
        280.466_5 + 0.985_647_36 * moment + 1.914_8 * sine(anomaly) + 0.02 * sine(2.0 * anomaly);
    let moon_anomaly = 134.963_4 + 13.064_992_95 * moment;
    let elongation = 297.850_2 + 12.190_749_12 * moment;
    let latitude = 93.272_1 + 13.229_350_24 * moment;
    // Degrees, and how often elongation, the anomalies of sun and moon, and latitude count.
    let terms = [
        (6.288_8, 0.0, 0.0, 1.0, 0.0),
        (1.274, 2.0, 0.0, -1.0, 0.0),
        (0.658_3, 2.0, 0.0, 0.0, 0.0),
        (0.213_6, 0.0, 0.0, 2.0, 0.0),
        (-0.185_1, 0.0, 1.0, 0.0, 0.0),
        (-0.114_3, 0.0, 0.0, 0.0, 2.0),
        (0.058_8, 2.0, 0.0, -2.0, 0.0),
        (0.057_2, 2.0, -1.0, -1.0, 0.0),
        (0.053_3, 2.0, 0.0, 1.0, 0.0),
        (0.045_9, 2.0, -1.0, 0.0, 0.0),
        (0.041, 0.0, -1.0, 1.0, 0.0),
        (-0.034_7, 1.0, 0.0, 0.0, 0.0),
        (-0.030_5, 0.0, 1.0, 1.0, 0.0),
    ];
    let moon: f64 = terms
        .iter()
        .map(|(size, of_elongation, of_sun, of_moon, of_latitude)| {
            let angle = of_elongation * elongation
                + of_sun * anomaly
                + of_moon * moon_anomaly
                + of_latitude * latitude;
            size * sine(angle)
        })
        .sum::<f64>()
        + 218.316_5
        + 13.176_396_48 * moment;
    let stars = sun - PRECESSION.0 - PRECESSION.1 * moment;
    (stars.rem_euclid(360.0), (moon - sun).rem_euclid(360.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(found: Option<Day>, expected: (i16, i8, i8)) {
        let (year, month, day) = expected;
        assert_eq!(found, Day::new(year, month, day));
    }

    #[test]
    fn known_days() {
        check(nisan(2023), (2023, 3, 23));
        check(nisan(2024), (2024, 4, 9));
        check(nisan(2013), (2013, 3, 12));
        check(kislev(2023), (2023, 11, 14));
        check(kislev(2024), (2024, 12, 2));
        check(islamic(2024, 1, 1), (2024, 7, 7));
        check(islamic(2018, 12, 10), (2018, 8, 21));
        check(islamic(2024, 10, 1), (2024, 4, 10));
        check(indian(2023, 7, 30, 18), (2023, 11, 12));
        check(indian(2024, 12, 15, -6), (2024, 3, 25));
        check(chinese_new_year(2024), (2024, 2, 10));
        check(chinese_new_year(2023), (2023, 1, 22));
    }
}
