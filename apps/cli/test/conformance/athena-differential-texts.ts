/**
 * Casts, text, bytes, URLs and regular expressions: own statements, and Trino's answers as its documentation, its source and its tests give them. A line
 * is `statement ==> value :: type`, or `statement ==> ERR reason`.
 */
export const differentialTexts: string = String.raw`
CAST('12' AS integer) ==> 12 :: integer
CAST(' 12' AS integer) ==> ERR INVALID_CAST_ARGUMENT: Cannot cast ' 12' to INT
CAST('1.5' AS integer) ==> ERR INVALID_CAST_ARGUMENT: Cannot cast '1.5' to INT
CAST('+7' AS integer) ==> 7
CAST('abc' AS bigint) ==> ERR INVALID_CAST_ARGUMENT: Cannot cast 'abc' to BIGINT
CAST('' AS integer) ==> ERR INVALID_CAST_ARGUMENT: Cannot cast '' to INT
TRY_CAST('abc' AS bigint) ==> null :: bigint
TRY_CAST('99999999999' AS integer) ==> null :: integer
CAST(1.5 AS integer) ==> 2
CAST(-1.5 AS integer) ==> -2
CAST(2.5 AS bigint) ==> 3
CAST(2147483648 AS integer) ==> ERR INVALID_CAST_ARGUMENT
CAST(1e20 AS bigint) ==> ERR INVALID_CAST_ARGUMENT
CAST(nan() AS bigint) ==> ERR INVALID_CAST_ARGUMENT
CAST(true AS integer) ==> 1 :: integer
CAST(0 AS boolean) ==> false :: boolean
CAST(2.5 AS boolean) ==> true
CAST('TRUE' AS boolean) ==> true
CAST('t' AS boolean) ==> true
CAST('1' AS boolean) ==> true
CAST('yes' AS boolean) ==> ERR INVALID_CAST_ARGUMENT: Cannot cast 'yes' to BOOLEAN
CAST(true AS varchar) ==> true :: varchar
CAST(123 AS varchar) ==> 123
CAST(1.0 AS varchar) ==> 1.0E0
CAST(0.1 AS varchar) ==> 1.0E-1
CAST(123456789.123 AS varchar) ==> 1.23456789123E8
CAST(REAL '1.5' AS varchar) ==> 1.5E0
CAST(DATE '2020-01-02' AS varchar) ==> 2020-01-02
CAST(TIMESTAMP '2020-01-02 03:04:05.678' AS varchar) ==> 2020-01-02 03:04:05.678
CAST(TIMESTAMP '2020-01-02 03:04:05' AS varchar) ==> 2020-01-02 03:04:05
CAST(123 AS varchar(2)) ==> ERR INVALID_CAST_ARGUMENT: Value 123 cannot be represented as varchar(2)
CAST('abcdef' AS varchar(3)) ==> abc
CAST('abc' AS char(5)) ==> ERR NOT_SUPPORTED
CAST('2020-02-30' AS date) ==> ERR INVALID_CAST_ARGUMENT: Value cannot be cast to date: 2020-02-30
CAST('2020-1-2' AS date) ==> 2020-01-02 :: date
CAST(TIMESTAMP '2020-01-02 23:59:59' AS date) ==> 2020-01-02
CAST('2020-01-02 03:04:05' AS timestamp) ==> 2020-01-02 03:04:05.000 :: timestamp
CAST('2020-01-02T03:04:05' AS timestamp) ==> ERR INVALID_CAST_ARGUMENT: Value cannot be cast to timestamp: 2020-01-02T03:04:05
CAST('x' AS double) ==> ERR INVALID_CAST_ARGUMENT: Cannot cast 'x' to DOUBLE
CAST(' 1.5 ' AS double) ==> 1.5
CAST('1e3' AS double) ==> 1000.0
CAST('Infinity' AS double) ==> Infinity
CAST(NULL AS integer) ==> null :: integer
CAST(ARRAY[1,2] AS array(varchar)) ==> [1, 2] :: array
CAST(ARRAY['1','x'] AS array(integer)) ==> ERR INVALID_CAST_ARGUMENT: Cannot cast 'x' to INT
TRY_CAST(ARRAY['1','x'] AS array(integer)) ==> null
CAST(ROW(1, 'a') AS row(x bigint, y varchar)).x ==> 1 :: bigint
CAST(1.5 AS decimal(5,1)) + 1 ==> 2.5 :: decimal(12,1)
TRY(CAST('x' AS integer)) ==> null :: integer
TRY(1/0) ==> null
COALESCE(TRY(CAST('x' AS integer)), -1) ==> -1
IF(true, 1, 2.5) ==> 1.0 :: double
CASE WHEN false THEN 1 END ==> null :: integer
CASE 3 WHEN 1 THEN 'a' WHEN 3 THEN 'c' END ==> c
COALESCE(NULL, 1.5, 2) ==> 1.5 :: double
NULLIF(1, 2) ==> 1 :: integer
NULLIF('a', 'a') ==> null
'a' || 1 ==> ERR TYPE_MISMATCH
'a' || NULL ==> null
concat('a', NULL) ==> null
concat_ws(',', 'a', NULL, 'b') ==> a,b
concat_ws(NULL, 'a') ==> null
concat_ws(',', ARRAY['a', NULL, 'c']) ==> a,c
length('é') ==> 1 :: bigint
length('') ==> 0
substr('hello', 2) ==> ello
substr('hello', -3) ==> llo
substr('hello', -3, 2) ==> ll
substr('hello', 0) ==> 
substr('hello', 10) ==> 
substr('hello', -10) ==> 
substr('hello', 2, 0) ==> 
substr('hello', 2, -1) ==> 
substr('hello', 4, 10) ==> lo
split_part('a,b,c', ',', 4) ==> null
split_part('a,b,c', ',', 0) ==> ERR INVALID_FUNCTION_ARGUMENT: Index must be greater than zero
split_part('abc', '', 1) ==> a
split_part('a,,c', ',', 2) ==> 
split('a,b,', ',') ==> [a, b, ]
split('', ',') ==> []
split('abc', '') ==> ERR INVALID_FUNCTION_ARGUMENT
split('a.b.c', '.', 2) ==> [a, b.c]
split('a.b', '.', 0) ==> ERR INVALID_FUNCTION_ARGUMENT: Limit must be positive
strpos('hello', 'z') ==> 0 :: bigint
strpos('hello', '') ==> 1
strpos('', 'a') ==> 0
position('l' IN 'hello') ==> 3
replace('aaa', 'a', 'bb') ==> bbbbbb
replace('abc', '', 'x') ==> xaxbxcx
replace('aXa', 'x', 'y') ==> aXa
reverse('héllo') ==> olléh
lpad('abc', 2, 'x') ==> ab
lpad('abc', 6, 'xy') ==> xyxabc
rpad('abc', 6, 'xy') ==> abcxyx
lpad('abc', 6, '') ==> ERR INVALID_FUNCTION_ARGUMENT: Padding string must not be empty
trim('  a b  ') ==> a b
rtrim('a  ') ==> a
trim('xxaxx', 'x') ==> a
lower('ÀÉ') ==> àé
chr(233) ==> é
chr(-1) ==> ERR INVALID_FUNCTION_ARGUMENT: Not a valid Unicode code point: -1
codepoint('ab') ==> ERR INVALID_FUNCTION_ARGUMENT
starts_with('abc', 'ab') ==> true
levenshtein_distance('', 'abc') ==> 3 :: bigint
hamming_distance('ab', 'abc') ==> ERR INVALID_FUNCTION_ARGUMENT: The input strings to hamming_distance function must have the same length
translate('abcd', 'aac', 'zq') ==> zbd
translate('abcd', 'a', 'zy') ==> zbcd
translate('abcd', '', '') ==> abcd
split_to_map('a=1,b=2', ',', '=') ==> {a=1, b=2}
split_to_map('', ',', '=') ==> {}
to_utf8('é') ==> c3 a9 :: varbinary
to_hex(md5(to_utf8('a'))) ==> 0CC175B9C0F1B6A831C399E269772661
sha1(to_utf8('')) ==> da 39 a3 ee 5e 6b 4b 0d 32 55 bf ef 95 60 18 90 af d8 07 09
to_base64(to_utf8('hello')) ==> aGVsbG8=
from_utf8(from_base64('aGVsbG8=')) ==> hello
to_hex(X'0aff') ==> 0AFF
from_hex('0g') ==> ERR INVALID_FUNCTION_ARGUMENT
length(X'0102') ==> 2 :: bigint
substr(X'010203', 2) ==> 02 03
reverse(X'010203') ==> 03 02 01
X'01' || X'02' ==> 01 02
format('%d', 1234567) ==> 1234567
format('%,d', 1234567) ==> 1,234,567
format('%-5d|', 42) ==> 42   |
format('%x', 255) ==> ff
format('%.2f', 2.345) ==> 2.35
format('%s %s', 'a', 1) ==> a 1
format('%s', true) ==> true
format('%s', NULL) ==> null
format('%s', 1.5) ==> 1.5
format('%s', DATE '2020-01-02') ==> 2020-01-02
format('%2$s %3$s %1$s', 'a', 'b', 'c') ==> b c a
typeof(1.5) ==> double
typeof(BIGINT '1') ==> bigint
typeof(DECIMAL '1.50') ==> decimal(3,2)
typeof(ARRAY[1]) ==> array(integer)
typeof(CAST(ROW(1) AS row(x bigint))) ==> row(x bigint)
typeof(NULL) ==> unknown
typeof(DATE '2020-01-01') ==> date
typeof(now()) ==> timestamp(3) with time zone
typeof(TIMESTAMP '2020-01-01 00:00:00.123') ==> timestamp(3)
typeof(TIMESTAMP '2020-01-01 00:00:00') ==> timestamp(0)
typeof(INTERVAL '1' DAY) ==> interval day to second
typeof(CAST('a' AS varchar)) ==> varchar
typeof(X'00') ==> varbinary
typeof(json_parse('1')) ==> json
typeof('a' || 'b') ==> varchar
typeof(array_agg(1)) ==> array(integer)
typeof(sum(1)) ==> bigint
typeof(sum(DECIMAL '1.5')) ==> decimal(38,1)
typeof(count(*)) ==> bigint
typeof(true) ==> boolean
typeof(1 = 1) ==> boolean
luhn_check('79927398713') ==> true
url_encode('http://a b/ü?x=1&y=*') ==> http%3A%2F%2Fa+b%2F%C3%BC%3Fx%3D1%26y%3D*
url_decode('a%20b%2Fc') ==> a b/c
url_extract_protocol('ftp://path/file') ==> ftp
url_extract_host('http://u:p@h.com:80/x') ==> h.com
url_extract_port('http://h.com/x') ==> null
url_extract_path('http://h.com') ==> 
url_extract_path('http://h.com/a%20b') ==> /a b
url_extract_query('http://h.com/x') ==> 
url_extract_parameter('http://h.com/x?a=&b=2', 'a') ==> 
url_extract_parameter('http://h.com/x?a=1&a=2', 'a') ==> 1
url_extract_parameter('http://h.com/x?a', 'b') ==> null
url_extract_host('not a url') ==> null
regexp_like('abc', 'B') ==> false
regexp_like('abc', '(?i)B') ==> true
regexp_like('a.b', '^a\.b$') ==> true
regexp_extract('abc123', '[a-z]+(\d+)', 1) ==> 123
regexp_extract('abc', '(x)?abc', 1) ==> null
regexp_extract('abc', '(x)', 5) ==> ERR INVALID_FUNCTION_ARGUMENT: Pattern has 1 groups. Cannot access group 5
regexp_extract_all('a1b22', '\d+') ==> [1, 22]
regexp_extract_all('', 'a') ==> []
regexp_extract_all('1a 2b', '(\d)([a-z])', 2) ==> [a, b]
regexp_replace('abc', 'b') ==> ac
regexp_replace('abc', '(b)', '[$1]') ==> a[b]c
regexp_replace('abc', '(?<x>b)', '[${'$'}{x}]') ==> a[b]c
regexp_replace('abc', '', '-') ==> -a-b-c-
regexp_replace('fun', '^', '!') ==> !fun
regexp_split('a,b;c', '[,;]') ==> [a, b, c]
regexp_count('abcabc', 'b') ==> 2
regexp_count('aaa', '') ==> 4
regexp_position('abcb', 'b') ==> 2 :: integer
regexp_position('I have 23 apples, 5 pears and 13 oranges', '\b\d+\b', 12) ==> 19
regexp_position('I have 23 apples, 5 pears and 13 oranges', '\b\d+\b', 12, 2) ==> 31
regexp_like('ab12', '\p{L}+\p{Nd}+') ==> true
regexp_like('é', '\w') ==> false
regexp_like('abc', '[') ==> ERR INVALID_FUNCTION_ARGUMENT
`;
