/**
 * Arithmetic, decimals, mathematical functions and comparisons: own statements, and Trino's answers as its documentation, its source and its tests give them. A line
 * is `statement ==> value :: type`, or `statement ==> ERR reason`.
 */
export const differentialNumbers: string = String.raw`
7 / -2 ==> -3 :: integer
-7 % 3 ==> -1 :: integer
7 % -3 ==> 1 :: integer
mod(7, -3) ==> 1 :: integer
mod(-7.5, 2) ==> -1.5 :: double
CAST(7 AS tinyint) / CAST(2 AS tinyint) ==> 3 :: tinyint
CAST(7 AS smallint) + 1 ==> 8 :: integer
CAST(1 AS tinyint) + CAST(1 AS tinyint) ==> 2 :: tinyint
CAST(100 AS tinyint) + CAST(100 AS tinyint) ==> ERR NUMERIC_VALUE_OUT_OF_RANGE: tinyint addition overflow: 100 + 100
CAST(30000 AS smallint) * CAST(2 AS smallint) ==> ERR NUMERIC_VALUE_OUT_OF_RANGE: smallint multiplication overflow: 30000 * 2
2147483647 + 1 ==> ERR NUMERIC_VALUE_OUT_OF_RANGE: integer addition overflow: 2147483647 + 1
2147483648 + 1 ==> 2147483649 :: bigint
2147483647 * 2 ==> ERR NUMERIC_VALUE_OUT_OF_RANGE: integer multiplication overflow: 2147483647 * 2
BIGINT '9223372036854775807' + 1 ==> ERR NUMERIC_VALUE_OUT_OF_RANGE: bigint addition overflow
-2147483647 - 2 ==> ERR NUMERIC_VALUE_OUT_OF_RANGE: integer subtraction overflow: -2147483647 - 2
abs(-5) ==> 5 :: integer
abs(BIGINT '-5') ==> 5 :: bigint
5 / 0 ==> ERR DIVISION_BY_ZERO: Division by zero
5 % 0 ==> ERR DIVISION_BY_ZERO
5.0 / 0 ==> Infinity :: double
0.0 / 0 ==> NaN :: double
-5.0 / 0 ==> -Infinity :: double
5e0 % 0 ==> NaN :: double
DECIMAL '5' / 0 ==> ERR DIVISION_BY_ZERO
1 / 2.0 ==> 0.5 :: double
REAL '1.5' + REAL '1' ==> 2.5 :: float
REAL '1.1' + 1 ==> 2.1 :: float
CAST(1 AS real) / 3 ==> 0.33333334 :: float
REAL '0.1' + DOUBLE '0.1' ==> 0.20000000149011612 :: double
-(-5) ==> 5 :: integer
+5 ==> 5 :: integer
1 + NULL ==> null :: integer
NULL / 0 ==> null
DECIMAL '1.5' + DECIMAL '2.25' ==> 3.75 :: decimal(4,2)
DECIMAL '1.5' - DECIMAL '2.25' ==> -0.75 :: decimal(4,2)
DECIMAL '1.5' * DECIMAL '2.25' ==> 3.375 :: decimal(5,3)
CAST('0.5' AS decimal(11,1)) * CAST('8967761.5' AS decimal(8,1)) ==> 4483880.75 :: decimal(19,2)
CAST('99999999999999.1234' AS decimal(18,4)) * 2 ==> 199999999999998.2468 :: decimal(28,4)
CAST('99999999.5' AS decimal(11,1)) * CAST('9.5' AS decimal(8,1)) * CAST('1.5' AS decimal(11,1)) ==> 1424999992.875 :: decimal(30,3)
CAST('100' AS tinyint) * 20 ==> 2000 :: integer
coalesce(CAST('100' AS tinyint), 20) ==> 100 :: integer
if(true, CAST('100' AS tinyint), 20) ==> 100 :: integer
DECIMAL '10.00' / DECIMAL '3' ==> 3.33 :: decimal(4,2)
DECIMAL '10' / DECIMAL '3.00' ==> 3.33 :: decimal(6,2)
DECIMAL '1' / DECIMAL '3' ==> 0 :: decimal(1,0)
DECIMAL '2' / DECIMAL '3' ==> 1 :: decimal(1,0)
DECIMAL '-2' / DECIMAL '3' ==> -1 :: decimal(1,0)
DECIMAL '10.5' % DECIMAL '3' ==> 1.5 :: decimal(2,1)
DECIMAL '-10.5' % DECIMAL '3' ==> -1.5 :: decimal(2,1)
DECIMAL '1.10' + 1 ==> 2.10 :: decimal(13,2)
DECIMAL '1.10' * 2 ==> 2.20 :: decimal(13,2)
DECIMAL '1.10' + BIGINT '1' ==> 2.10 :: decimal(22,2)
DECIMAL '1.10' + 1e0 ==> 2.1 :: double
DECIMAL '1.10' = 1.1 ==> true :: boolean
DECIMAL '0012.50' ==> 12.50 :: decimal(4,2)
DECIMAL '12345678901234567890.12345' * DECIMAL '2' ==> 24691357802469135780.24690 :: decimal(26,5)
-DECIMAL '1.5' ==> -1.5 :: decimal(2,1)
abs(DECIMAL '-1.5') ==> 1.5 :: decimal(2,1)
round(DECIMAL '2.345', 2) ==> 2.350 :: decimal(5,3)
round(DECIMAL '2.5') ==> 3 :: decimal(2,0)
floor(DECIMAL '-2.5') ==> -3 :: decimal(2,0)
ceil(DECIMAL '2.1') ==> 3 :: decimal(2,0)
truncate(DECIMAL '2.9') ==> 2 :: decimal(1,0)
truncate(DECIMAL '2.987', 2) ==> 2.980 :: decimal(4,3)
sign(DECIMAL '-2.5') ==> -1 :: decimal(1,0)
CAST(DECIMAL '2.5' AS integer) ==> 3 :: integer
CAST(DECIMAL '-2.5' AS bigint) ==> -3 :: bigint
CAST(DECIMAL '1.50' AS varchar) ==> 1.50 :: varchar
CAST(1.005e0 AS decimal(10,2)) ==> 1.01 :: decimal(10,2)
CAST(2.5 AS decimal(10,0)) ==> 3 :: decimal(10,0)
CAST(DECIMAL '1.255' AS decimal(3,2)) ==> 1.26 :: decimal(3,2)
CAST(DECIMAL '-1.255' AS decimal(3,2)) ==> -1.26 :: decimal(3,2)
CAST(123 AS decimal(5,2)) ==> 123.00 :: decimal(5,2)
CAST(1234 AS decimal(5,2)) ==> ERR INVALID_CAST_ARGUMENT
CAST('1.255' AS decimal(3,2)) ==> 1.26 :: decimal(3,2)
TRY_CAST('x' AS decimal(3,2)) ==> null :: decimal(3,2)
CAST(DECIMAL '1.5' AS double) ==> 1.5 :: double
SELECT sum(x) FROM (VALUES DECIMAL '1.50', DECIMAL '2.25') AS t(x) ==> 3.75 :: decimal(38,2)
SELECT avg(x) FROM (VALUES DECIMAL '1.50', DECIMAL '2.25') AS t(x) ==> 1.88 :: decimal(3,2)
SELECT min(x) FROM (VALUES DECIMAL '1.50', DECIMAL '2.25') AS t(x) ==> 1.50 :: decimal(3,2)
SELECT sum(x) FROM (VALUES 1, 2) AS t(x) ==> 3 :: bigint
SELECT sum(x) FROM (VALUES CAST(1 AS real), CAST(2 AS real)) AS t(x) ==> 3.0 :: float
SELECT avg(x) FROM (VALUES CAST(1 AS real), CAST(2 AS real)) AS t(x) ==> 1.5 :: float
SELECT avg(x) FROM (VALUES 1, 2) AS t(x) ==> 1.5 :: double
SELECT avg(x) FROM (VALUES BIGINT '9223372036854775807', BIGINT '9223372036854775807') AS t(x) ==> 9.223372036854776E18 :: double
SELECT sum(x) FROM (VALUES BIGINT '9223372036854775807', BIGINT '1') AS t(x) ==> ERR NUMERIC_VALUE_OUT_OF_RANGE: bigint
SELECT sum(x) / 2 FROM (VALUES 1, 2) AS t(x) ==> 1 :: bigint
SELECT sum(x) * 2.5 FROM (VALUES 1, 2) AS t(x) ==> 7.5 :: double
SELECT count(*) FROM (VALUES 1) AS t(x) WHERE x > 5 ==> 0 :: bigint
SELECT sum(x), avg(x), max(x), count(x), array_agg(x) FROM (VALUES 1) AS t(x) WHERE x > 5 ==> [[null,null,null,"0",null]]
SELECT approx_distinct(x) FROM (VALUES 1, 1, NULL) AS t(x) ==> 1 :: bigint
SELECT count(DISTINCT x) FROM (VALUES 1, 1, NULL) AS t(x) ==> 1 :: bigint
SELECT approx_percentile(x, 0.5) FROM (VALUES 1, 2, 3) AS t(x) ==> 2 :: integer
SELECT approx_percentile(x, 0.5) FROM (VALUES 1.0, 2.0, 3.0) AS t(x) ==> 2.0 :: double
SELECT approx_percentile(x, ARRAY[0.5, 0.9]) FROM (VALUES 1.0, 2.0, 3.0) AS t(x) ==> [2.0, 3.0] :: array
round(2.5) ==> 3.0 :: double
round(-2.5) ==> -3.0 :: double
round(0.5) ==> 1.0 :: double
round(1.005, 2) ==> 1.0 :: double
round(2.675, 2) ==> 2.68 :: double
round(1234.567, -2) ==> 1200.0 :: double
round(15, -1) ==> 20 :: integer
round(-15, -1) ==> -20 :: integer
round(BIGINT '25', -1) ==> 30 :: bigint
round(1) ==> 1 :: integer
round(REAL '2.5') ==> 3.0 :: float
floor(-1.5) ==> -2.0 :: double
ceiling(-1.5) ==> -1.0 :: double
truncate(-1.9) ==> -1.0 :: double
truncate(1.987, 2) ==> 1.98 :: double
sign(-3) ==> -1 :: integer
sign(-3.5) ==> -1.0 :: double
power(2, 3) ==> 8.0 :: double
sqrt(16) ==> 4.0 :: double
sqrt(-1) ==> NaN :: double
ln(0) ==> -Infinity :: double
ln(-1) ==> NaN :: double
log10(1000) ==> 3.0 :: double
log(3, 9) ==> 2.0 :: double
exp(0) ==> 1.0 :: double
e() ==> 2.718281828459045 :: double
pi() ==> 3.141592653589793 :: double
degrees(pi()) ==> 180.0 :: double
acos(2) ==> NaN :: double
greatest(1, 2.5) ==> 2.5 :: double
greatest(1, NULL) ==> null
least('b', 'a') ==> a :: varchar
width_bucket(3.14, 0, 4, 3) ==> 3 :: bigint
width_bucket(2, ARRAY[0.0, 2.0, 4.0]) ==> 2 :: bigint
from_base('ff', 16) ==> 255 :: bigint
to_base(-255, 16) ==> -ff :: varchar
cbrt(8) ==> 2.0 :: double
random() < 1 ==> true :: boolean
bitwise_and(19, 25) ==> 17 :: bigint
bitwise_or(19,25) ==> 27
bitwise_xor(19,25) ==> 10
bitwise_not(-12) ==> 11
bitwise_left_shift(5, 2) ==> 20 :: integer
bitwise_right_shift(9, 1) ==> 4 :: integer
bitwise_right_shift(-45, 64) ==> 0
bitwise_right_shift_arithmetic(-45, 64) ==> -1
bitwise_right_shift_arithmetic(12, 64) ==> 0
bit_count(9, 64) ==> 2
bit_count(-7, 64) ==> 62
bit_count(-7, 8) ==> 6
NULL = NULL ==> null :: boolean
NULL IS DISTINCT FROM NULL ==> false
1 IS DISTINCT FROM NULL ==> true
NULL BETWEEN 2 AND 4 ==> null
2 BETWEEN 3 AND NULL ==> false
8 BETWEEN NULL AND 6 ==> false
'Paul' BETWEEN 'John' AND 'Ringo' ==> true
3 IN (1, NULL) ==> null
1 NOT IN (2, NULL) ==> null
'a' = 'A' ==> false
'a ' = 'a' ==> false
'Z' < 'a' ==> true
'é' > 'z' ==> true
'hello' = ANY (VALUES 'hello', 'world') ==> true
21 < ALL (VALUES 19, 20, 21) ==> false
42 >= SOME (SELECT 41 UNION ALL SELECT 42) ==> true
1 = 1.0 ==> true
'abc' LIKE 'a%' ==> true
'a_c' LIKE 'a\_c' ESCAPE '\' ==> true
'abc' LIKE 'a\_c' ESCAPE '\' ==> false
'a\c' LIKE 'a\c' ==> true
'A' LIKE 'a' ==> false
NULL LIKE 'a' ==> null
true AND NULL ==> null
false AND NULL ==> false
true OR NULL ==> true
NOT NULL ==> null
1 = '1' ==> ERR TYPE_MISMATCH: Cannot apply operator: integer = varchar
DATE '2020-01-01' < TIMESTAMP '2020-01-01 00:00:01' ==> true
DATE '2020-01-01' = '2020-01-01' ==> ERR TYPE_MISMATCH: Cannot apply operator: date = varchar
ARRAY[1, 2] = ARRAY[1, 2] ==> true
ARRAY[1, 2] < ARRAY[1, 3] ==> true
ROW(1, 2) = ROW(1, 2) ==> true
MAP(ARRAY['a'], ARRAY[1]) = MAP(ARRAY['a'], ARRAY[1]) ==> true
(1, 2) IN ((1, 2), (3, 4)) ==> true
true > false ==> true
SELECT sum(x * y) FROM (VALUES (DECIMAL '9999999999999999.99', 999), (DECIMAL '0.01', 1)) AS t(x, y) ==> 9989999999999999990.02 :: decimal(38,2)
SELECT sum(x * y) FROM (VALUES (DECIMAL '12.50', 4), (DECIMAL '0.25', NULL)) AS t(x, y) ==> 50.00 :: decimal(38,2)
SELECT k, sum(x * y) FROM (VALUES ('a', DECIMAL '99999999.99', 2147483647), ('a', DECIMAL '99999999.99', 2147483647)) AS t(k, x, y) GROUP BY k ==> [["a","429496729357050327.06"]]
`;
