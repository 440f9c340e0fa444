import { packChanges, shelfByte, shelfState, unknownShelf, type FrameMessage } from '@store/page-protocol';

// Two stores of three products: stock, reorder point and what is ordered; one store does not sell the third.
const shelves = [[12, 20, 0], [0, 20, 36], [20, 20, 0], [12, 20, 36], [95, 20, 0], undefined] as const;
const bytes = shelves.map((shelf) =>
  shelf === undefined ? unknownShelf : shelfByte(shelf[0], shelf[1], shelf[2]),
);

const frame: FrameMessage = {
  at: '2026-01-05T08:00:00.000Z',
  cells: Buffer.from(bytes).toString('base64'),
};
console.log(bytes.map(shelfState).join(', '));
console.log(frame);
console.log(packChanges([[1, shelfByte(36, 20, 0)]]));
