import type { ShelfState } from '@store/page-protocol';

/** How a shelf stands, in words. */
export const stateWords: Readonly<Record<ShelfState, string>> = {
  unknown: 'not sold here',
  plenty: 'plenty',
  enough: 'enough',
  coming: 'short, truck on the way',
  short: 'short, nothing ordered',
  empty: 'empty',
};
