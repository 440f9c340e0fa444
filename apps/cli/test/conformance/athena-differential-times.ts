/**
 * Dates, instants, intervals, zones and formats: own statements, and Trino's answers as its documentation, its source and its tests give them. A line
 * is `statement ==> value :: type`, or `statement ==> ERR reason`.
 */
export const differentialTimes: string = String.raw`
date_diff('day', TIMESTAMP '2020-01-01 23:00:00', TIMESTAMP '2020-01-02 01:00:00') ==> 0 :: bigint
date_diff('day', DATE '2020-01-31', DATE '2020-03-01') ==> 30
date_diff('month', DATE '2020-01-31', DATE '2020-02-29') ==> 1
date_diff('month', DATE '2020-01-31', DATE '2020-02-28') ==> 0
date_diff('month', DATE '2020-03-31', DATE '2020-02-29') ==> -1
date_diff('year', DATE '2019-12-31', DATE '2020-01-01') ==> 0
date_diff('week', DATE '2020-01-01', DATE '2020-01-14') ==> 1
date_diff('quarter', DATE '2020-01-01', DATE '2020-12-31') ==> 3
date_diff('hour', TIMESTAMP '2020-01-01 00:59:59', TIMESTAMP '2020-01-01 02:00:00') ==> 1
date_diff('minute', TIMESTAMP '2020-01-01 00:00:59', TIMESTAMP '2020-01-01 00:00:00') ==> 0
date_diff('millisecond', TIMESTAMP '2020-06-01 12:30:45.000', TIMESTAMP '2020-06-02 12:30:45.123') ==> 86400123
date_diff('day', DATE '2020-01-01', TIMESTAMP '2020-01-02 12:00:00') ==> 1
date_add('month', 1, DATE '2020-01-31') ==> 2020-02-29 :: date
date_add('month', -1, DATE '2020-03-31') ==> 2020-02-29
date_add('year', 1, DATE '2020-02-29') ==> 2021-02-28
date_add('week', 1, DATE '2020-01-01') ==> 2020-01-08
date_add('quarter', 1, TIMESTAMP '2020-01-31 10:00:00.000') ==> 2020-04-30 10:00:00.000 :: timestamp
date_add('hour', 1, DATE '2020-01-01') ==> ERR INVALID_FUNCTION_ARGUMENT: 'hour' is not a valid DATE field
date_add('millisecond', 1500, TIMESTAMP '2020-01-01 00:00:00.000') ==> 2020-01-01 00:00:01.500
date_add('day', 1, NULL) ==> null
date_trunc('week', DATE '2020-01-01') ==> 2019-12-30 :: date
date_trunc('quarter', DATE '2020-05-15') ==> 2020-04-01
date_trunc('hour', TIMESTAMP '2020-01-01 10:59:59.999') ==> 2020-01-01 10:00:00.000 :: timestamp
date_trunc('day', TIMESTAMP '2020-01-01 10:59:59 America/New_York') ==> 2020-01-01 00:00:00.000 America/New_York
date_trunc('MONTH', DATE '2020-05-15') ==> 2020-05-01
date_trunc('decade', DATE '2020-05-15') ==> ERR INVALID_FUNCTION_ARGUMENT: 'decade' is not a valid DATE field
day_of_week(DATE '2020-01-05') ==> 7 :: bigint
day_of_year(DATE '2020-12-31') ==> 366
week(DATE '2021-01-03') ==> 53
year_of_week(DATE '2021-01-03') ==> 2020
extract(DOW FROM DATE '2020-01-06') ==> 1
extract(WEEK FROM TIMESTAMP '2020-12-31 00:00:00') ==> 53
extract(SECOND FROM TIMESTAMP '2020-01-01 00:00:59.9') ==> 59
hour(TIMESTAMP '2020-01-01 23:59:59') ==> 23 :: bigint
millisecond(TIMESTAMP '2020-01-01 00:00:59.987') ==> 987
year(TIMESTAMP '2020-01-01 00:00:00 Asia/Tokyo') ==> 2020
last_day_of_month(TIMESTAMP '2020-02-10 00:00:00') ==> 2020-02-29 :: date
DATE '2020-01-31' + INTERVAL '1' MONTH ==> 2020-02-29 :: date
DATE '2020-03-31' - INTERVAL '1' MONTH ==> 2020-02-29
DATE '2020-01-01' + INTERVAL '1' HOUR ==> ERR INVALID_FUNCTION_ARGUMENT: Cannot add hour, minutes or seconds to a date
TIMESTAMP '2020-01-01 00:00:00.000' + INTERVAL '1' DAY ==> 2020-01-02 00:00:00.000
TIMESTAMP '2020-01-01 00:00:00' - TIMESTAMP '2019-12-31 00:00:00' ==> 1 00:00:00.000 :: interval day to second
DATE '2020-01-03' - DATE '2020-01-01' ==> 2 00:00:00.000
INTERVAL '90' MINUTE ==> 0 01:30:00.000
INTERVAL '36' HOUR ==> 1 12:00:00.000
INTERVAL '1' DAY * 2 ==> 2 00:00:00.000
2 * INTERVAL '1' MONTH ==> 0-2
INTERVAL '3' HOUR / 2 ==> 0 01:30:00.000
- INTERVAL '1' DAY ==> -1 00:00:00.000
INTERVAL '1 02:03:04.567' DAY TO SECOND ==> 1 02:03:04.567
INTERVAL '1-2' YEAR TO MONTH ==> 1-2
INTERVAL '1' DAY > INTERVAL '23' HOUR ==> true
INTERVAL '1' DAY = INTERVAL '24' HOUR ==> true
to_milliseconds(INTERVAL '1' DAY) ==> 86400000 :: bigint
parse_duration('42.8ms') ==> 0 00:00:00.043
date_format(TIMESTAMP '2020-01-05 13:04:09.123', '%Y-%m-%d %H:%i:%s.%f') ==> 2020-01-05 13:04:09.123000
date_format(TIMESTAMP '2020-01-05 13:04:09', '%y %c %e %k %l %I %h %p %r %T %j %M %b %W %a %%') ==> 20 1 5 13 1 01 01 PM 01:04:09 PM 13:04:09 005 January Jan Sunday Sun %
date_format(TIMESTAMP '2020-01-05 00:04:09', '%l %I') ==> 12 12
date_format(TIMESTAMP '2020-01-05 00:04:09', '%v %x') ==> 01 2020
date_format(DATE '2020-01-05', '%d.%m.%Y') ==> 05.01.2020
date_format(TIMESTAMP '2020-01-05 00:00:00', 'plain %z') ==> plain z
date_parse('2020-01-05', '%Y-%m-%d') ==> 2020-01-05 00:00:00.000 :: timestamp
date_parse('05/Jan/2020:13:04:09', '%d/%b/%Y:%H:%i:%s') ==> 2020-01-05 13:04:09.000
date_parse('2020', '%Y') ==> 2020-01-01 00:00:00.000
date_parse('70', '%y') ==> 1970-01-01 00:00:00.000
date_parse('69', '%y') ==> 2069-01-01 00:00:00.000
date_parse('12:30 PM', '%h:%i %p') ==> 1970-01-01 12:30:00.000
date_parse('2020-01-05 00:00:00.123456', '%Y-%m-%d %H:%i:%s.%f') ==> 2020-01-05 00:00:00.123
format_datetime(TIMESTAMP '2020-01-05 13:04:09.123', 'yyyy/MM/dd HH:mm:ss.SSS EEE EEEE MMM MMMM D d M H h a e w xxxx') ==> 2020/01/05 13:04:09.123 Sun Sunday Jan January 5 5 1 13 1 PM 7 1 2020
format_datetime(TIMESTAMP '2020-01-05 13:04:09.123', 'yy Q') ==> ERR NOT_SUPPORTED
format_datetime(TIMESTAMP '2020-01-05 13:04:09 UTC', 'HH:mm Z') ==> 13:04 +0000
format_datetime(TIMESTAMP '2020-01-05 13:04:09 America/New_York', 'HH:mm ZZ') ==> 13:04 -05:00
format_datetime(TIMESTAMP '2020-01-05 13:04:09 America/New_York', 'HH:mm ZZZ') ==> 13:04 America/New_York
format_datetime(TIMESTAMP '2020-01-05 03:04:09.120', 'S SS k K') ==> 1 12 3 3
parse_datetime('2020-01-05 13', 'yyyy-MM-dd HH') ==> 2020-01-05 13:00:00.000 UTC :: timestamp with time zone
parse_datetime('2020-01-05T13:04:09+02:00', 'yyyy-MM-dd''T''HH:mm:ssZ') ==> 2020-01-05 13:04:09.000 +02:00
parse_datetime('x', 'yyyy') ==> ERR INVALID_FUNCTION_ARGUMENT
from_unixtime(0) ==> 1970-01-01 00:00:00.000 UTC :: timestamp with time zone
from_unixtime(1.5) ==> 1970-01-01 00:00:01.500 UTC
from_unixtime(0, 5, 30) ==> 1970-01-01 05:30:00.000 +05:30
to_unixtime(TIMESTAMP '1970-01-01 00:00:01.500') ==> 1.5 :: double
from_iso8601_date('2020-123') ==> 2020-05-02 :: date
from_iso8601_timestamp('2020-05-11T11:15:05Z') ==> 2020-05-11 11:15:05.000 UTC
to_iso8601(TIMESTAMP '2020-01-05 13:04:09.123') ==> 2020-01-05T13:04:09.123
to_iso8601(TIMESTAMP '2020-01-05 13:04:09.123 UTC') ==> 2020-01-05T13:04:09.123Z
to_iso8601(TIMESTAMP '2020-01-05 13:04:09.123 +02:00') ==> 2020-01-05T13:04:09.123+02:00
TIMESTAMP '2020-01-05 12:00:00 UTC' AT TIME ZONE 'Asia/Tokyo' ==> 2020-01-05 21:00:00.000 Asia/Tokyo
CAST(TIMESTAMP '2020-01-05 12:00:00 Asia/Tokyo' AS timestamp) ==> 2020-01-05 12:00:00.000
CAST(TIMESTAMP '2020-01-05 23:00:00 -10:00' AS date) ==> 2020-01-05
TIMESTAMP '2020-01-05 12:00:00 UTC' = TIMESTAMP '2020-01-05 21:00:00 Asia/Tokyo' ==> true
timezone_hour(TIMESTAMP '2020-01-05 12:00:00 -03:30') ==> -3
timezone_minute(TIMESTAMP '2020-01-05 12:00:00 -03:30') ==> -30
timezone(TIMESTAMP '2024-01-01 12:00:00 Asia/Tokyo') ==> Asia/Tokyo
current_timezone() ==> UTC
at_timezone(TIMESTAMP '2020-01-05 12:00:00 UTC', 'America/New_York') ==> 2020-01-05 07:00:00.000 America/New_York
with_timezone(TIMESTAMP '2020-01-05 12:00:00', 'America/New_York') ==> 2020-01-05 12:00:00.000 America/New_York
sequence(DATE '2020-01-01', DATE '2020-03-01', INTERVAL '1' MONTH) ==> [2020-01-01, 2020-02-01, 2020-03-01]
sequence(TIMESTAMP '2020-01-01 00:00:00', TIMESTAMP '2020-01-01 01:00:00', INTERVAL '30' MINUTE) ==> [2020-01-01 00:00:00, 2020-01-01 00:30:00, 2020-01-01 01:00:00]
sequence(5, 1) ==> [5, 4, 3, 2, 1]
sequence(1, 10, 3) ==> [1, 4, 7, 10]
DATE '2020-01-01' BETWEEN DATE '2019-01-01' AND TIMESTAMP '2021-01-01 00:00:00' ==> true
human_readable_seconds(0.4) ==> 0 seconds
date('2020-01-05') ==> 2020-01-05
`;
