import fc from 'fast-check';
import { expect, test } from 'vitest';
import { civilFromDays, daysFromCivil, weekdayOf } from '../src/model/calendar.js';
import { exp, log, normalCumulative, normalQuantile, normalTable } from '../src/model/exact-math.js';
import { demandProbabilities, DemandTable, HEAD } from '../src/model/demand.js';
import { placeAt, placeCount } from '../src/model/places.js';
import { threefry2x32 } from '../src/model/threefry.js';
import { offsetMinutes } from '../src/model/time-zone.js';

/** Threefry2x32 of any number of rounds, in the words of its definition: slow, and not written like the fast one. */
function threefryOf(
  rounds: number,
  key: readonly [number, number],
  counter: readonly [number, number],
): number[] {
  const keys = [...key, (0x1bd11bda ^ key[0] ^ key[1]) >>> 0];
  const word = (n: number): number => keys[n % 3] ?? 0;
  const rotations = [13, 15, 26, 6, 17, 29, 16, 24];
  let [x, y] = [(counter[0] + word(0)) >>> 0, (counter[1] + word(1)) >>> 0];
  for (let round = 0; round < rounds; round++) {
    const by = rotations[round % 8] ?? 0;
    x = (x + y) >>> 0;
    y = (((y * 2 ** by) % 2 ** 32) + (y >>> (32 - by))) ^ x;
    y >>>= 0;
    if (round % 4 !== 3) continue;
    const turn = (round + 1) / 4;
    x = (x + word(turn)) >>> 0;
    y = (y + word(turn + 1) + turn) >>> 0;
  }
  return [x, y];
}

const ones = 0xffff_ffff;
// DEShawResearch/random123, tests/kat_vectors: threefry2x32 of 13 rounds and of 20.
test.each([
  [13, [0, 0], [0, 0], [0x9d1c5ec6, 0x8bd50731]],
  [13, [ones, ones], [ones, ones], [0xfd36d048, 0x2d17272c]],
  [13, [0x13198a2e, 0x03707344], [0x243f6a88, 0x85a308d3], [0xba3e4725, 0xf27d669e]],
  [20, [0, 0], [0, 0], [0x6b200159, 0x99ba4efe]],
] as const)('random words are a published known answer of %d rounds', (rounds, key, counter, answer) => {
  expect(threefryOf(rounds, key, counter)).toEqual(answer);
  if (rounds !== 13) return;
  const out = new Uint32Array(2);
  threefry2x32(out, key[0], key[1], counter[0], counter[1]);
  expect([...out]).toEqual(answer);
});

test('random words are those of the definition at every address', () => {
  const word = fc.integer({ min: 0, max: ones });
  fc.assert(
    fc.property(fc.tuple(word, word), fc.tuple(word, word), (key, counter) => {
      const out = new Uint32Array(2);
      threefry2x32(out, key[0], key[1], counter[0], counter[1]);
      expect([...out]).toEqual(threefryOf(13, key, counter));
    }),
  );
});

test('exp, log and the normal quantile agree with the platform to twelve digits', () => {
  fc.assert(
    fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (x) => {
      expect(exp(x) / Math.exp(x)).toBeCloseTo(1, 12);
      expect(log(Math.exp(x))).toBeCloseTo(x, 11);
    }),
  );
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (p) => {
      expect(normalCumulative(normalQuantile(p))).toBeCloseTo(p, 12);
    }),
  );
});

test('days and dates are those of Date', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_500_000 }), (days) => {
      const date = new Date(days * 86_400_000);
      const { year, month, day } = civilFromDays(days);
      expect([year, month, day]).toEqual([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
      expect(daysFromCivil(year, month, day)).toBe(days);
      expect(weekdayOf(days)).toBe((date.getUTCDay() + 6) % 7);
    }),
  );
});

test('clocks of every city are those of the IANA data base, each noon of 2024 to 2030', () => {
  const first = daysFromCivil(2024, 1, 1);
  for (let index = 0; index < placeCount; index++) {
    const { zone } = placeAt(index);
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone.name,
      hour: 'numeric',
      minute: 'numeric',
      hour12: false,
    });
    for (let day = first; day < first + 7 * 365; day += 5) {
      const noon = day * 86_400_000 + (720 - offsetMinutes(zone, day)) * 60_000;
      expect(`${zone.name} ${format.format(noon)}`).toBe(`${zone.name} 12:00`);
    }
  }
});

test('the table of normal quantiles is that of the function, to the bit', () => {
  const table = Float64Array.from({ length: 4096 }, (_, n) => normalQuantile((n + 0.5) / 4096));
  expect(normalTable()).toEqual(table);
});

test('a row of demand gives each outcome its probability', () => {
  const pmf = demandProbabilities(6.5, 0.8);
  const table = new DemandTable(Float64Array.of(6.5), Float64Array.of(0.8));
  const units = (word: number): number => {
    for (let n = 0; n < HEAD; n++) if (word < (table.heads[n] ?? 0)) return n;
    return table.tailUnits(0, word);
  };
  const counts = new Float64Array(256);
  const draws = 1_000_000;
  for (let n = 0; n < draws; n++) {
    const at = units(Math.floor(((n + 0.5) / draws) * 2 ** 32));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  for (let n = 0; n < 256; n++)
    expect(Math.abs((counts[n] ?? 0) / draws - (pmf[n] ?? 0))).toBeLessThan(2 / draws);
  expect(units(0xffff_ffff)).toBe(255);
});
