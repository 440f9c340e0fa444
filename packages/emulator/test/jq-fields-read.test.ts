import { expect, test } from 'vitest';
import { fieldsRead } from '../src/jq/index.js';

test.each([
  ['{datehour:(.event_time|if test("^2") then .[0:10]+"-"+.[11:13] else error("no") end)}', ['event_time']],
  ['{store_id,year:(.at|strftime("%Y"))}', ['store_id', 'at']],
  ['{a:.x.y, b:.["z"]}', ['x', 'z']],
  ['{a:"\\(.x)-\\(.y)"}', ['x', 'y']],
  ['{a:(.x//"none")}', ['x']],
  ['{(.k):.v}', ['k', 'v']],
])('%s reads nothing but %j', (program, fields) => {
  expect(fieldsRead(program)).toEqual(fields);
});

test.each(['.', '{a:length}', '{a:(.|keys)}', '. as $x|{a:$x.b}', '{a:.[]}', '{a:.[0]}', '{a:tostring}'])(
  'what %s reads is not known',
  (program) => {
    expect(fieldsRead(program)).toBeUndefined();
  },
);
