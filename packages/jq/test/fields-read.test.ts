import { expect, test } from 'vitest';
import { fieldsRead } from '../src/index.js';

test.each([
  ['{datehour:(.event_time|if test("^2") then .[0:10]+"-"+.[11:13] else error("no") end)}', ['event_time']],
  ['{store_id,year:(.at|strftime("%Y"))}', ['store_id', 'at']],
  ['{a:.x.y, b:.["z"]}', ['x', 'z']],
  ['{a:"\\(.x)-\\(.y)"}', ['x', 'y']],
  ['{a:(.x//"none")}', ['x']],
  ['{(.k):.v}', ['k', 'v']],
])('%s reads nothing but %j', (program, fields) => {
  expect(fieldsRead(program)?.map(({ name }) => name)).toEqual(fields);
});

test.each(['.', '{a:length}', '{a:(.|keys)}', '. as $x|{a:$x.b}', '{a:.[]}', '{a:.[0]}', '{a:tostring}'])(
  'what %s reads is not known',
  (program) => {
    expect(fieldsRead(program)).toBeUndefined();
  },
);

test.each([
  ['{h:(.at|if test("^2") then .[0:10]+"-"+.[11:13] else error("no") end)}', { leading: 13, tests: ['^2'] }],
  ['{h:(.at[0:4]+"-"+.at[5:7])}', { leading: 7, tests: [] }],
  ['{h:(.at|.[:4]), d:(.at|.[2:10])}', { leading: 10, tests: [] }],
  ['{h:(.at|.[0:4]), d:.at}', undefined],
  ['{h:(.at|.[-4:])}', undefined],
  ['{h:(.at|.[4:])}', undefined],
  ['{h:(.at|ascii_downcase)}', undefined],
  ['{h:(.at|.[0:4]|ascii_downcase)}', { leading: 4, tests: [] }],
  ['{h:(.at|test("a";"i"))}', undefined],
])('of its field, %s looks at %j', (program, part) => {
  expect(fieldsRead(program)).toEqual([part === undefined ? { name: 'at' } : { name: 'at', part }]);
});
