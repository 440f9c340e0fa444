/**
 * JSON, arrays, maps and rows: own statements, and Trino's answers as its documentation, its source and its tests give them. A line
 * is `statement ==> value :: type`, or `statement ==> ERR reason`.
 */
export const differentialNested: string = String.raw`
json_extract('{"a":{"b":[1,2]}}', '$.a.b') ==> [1,2] :: json
json_extract('{"a":1}', '$.x') ==> null
json_extract('{"a":null}', '$.a') ==> null :: json
json_extract('not json', '$.a') ==> null
json_extract_scalar('{"a":"x"}', '$.a') ==> x :: varchar
json_extract_scalar('{"a":1.50}', '$.a') ==> 1.50
json_extract_scalar('{"a":true}', '$.a') ==> true
json_extract_scalar('{"a":null}', '$.a') ==> null
json_extract_scalar('{"a":{}}', '$.a') ==> null
json_extract_scalar('[1,2,3]', '$[1]') ==> 2
json_extract_scalar('[1,2,3]', '$[9]') ==> null
json_extract_scalar('{"a b":{"c":1}}', '$["a b"].c') ==> 1
json_extract_scalar('{"a.b":1}', '$["a.b"]') ==> 1
json_extract_scalar('{"a":[{"b":7}]}', '$.a[0].b') ==> 7
json_extract('[{"a":1},{"a":2}]', '$[*].a') ==> ERR NOT_SUPPORTED
json_extract('{"a": 1.0, "b": "x\/y"}', '$') ==> {"a":1.0,"b":"x/y"}
json_format(json_parse('{"b":1, "a":[1, 2]}')) ==> {"a":[1,2],"b":1}
json_parse('{"b":1,"a":2}') ==> {"a":2,"b":1} :: json
json_parse('x') ==> ERR INVALID_FUNCTION_ARGUMENT: Cannot convert value to JSON: 'x'
json_parse('[1,]') ==> ERR INVALID_FUNCTION_ARGUMENT: Cannot convert value to JSON: '[1,]'
json_parse('{"a":NaN}') ==> ERR INVALID_FUNCTION_ARGUMENT
json_parse('[",]","inf"]') ==> [",]","inf"] :: json
json_parse('{"a":1,"b":{"d":1,"c":2}}') = json_parse('{"b":{"c":2,"d":1},"a":1}') ==> true
json_parse('{"a":1}') <> json_parse('{"a":2}') ==> true
json_array_length('[1,2]') ==> 2 :: bigint
json_array_length('{}') ==> null
json_array_get('[1,2,3]', -1) ==> 3
json_array_contains('[1, "a", true]', 'a') ==> true
json_array_contains('[1, 2.5]', 2.5) ==> true
json_size('[1,2]', '$') ==> 2
is_json_scalar('"a"') ==> true
CAST(json_parse('[1,2]') AS array(integer)) ==> [1, 2]
CAST(json_parse('{"a":1}') AS map(varchar, integer)) ==> {a=1}
CAST(json_parse('[1,"a"]') AS array(integer)) ==> ERR INVALID_CAST_ARGUMENT
CAST(json_parse('"5"') AS integer) ==> 5
CAST(json_parse('1.5') AS integer) ==> 2
CAST(json_parse('5') AS varchar) ==> 5
CAST(json_parse('[1]') AS varchar) ==> ERR INVALID_CAST_ARGUMENT
CAST(json_parse('null') AS integer) ==> null
CAST(MAP(ARRAY['b','a'], ARRAY[1,2]) AS json) ==> {"a":2,"b":1}
CAST(1e0 AS json) ==> 1.0
CAST(DATE '2020-01-01' AS json) ==> "2020-01-01"
json_value('{"a":1}', 'lax $.a') ==> 1 :: varchar
json_query('{"a":[1,2]}', 'lax $.a') ==> [1,2] :: varchar
json_exists('{"a":1}', 'lax $.b') ==> false
ARRAY[1,2,3][4] ==> ERR INVALID_FUNCTION_ARGUMENT: Array subscript must be less than or equal to array length: 4 > 3
ARRAY[1,2,3][0] ==> ERR INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1
ARRAY[1,2,3][-1] ==> ERR INVALID_FUNCTION_ARGUMENT: Array subscript is negative: -1
element_at(ARRAY[1,2,3], 4) ==> null :: integer
element_at(ARRAY[1,2,3], -1) ==> 3
element_at(ARRAY[1,2,3], 0) ==> ERR INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1
MAP(ARRAY['a'], ARRAY[1])['b'] ==> ERR INVALID_FUNCTION_ARGUMENT: Key not present in map: b
MAP(ARRAY['a','a'], ARRAY[1,2]) ==> ERR INVALID_FUNCTION_ARGUMENT: Duplicate map keys (a) are not allowed
MAP(ARRAY[1,2], ARRAY[1]) ==> ERR INVALID_FUNCTION_ARGUMENT: Key and value arrays must be the same length
cardinality(ARRAY[]) ==> 0 :: bigint
contains(ARRAY[1,NULL], 2) ==> null
contains(ARRAY[1,NULL], 1) ==> true
array_position(ARRAY['a','b'], 'b') ==> 2 :: bigint
array_remove(ARRAY[1,NULL,2], 1) ==> [null, 2]
array_distinct(ARRAY[3,1,3,NULL,NULL]) ==> [3, 1, null]
array_intersect(ARRAY[3,1,2], ARRAY[2,3]) ==> [2, 3]
array_union(ARRAY[1,NULL], ARRAY[NULL,2]) ==> [1, null, 2]
array_except(ARRAY[1,2,2,NULL], ARRAY[2]) ==> [1, null]
array_sort(ARRAY['b','a',NULL]) ==> [a, b, null]
array_max(ARRAY[1,3,2]) ==> 3
array_min(ARRAY[]) ==> null
array_join(ARRAY[1,NULL,3], ',') ==> 1,3 :: varchar
array_join(ARRAY[true], ',') ==> true
slice(ARRAY[1,2,3,4], 2, 2) ==> [2, 3]
slice(ARRAY[1,2], 5, 1) ==> []
slice(ARRAY[1,2], -5, 1) ==> []
flatten(ARRAY[ARRAY[1], NULL, ARRAY[2]]) ==> [1, 2]
arrays_overlap(ARRAY[1,2], ARRAY[2]) ==> true
repeat('a', 0) ==> []
repeat(1, -1) ==> ERR INVALID_FUNCTION_ARGUMENT: count argument of repeat function must be greater than or equal to 0
reduce(ARRAY[1,2], CAST(0 AS bigint), (s, x) -> s + x, s -> s) ==> 3
reduce(ARRAY[1,2], 0.0, (s, x) -> s + x, s -> s * 2) ==> 6.0
transform(ARRAY[1,2], x -> x * 1.5) ==> [1.5, 3.0]
filter(ARRAY['a','bb'], x -> length(x) > 1) ==> [bb]
any_match(ARRAY[], x -> true) ==> false
all_match(ARRAY[1,NULL], x -> x > 0) ==> null
zip(ARRAY[1], ARRAY['a','b']) ==> [{1, a}, {null, b}]
zip_with(ARRAY[1,2], ARRAY[3], (x, y) -> coalesce(x, 0) + coalesce(y, 0)) ==> [4, 2]
map_filter(MAP(ARRAY['a','b'], ARRAY[1,2]), (k, v) -> v > 1) ==> {b=2}
map_concat(MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY['a','b'], ARRAY[2,3])) ==> {a=2, b=3}
map_agg(1, 2) ==> {1=2}
map_keys(MAP(ARRAY['x','y'], ARRAY[1,2])) ==> [x, y]
element_at(MAP(ARRAY['a'], ARRAY[1]), 'z') ==> null
contains_sequence(ARRAY[1,2,3], ARRAY[2,3]) ==> true
array_histogram(ARRAY[42,7,42,NULL]) ==> {42=2, 7=1}
multimap_from_entries(ARRAY[(1,'x'),(2,'y'),(1,'z')]) ==> {1=[x, z], 2=[y]}
map_zip_with(MAP(ARRAY['k1','k2'], ARRAY[1,2]), MAP(ARRAY['k2','k3'], ARRAY[4,9]), (k, v1, v2) -> (v1, v2)) ==> {k1={1, null}, k2={2, 4}, k3={null, 9}}
ARRAY[1] || 2 ==> [1, 2]
2 || ARRAY[1] ==> [2, 1]
ARRAY[1] || ARRAY[2.5] ==> [1.0, 2.5]
ARRAY[1, 2.5] ==> [1.0, 2.5]
ROW(1, 'a') ==> {1, a} :: row
CASE WHEN true THEN 1 ELSE 'a' END ==> ERR TYPE_MISMATCH
ARRAY[1, 'a'] ==> ERR TYPE_MISMATCH
MAP(ARRAY[3,1], ARRAY['a','b']) ==> {3=a, 1=b}
MAP(ARRAY[1.0,2.5], ARRAY[true,false]) ==> {1.0=true, 2.5=false}
ARRAY[ROW(1, MAP(ARRAY['k'], ARRAY[1.5]))] ==> [{1, {k=1.5}}]
CAST(json_parse('{"a":[1,"2",3.7,true,null]}') AS map(varchar, array(integer))) ==> {a=[1, 2, 4, 1, null]}
CAST(json_parse('[{"Name":"x","n":1},["y",2],null]') AS array(row(name varchar, n integer))) ==> [{name=x, n=1}, {name=y, n=2}, null]
CAST(json_parse('{"a":1}') AS array(integer)) ==> ERR INVALID_CAST_ARGUMENT
CAST(json_parse('[1.5, "x", true]') AS array(varchar)) ==> [1.5E0, x, true]
CAST(json_parse('[[1, 23], 456]') AS array(json)) ==> [[1,23], 456]
CAST(json_parse('{"k1": [1, 23], "k2": 456}') AS map(varchar, json)) ==> {k1=[1,23], k2=456}
CAST(json_parse('[null]') AS array(json)) ==> [null]
CAST(ARRAY[1.5, 2.5] AS array(integer)) ==> [2, 3]
CAST(ARRAY[1.5] AS array(varchar)) ==> [1.5E0]
CAST(MAP(ARRAY['1'], ARRAY['2']) AS map(integer, double)) ==> {1=2.0}
CAST(json_extract('{"x":128.9}', '$.x') AS varchar) ==> 1.289E2
json_extract_scalar('{"p":12.50,"q":"z: 1.50","e":1E5}', '$.p') ==> 12.50
json_extract_scalar('{"p":12.50,"q":"z: 1.50","e":1E5}', '$.q') ==> z: 1.50
json_extract_scalar('{"p":12.50,"q":"z: 1.50","e":1E5}', '$.e') ==> 1E5
json_extract_scalar('{"q":"{x"}', '$.q') ==> {x
json_extract_scalar('{"q":"[1]"}', '$.q') ==> [1]
json_extract_scalar('{"q":"1.50"}', '$.q') ==> 1.50
json_extract_scalar('{"q":"a\"1.50"}', '$.q') ==> a"1.50
CAST(json_extract_scalar('{"p":12.50}', '$.p') AS decimal(10,2)) ==> 12.50
CAST(json_extract_scalar('{"p":12.50}', '$.p') AS double) ==> 12.5
json_extract_scalar('{"a":1', '$.a') ==> null
json_value('{"a":[{"b":1}]}', 'lax $.a.b') ==> ERR NOT_SUPPORTED
json_value('{"a":{"b":"x"}}', 'lax $.a.b') ==> x
json_exists('{"a":[1]}', 'lax $.a[0]') ==> true
CAST(json_parse('"128.9"') AS bigint) ==> ERR INVALID_CAST_ARGUMENT
CAST(json_parse('128.9') AS bigint) ==> 129
CAST(json_parse('true') AS double) ==> 1.0
CAST(json_parse('128') AS boolean) ==> true
CAST(json_parse('123.456') AS decimal(10,5)) ==> 123.45600
CAST(DECIMAL '3.14' AS json) ==> 3.14
regexp_extract('abc', '(a)|(b)', 2) ==> null
regexp_extract_all('ab', '(a)|(b)', 2) ==> [null, b]
regexp_replace('wxyz', '(?<xyz>[xyz])', '${'$'}{xyz}${'$'}{xyz}') ==> wxxyyzz
regexp_replace('1234567890', '(1)(2)(3)(4)(5)(6)(7)(8)(9)', '$10') ==> 100
regexp_replace('xxx', 'x', '$1') ==> ERR INVALID_FUNCTION_ARGUMENT
regexp_replace('x', '.*', 'y') ==> ERR NOT_SUPPORTED
regexp_count('aaa', 'a') ==> 3
regexp_position('abcb', 'x', 2) ==> -1
url_extract_query('http://h.com/x?q=a%20b') ==> q=a b
log(10, 1000) ==> 2.9999999999999996
CAST(0.0 AS varchar) ==> 0E0
width_bucket(3, 10, 0, 5) ==> 4
bitwise_left_shift(BIGINT '-1', 63) ==> -9223372036854775808
bitwise_right_shift(-1, 1) ==> 2147483647 :: integer
truncate(DECIMAL '1234.56', -1) ==> 1230.00 :: decimal(6,2)
DECIMAL '1' / DECIMAL '0.001' ==> 1000.000 :: decimal(7,3)
DECIMAL '12345678901234567890.5' / DECIMAL '0.5' ==> 24691357802469135781.0 :: decimal(22,1)
to_days(5) ==> ERR FUNCTION_NOT_FOUND: Function 'to_days' not registered
format_datetime(TIMESTAMP '2020-01-05 12:00:00 America/New_York', 'K k ZZZ S') ==> 0 12 America/New_York 0
`;
