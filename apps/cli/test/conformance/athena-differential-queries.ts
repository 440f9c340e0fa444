/**
 * Queries: order, grouping, windows, joins, subqueries and aggregates: own statements, and Trino's answers as its documentation, its source and its tests give them. A line
 * is `statement ==> value :: type`, or `statement ==> ERR reason`.
 */
export const differentialQueries: string = String.raw`
SELECT x FROM (VALUES 2, NULL, 1) AS t(x) ORDER BY x ==> [["1"],["2"],[null]]
SELECT x FROM (VALUES 2, NULL, 1) AS t(x) ORDER BY x DESC ==> [["2"],["1"],[null]]
SELECT x FROM (VALUES 2, NULL, 1) AS t(x) ORDER BY x NULLS FIRST ==> [[null],["1"],["2"]]
SELECT x FROM (VALUES 'b', 'B', 'a') AS t(x) ORDER BY 1 ==> [["B"],["a"],["b"]]
SELECT x, count(*) FROM (VALUES 1, 1, 2) AS t(x) GROUP BY 1 ORDER BY 2 DESC ==> [["1","2"],["2","1"]]
SELECT x + 1 AS y, count(*) FROM (VALUES 1, 1, 2) AS t(x) GROUP BY 1 ORDER BY y ==> [["2","2"],["3","1"]]
SELECT DISTINCT x FROM (VALUES 3, 1, 3) AS t(x) ORDER BY x ==> [["1"],["3"]]
SELECT x FROM (VALUES 3, 1, 2) AS t(x) ORDER BY x LIMIT ALL ==> [["1"],["2"],["3"]]
SELECT x FROM (VALUES 3, 1, 2) AS t(x) ORDER BY x OFFSET 1 LIMIT 1 ==> 2
SELECT x FROM (VALUES 3, 1, 2) AS t(x) ORDER BY x OFFSET 1 ROW FETCH FIRST 1 ROWS ONLY ==> 2
SELECT x FROM (VALUES 3, 1, 2) AS t(x) ORDER BY x LIMIT 0 ==> []
SELECT * FROM UNNEST(ARRAY['a','b']) WITH ORDINALITY AS t(x, n) ==> [["a","1"],["b","2"]]
SELECT * FROM UNNEST(ARRAY[1,2], ARRAY['x']) AS t(a, b) ==> [["1","x"],["2",null]]
SELECT * FROM UNNEST(MAP(ARRAY['a','b'], ARRAY[1,2])) AS t(k, v) ==> [["a","1"],["b","2"]]
SELECT k, n FROM (VALUES ('x', ARRAY[1,2]), ('y', ARRAY[])) AS t(k, a) CROSS JOIN UNNEST(a) AS u(n) ORDER BY n ==> [["x","1"],["x","2"]]
SELECT k, n FROM (VALUES ('x', ARRAY[1,2]), ('y', CAST(ARRAY[] AS array(integer)))) AS t(k, a) LEFT JOIN UNNEST(a) AS u(n) ON TRUE ORDER BY k, n ==> [["x","1"],["x","2"],["y",null]]
SELECT a, b FROM UNNEST(ARRAY[(1,'x'),(2,'y')]) AS t(a, b) ==> [["1","x"],["2","y"]]
SELECT sum(x) OVER (ORDER BY x) FROM (VALUES 1, 1, 2) AS t(x) ORDER BY 1 ==> [["2"],["2"],["4"]]
SELECT sum(x) OVER (ORDER BY x ROWS UNBOUNDED PRECEDING) FROM (VALUES 1, 1, 2) AS t(x) ORDER BY 1 ==> [["1"],["2"],["4"]]
SELECT last_value(x) OVER (ORDER BY x) FROM (VALUES 1, 2, 3) AS t(x) ORDER BY 1 ==> [["1"],["2"],["3"]]
SELECT last_value(x) OVER (ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM (VALUES 1, 2) AS t(x) ==> [["2"],["2"]]
SELECT x, rank() OVER (ORDER BY x DESC), row_number() OVER (ORDER BY x DESC), dense_rank() OVER (ORDER BY x DESC) FROM (VALUES 5, NULL) AS t(x) ORDER BY 2 ==> [["5","1","1","1"],[null,"2","2","2"]]
SELECT lag(x) OVER (ORDER BY x), lead(x, 1, -1) OVER (ORDER BY x) FROM (VALUES 1, 2) AS t(x) ORDER BY 2 DESC ==> [[null,"2"],["1","-1"]]
SELECT nth_value(x, 2) OVER (ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM (VALUES 1, 2) AS t(x) ==> [["2"],["2"]]
SELECT ntile(4) OVER (ORDER BY x) FROM UNNEST(sequence(1, 6)) AS t(x) ORDER BY 1 ==> [["1"],["1"],["2"],["2"],["3"],["4"]]
SELECT percent_rank() OVER (ORDER BY x), cume_dist() OVER (ORDER BY x) FROM (VALUES 1, 2, 3) AS t(x) ORDER BY 1 ==> [["0.0","0.3333333333333333"],["0.5","0.6666666666666666"],["1.0","1.0"]]
SELECT avg(x) OVER (PARTITION BY x % 2) FROM (VALUES 1, 3, 2) AS t(x) ORDER BY 1 ==> [["2.0"],["2.0"],["2.0"]]
SELECT sum(d) OVER (ORDER BY d RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW) FROM (VALUES 1) AS t(d) ==> ERR
SELECT count(*) OVER (ORDER BY d RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW) FROM (VALUES DATE '2020-01-01', DATE '2020-01-02', DATE '2020-01-05') AS t(d) ORDER BY 1 ==> [["1"],["1"],["2"]]
SELECT max_by(x, y), min_by(x, y) FROM (VALUES ('a', 1), ('b', NULL), ('c', 3)) AS t(x, y) ==> [["c","a"]]
SELECT max_by(x, y) FROM (VALUES ('a', 1), (NULL, 3)) AS t(x, y) ==> null
SELECT array_agg(x) FROM (VALUES 1, NULL) AS t(x) ==> [1, null]
SELECT array_agg(x ORDER BY x DESC) FROM (VALUES 1, NULL, 2) AS t(x) ==> [2, 1, null]
SELECT array_agg(DISTINCT x ORDER BY x) FROM (VALUES 2, 1, 2) AS t(x) ==> [1, 2]
SELECT map_agg(k, v) FROM (VALUES ('a', 1), ('b', NULL), (NULL, 3)) AS t(k, v) ==> {a=1, b=null}
SELECT histogram(x) FROM (VALUES 'a', 'a', NULL) AS t(x) ==> {a=2}
SELECT multimap_agg(k, v) FROM (VALUES ('a', 1), ('a', 2)) AS t(k, v) ==> {a=[1, 2]}
SELECT count_if(x > 1), bool_and(x > 1), bool_or(x > 1), every(x > 0) FROM (VALUES 1, 2, NULL) AS t(x) ==> [["1","false","true","true"]]
SELECT stddev(x) FROM (VALUES 1) AS t(x) ==> null
SELECT corr(y, x), covar_pop(y, x), covar_samp(y, x), regr_slope(y, x), regr_intercept(y, x) FROM (VALUES (1, 2), (2, 4), (3, 6)) AS t(x, y) ==> [["1.0","1.3333333333333333","2.0","2.0","0.0"]]
SELECT bitwise_and_agg(x), bitwise_or_agg(x) FROM (VALUES 6, 3) AS t(x) ==> [["2","7"]]
SELECT max(x, 2), min(x, 2) FROM (VALUES 1, 3, 2) AS t(x) ==> [["[3, 2]","[1, 2]"]]
SELECT listagg(x, ',') WITHIN GROUP (ORDER BY x) FROM (VALUES 'b', NULL, 'a') AS t(x) ==> a,b
SELECT geometric_mean(x) FROM (VALUES 2, 8) AS t(x) ==> 4.0
SELECT checksum(x) FROM (VALUES 1) AS t(x) ==> ERR NOT_SUPPORTED
SELECT a, b, sum(c) FROM (VALUES (1, 'x', 10), (1, 'y', 20)) AS t(a, b, c) GROUP BY GROUPING SETS ((a), (b)) ORDER BY a, b ==> [["1",null,"30"],[null,"x","10"],[null,"y","20"]]
SELECT a, b, count(*), grouping(a, b) FROM (VALUES (1, 'x')) AS t(a, b) GROUP BY ROLLUP (a, b) ORDER BY 4 ==> [["1","x","1","0"],["1",null,"1","1"],[null,null,"1","3"]]
SELECT a, count(*) FROM (VALUES 1, 2) AS t(a) GROUP BY CUBE (a) ORDER BY a ==> [["1","1"],["2","1"],[null,"2"]]
SELECT x FROM (VALUES 1, 2) AS t(x) UNION SELECT 2 ORDER BY 1 ==> [["1"],["2"]]
SELECT 1 UNION ALL SELECT 2.5 ==> [["1.0"],["2.5"]]
SELECT 1 UNION SELECT 'a' ==> ERR TYPE_MISMATCH
SELECT x FROM (VALUES 1, 2, 2) AS t(x) EXCEPT SELECT 1 ==> 2
SELECT x FROM (VALUES 1, 2, 2) AS t(x) INTERSECT SELECT 2 ==> 2
WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT * FROM b ==> 2
SELECT t.x, (SELECT count(*) FROM (VALUES 1, 2, 3) AS u(y) WHERE u.y <= t.x) FROM (VALUES 1, 3) AS t(x) ORDER BY 1 ==> [["1","1"],["3","3"]]
SELECT t.x FROM (VALUES 1, 3) AS t(x) WHERE EXISTS (SELECT 1 FROM (VALUES 3) AS u(y) WHERE u.y = t.x) ==> 3
SELECT t.x FROM (VALUES 1, 3) AS t(x) WHERE t.x IN (SELECT y FROM (VALUES 3, NULL) AS u(y)) ==> 3
SELECT t.x FROM (VALUES 1, 3) AS t(x) WHERE t.x NOT IN (SELECT y FROM (VALUES 3, NULL) AS u(y)) ==> []
SELECT t.x, (SELECT max(u.y / 2) FROM (VALUES 5, 7) AS u(y) WHERE u.y > t.x) FROM (VALUES 6) AS t(x) ==> [["6","3"]]
SELECT t.x, (SELECT sum(u.y + t.x) FROM (VALUES 5, 7) AS u(y)) FROM (VALUES 6) AS t(x) ==> [["6","24"]]
SELECT t.x, (SELECT max(u.y) FROM (VALUES 5, 7) AS u(y) WHERE u.y / t.x = 1) FROM (VALUES 6) AS t(x) ==> [["6","7"]]
SELECT t.d, (SELECT count(*) FROM (VALUES DATE '2020-01-01') AS u(e) WHERE date_diff('day', u.e, t.d) = 1) FROM (VALUES DATE '2020-01-02') AS t(d) ==> [["2020-01-02","1"]]
SELECT t.s, (SELECT count(*) FROM (VALUES 'a') AS u(e) WHERE u.e || t.s = 'ab') FROM (VALUES 'b') AS t(s) ==> [["b","1"]]
SELECT (SELECT x FROM (VALUES 1, 2) AS t(x)) ==> ERR SUBQUERY_MULTIPLE_ROWS: Scalar sub-query has returned multiple rows
SELECT * FROM (VALUES 1) AS a(x) LEFT JOIN (VALUES 2) AS b(y) ON a.x = b.y ==> [["1",null]]
SELECT * FROM (VALUES 1, 2) AS a(x) FULL JOIN (VALUES 2, 3) AS b(x) USING (x) ORDER BY 1 ==> [["1"],["2"],["3"]]
SELECT a.x, b.y FROM (VALUES (1, 'p')) AS a(x, z) JOIN (VALUES (1, 'q')) AS b(x, y) ON a.x = b.x ==> [["1","q"]]
SELECT x, count(*) FROM (VALUES 1) AS t(x) ==> ERR EXPRESSION_NOT_AGGREGATE
SELECT "X" FROM (VALUES 1) AS t(x) ==> 1
SELECT X FROM (VALUES 1) AS t("x") ==> 1
SELECT t.* FROM (VALUES (1, 2)) AS t(a, b) ==> [["1","2"]]
SELECT count(*) FROM (VALUES (1, 'a'), (2, 'b')) AS t(a, b) WHERE (a, b) IN ((1, 'a')) ==> 1
SELECT r.x FROM (SELECT CAST(ROW(1, 'a') AS row(x integer, y varchar)) AS r) AS t ==> 1
SELECT approx_percentile(x, 0.5) FROM (VALUES 1, 2, 3, 4) AS t(x) ==> 2
SELECT sum(x) FILTER (WHERE x > 1) FROM (VALUES 1, 2) AS t(x) ==> 2
SELECT sum(DISTINCT x) FROM (VALUES 2, 2, 3) AS t(x) ==> 5
SELECT avg(DISTINCT x) FROM (VALUES 2, 2, 3) AS t(x) ==> 2.5
SELECT min(x), max(x) FROM (VALUES DATE '2020-01-01', DATE '2020-02-01') AS t(x) ==> [["2020-01-01","2020-02-01"]]
SELECT max(x) FROM (VALUES TIMESTAMP '2020-01-01 00:00:00 UTC', TIMESTAMP '2020-01-01 00:30:00 Asia/Tokyo') AS t(x) ==> 2020-01-01 00:00:00.000 UTC
SELECT x FROM (VALUES TIMESTAMP '2020-01-01 00:00:00 UTC', TIMESTAMP '2020-01-01 00:30:00 Asia/Tokyo') AS t(x) ORDER BY x ==> [["2020-01-01 00:30:00.000 Asia/Tokyo"],["2020-01-01 00:00:00.000 UTC"]]
SELECT x FROM (VALUES 1.5, NULL, 2) AS t(x) WHERE x IS NOT NULL ORDER BY x ==> [["1.5"],["2.0"]]
SELECT CASE WHEN x THEN 'a' ELSE 'b' END FROM (VALUES NULL) AS t(x) ==> b
SELECT x FROM (VALUES 1, 2) AS t(x) WHERE x > (SELECT avg(y) FROM (VALUES 1, 2) AS u(y)) ==> 2
SELECT a.k FROM (VALUES (1, ARRAY['p','q'])) AS a(k, v) WHERE contains(v, 'q') ==> 1
SELECT x, sum(x) OVER w FROM (VALUES 1, 2) AS t(x) WINDOW w AS (ORDER BY x) ORDER BY 1 ==> [["1","1"],["2","3"]]
SELECT count(*), sum(x) FROM (SELECT 1 AS x WHERE false) ==> [["0",null]]
SELECT 1 AS "a b", 2 "c" ==> [["1","2"]]
SELECT DISTINCT ON (x) x FROM (VALUES 1) AS t(x) ==> ERR
SELECT * EXCLUDE (x) FROM (VALUES (1, 2)) AS t(x, y) ==> ERR
SELECT x FROM (VALUES 3, 1) AS t(x) ORDER BY nosuch ==> ERR COLUMN_NOT_FOUND
SELECT x AS y FROM (VALUES 3, 1) AS t(x) ORDER BY y ==> [["1"],["3"]]
SELECT x AS y FROM (VALUES 3, 1) AS t(x) ORDER BY -y ==> [["3"],["1"]]
SELECT date_trunc('month', d) AS m, count(*) FROM (VALUES DATE '2020-01-05', DATE '2020-01-06') AS t(d) GROUP BY date_trunc('month', d) ==> [["2020-01-01","2"]]
SELECT IF(x > 1, 'big') FROM (VALUES 1, 2) AS t(x) ORDER BY 1 ==> [["big"],[null]]
SELECT count(*) FROM (VALUES 1, 2, 3) AS t(x) HAVING count(*) > 5 ==> []
SELECT x FROM (VALUES 5e0, nan(), 1e0) AS t(x) ORDER BY x DESC ==> [["NaN"],["5.0"],["1.0"]]
SELECT max(x) FROM (VALUES 5e0, nan()) AS t(x) ==> NaN
SELECT row_number() OVER () FROM (VALUES 1) AS t(x) ==> 1
SELECT array_agg(x) FILTER (WHERE x > 9) FROM (VALUES 1) AS t(x) ==> null
SELECT any_value(x), arbitrary(x) FROM (VALUES NULL, 1) AS t(x) ==> [["1","1"]]
SELECT x FROM (VALUES 'a', 'b') AS t(x) WHERE x LIKE '%a%' OR x = 'z' ==> a
SELECT CASE WHEN x > 0 THEN x ELSE 'a' END FROM (VALUES 1) AS t(x) ==> ERR TYPE_MISMATCH
SELECT COALESCE(x, 'none') FROM (VALUES 1) AS t(x) ==> ERR TYPE_MISMATCH
SELECT COALESCE(x, 'none') FROM (VALUES 'b') AS t(x) ==> b
SELECT IF(x > 0, x, 0) FROM (VALUES 1) AS t(x) ==> 1
SELECT * FROM (VALUES 1, 'a') AS t(x) ==> ERR TYPE_MISMATCH
SELECT a || 2 FROM (VALUES (ARRAY[1])) AS t(a) ==> [1, 2]
SELECT a || 2 FROM (VALUES 'x') AS t(a) ==> ERR TYPE_MISMATCH
SELECT 0 || a FROM (VALUES (ARRAY[1])) AS t(a) ==> [0, 1]
SELECT COALESCE(d, TIMESTAMP '2020-01-01 00:00:00') FROM (VALUES DATE '2020-01-02') AS t(d) ==> 2020-01-02 00:00:00
SELECT avg(x) FROM (VALUES DECIMAL '1.10', NULL, DECIMAL '1.20') AS t(x) ==> 1.15 :: decimal(3,2)
SELECT sum(x) OVER (ORDER BY x) FROM (VALUES DECIMAL '1.10', DECIMAL '1.20') AS t(x) ORDER BY 1 ==> [["1.10"],["2.30"]]
SELECT x / 0 FROM (VALUES CAST(NULL AS integer)) AS t(x) ==> null
SELECT * FROM (VALUES 1) AS both (limit) ==> 1
WITH both AS (SELECT 1 AS leading) SELECT leading FROM both ==> 1
SELECT limit, offset, window, user, to, only FROM (VALUES (1, 2, 3, 4, 5, 6)) AS t (limit, offset, window, user, to, only) WHERE limit > 0 ORDER BY offset LIMIT 1 ==> [["1","2","3","4","5","6"]]
SELECT trim(BOTH 'x' FROM both), trim(LEADING 'x' FROM 'xa') FROM (VALUES 'xbx') AS t (both) ==> [["b","a"]]
SELECT x FROM (TABLE nodb.t) AS u (x) ==> ERR nodb
WITH t AS (SELECT 1 AS x) TABLE t ==> 1
SELECT *, count(*) FROM (VALUES 1) AS t(x) ==> ERR EXPRESSION_NOT_AGGREGATE: 'x' must be an aggregate expression
SELECT *, sum(x) FROM (VALUES 1) AS t(x) ==> ERR EXPRESSION_NOT_AGGREGATE: 'x' must be an aggregate expression
SELECT *, row_number() OVER (ORDER BY x) FROM (VALUES 1) AS t(x) JOIN (VALUES 1) AS u(x2) ON x = x2 ==> [["1","1","1"]]
SELECT t.x FROM (VALUES '1') AS t(x) WHERE EXISTS (SELECT 1 FROM (VALUES 1) AS u(y) WHERE y = CAST(t.x AS integer)) ==> ERR NOT_SUPPORTED: cast of a column that none of the query's own tables has
CAST('+-9' AS double) ==> ERR INVALID_CAST_ARGUMENT
json_object('a' : 1) ==> {"a":1}
json_object(KEY 'key1' VALUE 'x"y', 'key2' VALUE true, 'key3' : NULL) ==> {"key1":"x\"y","key2":true,"key3":null}
json_object('b' : 1, 'a' : 2) ==> {"a":2,"b":1}
json_object('x' : 1, 'x' : 2) ==> ERR cannot construct a JSON object with duplicate key
json_object() ==> {}
json_array(1, 'a', NULL, false) ==> [1,"a",false]
json_array() ==> []
json_array(1.5) ==> ERR NOT_SUPPORTED
json_array(1, NULL NULL ON NULL) ==> ERR NOT_SUPPORTED
json_extract_scalar(json_object('a' : json_array(x)), '$.a') ==> ERR of a column that none of the query's own tables has
SELECT json_object('n' : x, 't' : s) FROM (VALUES (1, 'a'), (NULL, 'b')) AS t (x, s) ORDER BY s ==> [["{\"t\":\"a\",\"n\":1}"],["{\"t\":\"b\",\"n\":null}"]]
SELECT 1 WHERE 1 ==> ERR TYPE_MISMATCH: WHERE clause must evaluate to a boolean: actual type integer
SELECT 1 WHERE 'true' ==> ERR TYPE_MISMATCH
SELECT 1 WHERE NULL ==> []
SELECT 1 WHERE NOT 1 ==> ERR TYPE_MISMATCH: Value of logical NOT expression
SELECT 1 WHERE true AND 1 ==> ERR TYPE_MISMATCH: Logical expression term
SELECT x FROM (VALUES 1, 2) AS t(x) WHERE x ==> ERR TYPE_MISMATCH
SELECT x FROM (VALUES (1, true), (2, false)) AS t(x, y) WHERE y ==> 1
SELECT x FROM (VALUES (1, true), (2, false)) AS t(x, y) WHERE NOT y OR x = 7 ==> 2
SELECT x FROM (VALUES (1, true), (2, NULL)) AS t(x, y) WHERE EXISTS (SELECT 1 WHERE y) ==> 1
SELECT CASE WHEN 1 THEN 2 END ==> ERR TYPE_MISMATCH: CASE WHEN clause
SELECT if('true', 1, 2) ==> ERR TYPE_MISMATCH
SELECT if(y, x, 0) FROM (VALUES (1, true), (2, false)) AS t(x, y) ORDER BY 1 ==> [["0"],["1"]]
SELECT count(*) FILTER (WHERE x) FROM (VALUES 1, 2) AS t(x) ==> ERR TYPE_MISMATCH
SELECT count(*) FILTER (WHERE y) FROM (VALUES true, false, NULL) AS t(y) ==> 1
SELECT max(x) FROM (VALUES 1, 2) AS t(x) HAVING 1 ==> ERR TYPE_MISMATCH: HAVING clause
SELECT 1 FROM (VALUES 1) AS a(x) JOIN (VALUES 1) AS b(y) ON 1 ==> ERR TYPE_MISMATCH: JOIN ON clause
SELECT x FROM (VALUES 1, 2) AS t(x) LIMIT 1 OFFSET 1 ==> ERR mismatched input 'OFFSET'. Expecting: <EOF>
SELECT 1 AS select ==> ERR mismatched input 'select'
SELECT 1 AS "select" ==> 1
SELECT [1, 2] ==> ERR mismatched input '['
SELECT transform(ARRAY[1], x -> [x]) ==> ERR mismatched input '['
SELECT ARRAY[1, 2][2], (ARRAY[3])[1], MAP(ARRAY['a'], ARRAY[7])['a'] ==> [["2","3","7"]]
SELECT INTERVAL '1' WEEK ==> ERR mismatched input 'week'
SELECT INTERVAL '1' QUARTER ==> ERR mismatched input 'quarter'
SELECT U&'caf\00e9 \+01F600 \\ it''s' ==> café 😀 \ it's
SELECT U&'\00' ==> ERR Incomplete escape sequence
`;
