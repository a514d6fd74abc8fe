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

/// How far Mecca lies north, in degrees.
const NORTH: f64 = 21.422_5;

/// When the sun sets there, by its clocks; it matters little by how much.
const SUNSET: f64 = 18.5;

/// How high the middle of the sun stands when it sets, in degrees: the air lifts its image.
const SUN_SETS: f64 = -0.833;

/// The same of the moon, which is so near that it looks lower than it stands.
const MOON_SETS: f64 = 0.125;

/// How far the ecliptic is tilted, in degrees.
const TILT: f64 = 23.44;

/// How far ahead of the sun the moon is at most, in degrees, at the sunset after it was new.
const YOUNG: f64 = 25.0;

/// The day numbers, from March 1937 to April 1999, that began a month by the moon at dawn.
const BY_DAWN: std::ops::Range<i64> = -11_980..10_698;

/// The hour of that dawn.
const DAWN: f64 = 3.0;

/// How many days around its mean the sun enters a sign.
const AROUND_SUN: i64 = 5;

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

/// The first time in a year that a day of an Islamic month comes, where to look for which the
/// reckoned calendar says.
pub(super) fn islamic(year: i16, month: i8, day: i8) -> Option<Day> {
    let (month, day) = (i64::from(month), i64::from(day));
    let about = (i64::from(year) - 622) * 33 / 32;
    (about - 1..about + 4).find_map(|count| {
        let months = 29 * (month - 1) + month / 2;
        let years = (count - 1) * 354 + (3 + 11 * count).div_euclid(30);
        let found = Day::from_number(month_near(ISLAMIC_EPOCH + years + months + 1) + day - 1)?;
        (found.civil().year() == year).then_some(found)
    })
}

/// How many days the Islamic month has that begins on a day.
pub(super) fn length_of_month(first: Day) -> i64 {
    month_near(first.number() + 30) - first.number()
}

/// The first day of the Islamic month that begins near a day, as Mecca reckons it: after the
/// first sunset that the moon outlives, new by then. From 1937 to 1999 it was the first day
/// before whose dawn the moon was new.
fn month_near(day: i64) -> i64 {
    let ahead = |number, hour| places(moment(number, hour, MECCA)).ahead;
    (day - 3..day + 4)
        .find(|&number| {
            if BY_DAWN.contains(&number) {
                return ahead(number, DAWN) < ahead(number - 1, DAWN);
            }
            ahead(number - 1, SUNSET) < YOUNG && is_outlived(number - 1)
        })
        .unwrap_or(day)
}

/// Whether the moon sets after the sun in Mecca.
fn is_outlived(number: i64) -> bool {
    let places = places(moment(number, SUNSET, MECCA));
    let sun = setting(places.sun, 0.0, SUN_SETS);
    let moon = setting(places.sun + places.ahead, places.latitude, MOON_SETS);
    (moon - sun).rem_euclid(360.0) < 180.0
}

/// How far the sky has turned, in degrees, when something sinks to a height over Mecca.
fn setting(longitude: f64, latitude: f64, height: f64) -> f64 {
    let (sine, cosine) = longitude.to_radians().sin_cos();
    let (tilt_sine, tilt_cosine) = TILT.to_radians().sin_cos();
    let up = latitude.to_radians();
    let ascension = (sine * tilt_cosine - up.tan() * tilt_sine).atan2(cosine);
    let declination = (up.sin() * tilt_cosine + up.cos() * tilt_sine * sine).asin();
    let north = NORTH.to_radians();
    let hour = (height.to_radians().sin() - north.sin() * declination.sin())
        / (north.cos() * declination.cos());
    (ascension + hour.acos()).to_degrees()
}

/// The first day in a year by whose hour the sun has entered a sign of the Indian year.
pub(super) fn sun(year: i16, sign: i8, hour: i8) -> Option<Day> {
    let first = Day::new(year, 1, 1)?.number();
    let past = |number| {
        let sun = places(moment(number, f64::from(hour), INDIA)).stars;
        (sun - 30.0 * f64::from(sign)).rem_euclid(360.0)
    };
    let about = first + days((360.0 - past(first)) / SPEED.0);
    let found = (about - AROUND_SUN..=about + AROUND_SUN).find(|number| past(*number) < 180.0);
    Day::from_number(found?)
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
        let at = |hour| places(moment(*number, hour, CHINA)).ahead;
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
    let Places { stars, ahead, .. } = places(moment);
    let at_new_moon = (stars - ahead / SPEED.1 * SPEED.0).rem_euclid(360.0);
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

#[expect(
    clippy::cast_possible_truncation,
    reason = "it is the days of a part of a year, below 366"
)]
fn days(number: f64) -> i64 {
    number.floor() as i64
}

/// Where sun and moon stand, in degrees.
struct Places {
    /// The sun, from the spring point.
    sun: f64,
    /// The sun, among the stars.
    stars: f64,
    /// How far the moon is ahead of it.
    ahead: f64,
    /// How far the moon stands north of the sun's path.
    latitude: f64,
}

/// Where sun and moon stand, by the greatest terms of the usual series, good to a quarter of an
/// hour.
fn places(moment: f64) -> Places {
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
    let north = 5.128 * sine(latitude)
        + 0.280_6 * sine(moon_anomaly + latitude)
        + 0.277_7 * sine(moon_anomaly - latitude)
        + 0.173_2 * sine(2.0 * elongation - latitude);
    Places {
        sun,
        stars: stars.rem_euclid(360.0),
        ahead: (moon - sun).rem_euclid(360.0),
        latitude: north,
    }
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
        check(islamic(1988, 10, 1), (1988, 5, 16));
        check(islamic(2034, 10, 1), (2034, 12, 12));
        check(sun(2018, 9, 18), (2018, 1, 14));
        check(sun(2019, 9, 18), (2019, 1, 15));
        check(sun(2024, 0, 24), (2024, 4, 13));
        check(indian(2023, 7, 30, 18), (2023, 11, 12));
        check(indian(2024, 12, 15, -6), (2024, 3, 25));
        check(chinese_new_year(2024), (2024, 2, 10));
        check(chinese_new_year(2023), (2023, 1, 22));
    }
}
