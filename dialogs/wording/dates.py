"""What is said about when. Change the bot's tone here."""

from __future__ import annotations

from datetime import date, timedelta

# --- What is refused -------------------------------------------------------------------------------

BAD_RULE = "I can't use that repeating rule. Say it in words, such as “every second Tuesday at 9:30”."
NO_SUCH_ZONE = (
    "I don't know the time zone “{name}”. Say a place such as “London time” or “America/New_York time”, "
    "or “their own time”."
)
START_FAR = "That start is too far away for me. Choose a date within the coming years."
TOO_OFTEN = "That is too often: leave at least {limit} between two sends, such as “every hour”."
TOO_MANY = (
    "That would be {count} sends, and I take at most {most}. Choose an earlier end or a longer interval."
)
ENDS_BEFORE_START = "That ends before it starts. Choose a later end, or an earlier start."
NEVER = "No date fits that. Check the day and the month."

# --- What is asked for -----------------------------------------------------------------------------

WHAT_TIME = "At what time? For example “at 9:30” or “at 4pm”."
WHICH_DAY = "When? For example “tomorrow”, “on 3 March” or “every second Tuesday”."
WHICH_WEEKDAY = "On which day of the week? For example “Monday”, or “Monday and Thursday”."
WHICH_MONTHDAY = "On which day of the month? For example “first Monday”, “on the 15th” or “last working day”."
WHICH_OF_MONTH = "Which {day} of the month? For example “first {day}” or “last {day}”."
WHICH_QUARTERDAY = (
    "On which day of the quarter? For example “first Monday” (of January, April, July and October) "
    "or “from 1 March”."
)
WHICH_DATE = "On which date of the year? For example “on 1 April”, or “first Monday of May”."
OF_EACH_MONTH = "Of each month? Then say “of each month”; else name the month."
EACH_YEAR = "Every year? Then say “each year”; else name one month."
NOTHING_SAID = (
    "Say when. For example: every second Tuesday at 9:30, first Monday of each month at 10, tomorrow at 4pm."
)
WHO = "Who is it for? Name people, channels or one of your lists."
WHAT = {
    "remind": "What should I remind them of? Say it after “to”.",
    "pulse": "What should I ask about? Say it after “on”.",
}

# --- What has to be said differently ----------------------------------------------------------------

NOT_UNDERSTOOD = "I didn't understand {words}. Leave it out, or put it another way."
NO_DATE = "I don't know the date of “{event}”. Give it instead, such as “{word} 6 May”."
NO_RHYTHM = (
    "I don't know the dates of “{said}”. Say the days or dates, such as “last working day of each month” "
    "or “1 September, 4 January and 12 April each year”."
)
NO_DATES_OF = (
    "I don't know when “{event}” is where you are. Give dates, such as “from 6 September to 17 December” or "
    "“not between 26 and 30 October”."
)
PERHAPS_TEXT = "“{said}”: is that what to send? Then say “to” before it."
HOW_LONG = "How long {side}? Say for example “the day {side}” or “two weeks {side}”."
EACH_DAY_OF = "Every day of them? Then say “every day”; else name the days."
WEEKS_OF_MONTH = "“{said}”: do you mean {span}? Else name both days."
WEEK_OF_MONTH = (
    "The {rank} week of a {unit} isn't the same to everybody. Name its day, such as “{rank} Monday of every "
    "{unit}”."
)
SKIP_OR_PAUSE = "To leave out one date there is Skip, for a while Pause, once it runs."
NO_SUCH_TIME = "“{said}” isn't a time of day. Hours go from 00 to 23 and minutes from 00 to 59, as in 09:30."
MORNING_OR_AFTERNOON = "“{said}”: morning or afternoon? Say {early} or {late}."
NO_SUCH_MONTH = "There is no month {month}. Dates go day, month, year: 3/4/2027 is 3 April."
NO_SUCH_YEAR = "The year {year} is out of my reach. Choose one within the coming years."
NO_SUCH_DAY = "There is no {day} {month}{year}: that month has {last} days{at_most}. Choose another day."
NO_SUCH_MONTHDAY = "No month has a {day}. Choose a day from the 1st to the 31st."
NO_SUCH_RANK = "“{said}” doesn't fit in a month. Say first, second, third, fourth, fifth or last."
OTHER_WEEKDAY = "{date} is a {real}, not a {said}. Which of the two do you mean?"
WORKING_DAY_RANK = "I count working days up to the fifteenth. Name a date instead."
EVERY_OTHER_WORKING_DAY = (
    "I can't count working days. Name the days, such as “every Monday, Wednesday and Friday”."
)
EVERY_SECOND = "“Every second” what? Say “every second Tuesday”, or “on the 2nd of each month”."
EVERY_NONE = "I can't repeat every 0. Say how far apart, such as “every 2 weeks”."
LONG_INTERVAL = "That interval is too long for me. Name a date instead."
LONG_HOURS = "From a day on, count in days: “every 2 days at 9:30”."
TWO_INTERVALS = "I heard two different ways to repeat. Say one, such as “every second Tuesday”."
TWO_TIMES = "I heard two times of day. Say “at 9 and 14:00” for both, or one of them."
TWO_DATES = "I heard two different days. Say one, or say how it repeats."
TWO_ENDS = "I heard two different ends. Say one, such as “until 30 June”."
TWO_STARTS = "I heard two different starts. Say one, such as “from 4 January”."
TWO_CONDITIONS = "I heard two different things about days off or whose clock counts. Say one of them."
ONE_OR_OTHER = "“{said}”: one or the other? Say “and” for both, or name one."
DAY_OR_RANK = "“{said}”: the {nth} {day}, or the {nth} of the month? Choose one."
DANGLING = "“{word}” what? Finish it, or leave it out."
WHICH_DAY_OF = "Which day of the {unit}? For example “first Monday” or “last working day”."
ABOUT_WHEN = "“{said}” isn't one time: a reminder goes out at a moment. Say it, such as “at 9:30”."
NOT_IN_HALF = "“{said}” isn't in the {half}. Say one or the other, such as “at 14:00”."
YESTERDAY = "That has passed. Name a day to come, such as “tomorrow”."
NOT_ONE_DAY = "“{said}” isn't one day. Name it, such as “15 {month}”."
WEEK_ENDING = "A week ending {date}: on which day? Name it, such as “{date}” itself."
NOT_A_MONDAY = "{date} is no Monday, so which day begins that week? Choose one."
YEAR_END = "The {edge} of which year: the financial year (April to March) or the calendar year?"
WHICH_YEAR = "Of which year: the financial year (April to March) or the calendar year?"
OTHER_YEAR = "I don't know when your {kind} starts and ends. Name the date, such as “20 May”."
WHICH_BANK_HOLIDAY = (
    "The next bank holiday in England is {date} ({name}). Say the date you mean, such as {beside}, or a name "
    "such as “the day after Easter Monday”."
)
WHICH_QUARTER = (
    "Q{number}: of the calendar year ({calendar}), or of the financial year ({financial})? Name the months."
)
EXCEPT_RANKED = (
    "I can leave out dates, days of the week and months, but not “{said}”. Say which ones should go out, "
    "such as “second and third Monday of each month”."
)
TO_A_WORKING_DAY = "Off days I can move to the working day {side}, but not to “{day}”. Is that right?"
TO_THE_NEAREST = (
    "Off days I can move to the working day before, or to the one after, but not to the nearest. Which of "
    "the two?"
)
MONTH_END_COUNTED = "“{said}”: counted from the last working day, or is that the first of them? Choose one."
EVERY_NTH_WORKING_DAY = "“{said}”: of each month? I can't count working days across months."
EXCEPT_OVER = "From which day to which is “over {feast}”? Name both, as the button does."
EDGE_OF_MONTH = (
    "The {edge} of one month, or of each? Say “{edge} of {which} month”, or “{edge} of every month”."
)
HOURS_OF_A_DAY = "Every hour of each {day}? Then say “every {day}”; else name the times of that one day."
EITHER_DAY = "“{said}” could be {first} or {second}. Which did you mean?"
OTHER_DAY_THEN = "That would be on another day. Say the day and the time, such as “Tuesday at 9”."
TODAY = "today"
HOLIDAY_NAMED = "{name} is {date}, when nobody works. On the day itself, or on {after}?"
MOVES_EACH_YEAR = "{name} is on another date each year, so I can't repeat it. Name the date for one year."
WEEKDAY_EACH_YEAR = "That date isn't a {day} each year. Leave the weekday out, or name one year."
MEETS_NOTHING = "Nothing is sent on {what} anyway. Check the exception, or leave it out."
OFTEN_EXCEPT = "Exceptions work from a day on. For less often within a day, use Skip or Pause."
TOO_MANY_LINES = "That is too much for one reminder: at most {most} days and times together. Make two of it."
RHYTHM_OR_ONCE = "“{said}”: again and again from now on, or just once?"
EACH_OR_ONE = "Do you mean every one of those days? Then say “every”; else name one of them, or its date."
FAR_END = "That end is too far away. Say a nearer one, or none."
NO_TIMES = "0 times is never. Say how often, such as “6 times”."
ONCE_NEEDS_NO_END = (
    "That names one day only, so it needs no end. To repeat it, say “every”, as in “every Monday”."
)
EVERY_NTH = "“{said}” can mean two things. Which: every so many weeks, or once in each month?"
SEVERAL = {
    "hour": "“{said}”: at which times? Name them, such as “at 9 and 14:00”.",
    "day": "“{said}”: at which times? Name them, such as “at 9 and 14:00”.",
    "week": "“{said}” doesn't say on which days. Name them, such as “every Monday and Thursday”.",
    "year": "“{said}” doesn't say on which dates. Name them, such as “1 April and 1 October each year”.",
}
SEVERAL_OF_MONTH = (
    "“{said}” doesn't say on which days. Name them, such as “on the 1st and 15th”, or “first and third "
    "Monday of each month”."
)
TWO_MEANINGS = "“{said}” can mean two things. Say “every 2 {unit}s”, or name two days."
GMT = "{said} doesn't change with the clocks. Say “London time”, or “UTC” for the same time all year."
OTHER_NATION = (
    "I don't know the holidays of “{said}”. I know England's, Wales's, Scotland's and Northern Ireland's."
)
QUIET_SAME = "Quiet hours need a beginning and an end, such as “quiet hours 20:00 to 07:30”."
PAST = "{at} on {date} has passed. Choose a later time or day."
LONG_TEXT = (
    "That text has {length} characters, and at most {most} fit. Shorten it, or put it in a document and "
    "name that."
)

# --- How something was taken -------------------------------------------------------------------------

NOT_AT_ONCE = "“Now” is taken as a few minutes from now, so that you can look at it first."
TOMORROW = "That time has passed today, so it is tomorrow, {date}."
TAIL = "“{said}” is taken as part of when, not of the text."
UNTIL_NAMED = "Until {name}: the last day is {last}, the last on which people work."
MENDED = "I read “{typed}” as {read}."
UNTIL_MONTH = "The last day is {last}. To include {month}, say “until the end of {month}”."
LEAP_YEARS = "Only leap years have a 29 February. For every year, say “last day of February each year”."
SHORT_MONTHS = "Months without a {day} are left out. For every month, say “last day of each month”."
FOUR_ONLY = "Months with only four {day}s are left out. For every month, say “last {day} of each month”."
AT_NIGHT = "{at} is at night. It goes out then, as you asked; for later, say another time."
WEEKEND_MOVES = "Weekend days move to a working day. To send on the day, add “including weekends”."
WEEKEND_SKIPPED = "Weekend days are left out. To send on the day, add “including weekends”."

# --- Why something moves --------------------------------------------------------------------------

QUIET = "quiet hours"
CLOCKS_FORWARD = "the clocks go forward"
MOVED_FOR = {
    QUIET: "{date} at {at} is in quiet hours",
    CLOCKS_FORWARD: "{date} has no {at}, as the clocks go forward",
}
BANK_HOLIDAY = "{date} is a bank holiday ({name})"

# --- A schedule in words: understood again by the parser, so change both ------------------------------

ON_DATE = "On {date}"
AT_TIME = " at {at}"
FROM_TIME = " from {at}"
OWN_TIME = "each person's own time"
ZONE_TIME = "{zone} time"
WEEKENDS_AND_BANK_HOLIDAYS = "weekends and bank holidays"
BANK_HOLIDAYS = "bank holidays"
OFF_DAYS = {
    "next": "moved to the next working day on {on} ({nation})",
    "previous": "moved to the previous working day on {on} ({nation})",
    "skip": "left out on {on} ({nation})",
    "ignore": "also on {on}",
}
NATION = {
    "england": "England", "wales": "Wales", "scotland": "Scotland", "northern-ireland": "Northern Ireland",
}  # fmt: skip
QUIET_FROM = "quiet from {begin} to {end}"
NO_QUIET = "with no quiet hours"
UNTIL = "until {date}"
EXCEPT_WEEKDAYS = "except on {days}"
EXCEPT_MONTHS = "except in {months}"
EXCEPT_DATE = "except on {date}"
EXCEPT_SPAN = "except between {first} and {last}"
ONCE, TIMES = "once only", "{count} times"


def minutes(span: timedelta) -> str:
    """A short span in words: "15 minutes", "an hour"."""
    whole = int(span.total_seconds()) // 60
    return "an hour" if whole == 60 else f"{whole} minutes"


def short_date(day: date) -> str:
    """Tue 8 Dec."""
    return f"{day:%a} {day.day} {day:%b}"


def long_date(day: date) -> str:
    """8 December 2026."""
    return f"{day.day} {day:%B %Y}"


def full_date(day: date) -> str:
    """Tue 8 December 2026."""
    return f"{day:%a} {long_date(day)}"
