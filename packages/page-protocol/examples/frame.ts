import { stockLevel, unknownLevel, type FrameMessage } from '@store/page-protocol';

// Two stores of three products: stock and reorder point, or nothing known yet.
const shelves = [[12, 20], [0, 20], [20, 20], [95, 20], undefined, [400, 20]] as const;
const levels = shelves.map((shelf) => (shelf === undefined ? unknownLevel : stockLevel(shelf[0], shelf[1])));

const frame: FrameMessage = {
  at: '2026-01-05T08:00:00.000Z',
  cells: Buffer.from(levels).toString('base64'),
};
console.log(levels.join(' '));
console.log(frame);
