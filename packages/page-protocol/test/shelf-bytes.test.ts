import { describe, expect, test } from 'vitest';
import {
  applyChanges,
  fullLevel,
  levelOf,
  orderedBit,
  packChanges,
  shelfByte,
  shelfState,
  thresholdLevel,
  unknownShelf,
} from '@store/page-protocol';

describe('the byte of a shelf', () => {
  test.each([
    [0, 20, 0, 'empty'],
    [0, 20, 36, 'empty'],
    [4, 20, 0, 'short'],
    [4, 20, 36, 'coming'],
    [20, 20, 0, 'enough'],
    [31, 20, 36, 'enough'],
    [32, 20, 0, 'plenty'],
    [5, 0, 0, 'plenty'],
  ] as const)('%i of %i with %i on order is %s', (stock, threshold, onOrder, state) => {
    expect(shelfState(shelfByte(stock, threshold, onOrder))).toBe(state);
  });

  test('is below the level of the reorder point exactly where the stock is below it', () => {
    for (let threshold = 1; threshold < 700; threshold += 13) {
      expect(levelOf(shelfByte(threshold, threshold, 0))).toBe(thresholdLevel);
      expect(levelOf(shelfByte(threshold, threshold, 3))).toBe(thresholdLevel);
      expect(levelOf(shelfByte(threshold - 1, threshold, 0))).toBeLessThan(thresholdLevel);
      expect(levelOf(shelfByte(1, threshold, 0))).toBeGreaterThan(0);
    }
  });

  test('grows with the stock, up to four times the reorder point, and is never the one of an unknown shelf', () => {
    let last = -1;
    for (let stock = 0; stock <= 500; stock++) {
      const level = levelOf(shelfByte(stock, 100, 0));
      expect(level).toBeGreaterThanOrEqual(last);
      expect(shelfByte(stock, 100, 7)).toBe(level | orderedBit);
      expect(shelfByte(stock, 100, 7)).not.toBe(unknownShelf);
      last = level;
    }
    expect(last).toBe(fullLevel);
  });
});

test('changes arrive as they were packed', () => {
  const cells = new Uint8Array(20_000).fill(unknownShelf);
  applyChanges(cells, packChanges([[19_999, 0], [7, 254], [0, 33]])); // prettier-ignore
  expect([cells[19_999], cells[7], cells[0], cells[1]]).toEqual([0, 254, 33, unknownShelf]);
});
