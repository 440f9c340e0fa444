import { cellsOf, CENSORED, WHOLE, type Panel } from './panel.js';

/** Share of selling days that did not run out, below which nothing says how much more was wanted than sold. */
const TELLING_SHARE = 0.1;

/**
 * Finds the series that ran out on nearly every day that they sold, and takes their sales for their demand: any mean
 * above explains them as well, and the largest best. Returns their places; their means are lower bounds.
 */
export function takeLowerBounds(panel: Panel): readonly number[] {
  const found: number[] = [];
  for (let i = 0; i < panel.store.length; i++) {
    const [from, to] = cellsOf(panel, i, Infinity);
    const kinds = panel.kind.subarray(from, to);
    let [whole, ranOut] = [0, 0];
    for (const kind of kinds) {
      if (kind === WHOLE) whole++;
      if (kind === CENSORED) ranOut++;
    }
    if (ranOut === 0 || whole >= TELLING_SHARE * (whole + ranOut)) continue;
    found.push(i);
    for (const [at, kind] of kinds.entries()) kinds[at] = kind === CENSORED ? WHOLE : kind;
  }
  return found;
}
