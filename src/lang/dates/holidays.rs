//! Holidays and how the days they fall on are told in a table.
//!
//! | written | falls on |
//! |---|---|
//! | `12-25` | a day of a month |
//! | `11-4x4+1` | the day after the fourth Thursday of November; `5-1x-1`: the last Monday of May |
//! | `easter+60`, `orthodox-2` | so many days from Easter of the western or eastern churches |
//! | `nisan+14`, `kislev+24` | so many days from the first of a Jewish month |
//! | `chinese+14` | so many days from the Chinese new year |
//! | `islamic:10-1` | a day of an Islamic month |
//! | `indian:7-30x18` | a part of an Indian month, as it stands at an hour of the day |
//! | `sun:9x18+1` | so many days from the one by whose hour the sun has entered an Indian sign |
//! | `parsi-1` | so many days from the new year of years of 365 days |
//!
//! After that `,7-1` moves it a day back from a Sunday, `<5` to the Friday before, and `/8` makes
//! it last eight days.

/// A holiday and the days it falls on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// Its name: the first form listed.
    pub name: String,
    /// When it begins.
    pub when: HolidayRule,
    /// By how many days it is moved from each weekday, from Monday on.
    pub moved: [i8; 7],
    /// How many days it lasts.
    pub days: i64,
}

/// How the day of a holiday is found in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayRule {
    /// A day of a month: `12-25`.
    Fixed(i8, i8),
    /// So many days from Easter Sunday: `easter+60`.
    Easter(i64),
    /// So many days from the Easter of the eastern churches: `orthodox-2`.
    Orthodox(i64),
    /// So many days from the first of Nisan: `nisan+14`.
    Nisan(i64),
    /// So many days from the first of Kislev: `kislev+24`.
    Kislev(i64),
    /// So many days from the Chinese new year: `chinese`.
    Chinese(i64),
    /// A day of an Islamic month: `islamic:10-1`.
    Islamic(i8, i8),
    /// A part of an Indian month counted from Chaitra, as it stands at an hour: `indian:7-30x18`.
    Indian {
        /// 1 to 12.
        month: i8,
        /// 1 to 30; 15 ends with the full moon.
        part: i8,
        /// Of the day, in India.
        hour: i8,
    },
    /// So many days from the first by whose hour the sun has entered a sign: `sun:9x18+1`.
    Sun {
        /// 0 to 11; 0 begins the Indian year.
        sign: i8,
        /// Of the day, in India.
        hour: i8,
        /// Days after it.
        later: i64,
    },
    /// So many days from the new year of years that all have 365 days: `parsi`.
    Parsi(i64),
    /// A weekday of a month: `11-4x4+1` is the day after the fourth Thursday of November;
    /// `5-1x-1` the last Monday of May.
    Weekday {
        /// 1 to 12.
        month: i8,
        /// 1 is Monday.
        weekday: i8,
        /// Which one; -1 is the last.
        nth: i8,
        /// Days after it.
        later: i64,
    },
}

impl Holiday {
    /// Reads when a holiday falls.
    pub(super) fn parse(name: String, text: &str) -> Option<Self> {
        let (text, days) = text.split_once('/').unwrap_or((text, "1"));
        let (text, before) = match text.split_once('<') {
            Some((text, weekday)) => (text, Some(weekday.parse::<i8>().ok()?)),
            None => (text, None),
        };
        let mut parts = text.split(',');
        let when = rule(parts.next()?)?;
        let mut moved = [0; 7];
        if let Some(weekday) = before {
            for (from, by) in (1_i8..).zip(&mut moved) {
                *by = -1 - (from - 1 - weekday).rem_euclid(7);
            }
        }
        for part in parts {
            let (weekday, by) = part.split_at_checked(1)?;
            let place = weekday.parse::<usize>().ok()?.checked_sub(1)?;
            *moved.get_mut(place)? = by.parse().ok()?;
        }
        Some(Self {
            name,
            when,
            moved,
            days: days.parse().ok()?,
        })
    }
}

/// Reads how the day is found.
fn rule(text: &str) -> Option<HolidayRule> {
    for (name, make) in [
        ("easter", HolidayRule::Easter as fn(i64) -> HolidayRule),
        ("orthodox", HolidayRule::Orthodox),
        ("nisan", HolidayRule::Nisan),
        ("kislev", HolidayRule::Kislev),
        ("chinese", HolidayRule::Chinese),
        ("parsi", HolidayRule::Parsi),
    ] {
        if let Some(days) = text.strip_prefix(name) {
            return Some(make(days_on(days)?));
        }
    }
    if let Some(text) = text.strip_prefix("islamic:") {
        let (month, day) = text.split_once('-')?;
        return Some(HolidayRule::Islamic(month.parse().ok()?, day.parse().ok()?));
    }
    if let Some(text) = text.strip_prefix("indian:") {
        let (month, part) = text.split_once('-')?;
        let (part, hour) = part.split_once('x').unwrap_or((part, "12"));
        return Some(HolidayRule::Indian {
            month: month.parse().ok()?,
            part: part.parse().ok()?,
            hour: hour.parse().ok()?,
        });
    }
    if let Some(text) = text.strip_prefix("sun:") {
        let (sign, rest) = text.split_once('x')?;
        let end = rest.find(['+', '-']).unwrap_or(rest.len());
        let (hour, later) = rest.split_at_checked(end)?;
        return Some(HolidayRule::Sun {
            sign: sign.parse().ok()?,
            hour: hour.parse().ok()?,
            later: days_on(later)?,
        });
    }
    let (month, day) = text.split_once('-')?;
    let month = month.parse().ok()?;
    let Some((weekday, nth)) = day.split_once('x') else {
        return Some(HolidayRule::Fixed(month, day.parse().ok()?));
    };
    let (nth, later) = nth.split_once('+').unwrap_or((nth, "0"));
    Some(HolidayRule::Weekday {
        month,
        weekday: weekday.parse().ok()?,
        nth: nth.parse().ok()?,
        later: later.parse().ok()?,
    })
}

/// `+1`, `-2`, or nothing.
fn days_on(text: &str) -> Option<i64> {
    if text.is_empty() {
        return Some(0);
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules() {
        assert_eq!(rule("12-25"), Some(HolidayRule::Fixed(12, 25)));
        assert_eq!(rule("easter-2"), Some(HolidayRule::Easter(-2)));
        let black_friday = HolidayRule::Weekday {
            month: 11,
            weekday: 4,
            nth: 4,
            later: 1,
        };
        assert_eq!(rule("11-4x4+1"), Some(black_friday));
        let eve = HolidayRule::Sun {
            sign: 9,
            hour: 18,
            later: -1,
        };
        assert_eq!(rule("sun:9x18-1"), Some(eve));
        assert_eq!(rule("pesach"), None);
    }

    #[test]
    fn moves() {
        let moved = |text| Holiday::parse(String::new(), text).map(|holiday| holiday.moved);
        assert_eq!(moved("4-27,7-1"), Some([0, 0, 0, 0, 0, 0, -1]));
        assert_eq!(moved("5-25<1"), Some([-7, -1, -2, -3, -4, -5, -6]));
        assert_eq!(moved("4-27,8-1"), None);
    }
}
