import { expect, test } from 'vitest';
import { sqlPlace } from '../../src/up/sql-place.js';

test('the place is read out of the drawing, and the drawing is left out', () => {
  const said =
    'Binder Error: Referenced column "x" not found!\nCandidates: "y"\n\nLINE 2:   x from t\n          ^';
  expect(sqlPlace(said)).toEqual({
    message: 'Binder Error: Referenced column "x" not found!\nCandidates: "y"',
    line: 2,
    column: 3,
  });
});

test('of a line that was cut, the column is open', () => {
  expect(sqlPlace('Error: no\n\nLINE 1: select aaa...\n               ^')).toEqual({
    message: 'Error: no',
    line: 1,
  });
  expect(sqlPlace('Error: no\n\nLINE 1: ...aaa from t\n               ^')).toEqual({
    message: 'Error: no',
    line: 1,
  });
});

test('what says no place has none', () => {
  expect(sqlPlace('The endpoint is down.')).toEqual({ message: 'The endpoint is down.' });
});
