import { levelOf, shelfState, unknownShelf, type ShelfState } from '@store/page-protocol';
import { colour } from '../plot.js';
import {
  labelPitch,
  labelSize,
  slantedLength,
  type Cell,
  type ShelfGroups,
  type ShelfLayout,
} from './layout.js';

/** Paints the cells of the map on one canvas; a cell is painted again only when its state has changed. */
export interface Painter {
  /** Takes all bytes. */
  show(cells: Uint8Array): void;
  /** Paints everything in this order of each category's products. */
  sort(order: readonly (readonly number[])[]): void;
  stop(): void;
}

/** From what needs a decision most to what needs none. */
export const states: readonly ShelfState[] = ['empty', 'short', 'coming', 'enough', 'plenty', 'unknown'];
const stateOf = Uint8Array.from({ length: 256 }, (_, byte) => states.indexOf(shelfState(byte)));

/** Where a shelf stands among others: the most urgent first. */
export const urgency = (byte: number): number =>
  byte === unknownShelf ? 9 : (stateOf[byte] ?? 0) + levelOf(byte) / 128;

/** Sorts each category's products by how short they are over all stores, or by name. */
export function orderProducts(
  { categories }: ShelfGroups,
  cells: Uint8Array,
  products: readonly { readonly name: string }[],
  by: 'short' | 'name',
): readonly (readonly number[])[] {
  const sums = new Float64Array(products.length);
  if (by === 'short')
    for (let cell = 0; cell < cells.length; cell++)
      sums[cell % products.length] =
        (sums[cell % products.length] ?? 0) + urgency(cells[cell] ?? unknownShelf);
  return categories.map(({ members }) =>
    [...members].sort((a, b) =>
      by === 'short'
        ? (sums[a] ?? 0) - (sums[b] ?? 0) || a - b
        : (products[a]?.name ?? '').localeCompare(products[b]?.name ?? ''),
    ),
  );
}

/** Creates a painter of a canvas whose size the layout gives. */
export function createPainter(
  canvas: HTMLCanvasElement,
  groups: ShelfGroups,
  layout: ShelfLayout,
  products: number,
): Painter {
  const { zoom, left, top, blockWidth, gap, lineHeights, cityTops } = layout;
  const ratio = devicePixelRatio;
  canvas.width = Math.round(layout.width * ratio);
  canvas.height = Math.round(layout.height * ratio);
  // Pixels are written by hand and put on the canvas once a frame: a call of the canvas for each of thousands of cells
  // took ten times as long.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const image = context?.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image?.data.buffer ?? new ArrayBuffer(0));
  const colours = context === null ? [] : pixelsOf(context, states);
  const columns = groups.categories.length;
  /** Bytes as they were painted. */
  let painted = new Uint8Array();
  let cells: Uint8Array = painted;
  /** In `shelves`: top of each store's line and left of each product's column, width by category. */
  const tops = storeTops(groups, layout);
  let lefts: Float64Array = new Float64Array(products);
  const widths = groups.categories.map(({ members }) => blockWidth / Math.max(1, members.length));
  /** In `blocks`: how many shelves of each state a block has. */
  const counts = new Int32Array(groups.cities.length * columns * states.length);
  let everything = true;
  let pending = 0;

  const schedule = (): void => {
    if (pending === 0) pending = requestAnimationFrame(paint);
  };

  function paint(): void {
    pending = 0;
    if (context === null || image === undefined) return;
    let isChanged = everything;
    if (everything) {
      pixels.fill(0);
      painted = cells.slice();
      if (zoom === 'blocks') {
        counts.fill(0);
        for (let cell = 0; cell < cells.length; cell++) count(cell, cells[cell] ?? unknownShelf, 1);
        for (let block = 0; block < groups.cities.length * columns; block++) paintBlock(block);
      } else for (let cell = 0; cell < cells.length; cell++) paintCell(cell);
    } else {
      const blocks = new Set<number>();
      for (let cell = 0; cell < cells.length; cell++) {
        const before = painted[cell] ?? unknownShelf;
        const byte = cells[cell] ?? unknownShelf;
        if (before === byte) continue;
        painted[cell] = byte;
        if (stateOf[before] === stateOf[byte]) continue;
        isChanged = true;
        if (zoom === 'shelves') paintCell(cell);
        else {
          count(cell, before, -1);
          blocks.add(count(cell, byte, 1));
        }
      }
      for (const block of blocks) paintBlock(block);
    }
    everything = false;
    if (isChanged) context.putImageData(image, 0, 0);
  }

  function count(cell: number, byte: number, by: number): number {
    const city = groups.cityOf[Math.floor(cell / products)] ?? 0;
    const block = city * columns + (groups.categoryOf[cell % products] ?? 0);
    const place = block * states.length + (stateOf[byte] ?? 0);
    counts[place] = (counts[place] ?? 0) + by;
    return block;
  }

  function paintCell(cell: number): void {
    const product = cell % products;
    const width = widths[groups.categoryOf[product] ?? 0] ?? 1;
    const x = lefts[product] ?? 0;
    const store = Math.floor(cell / products);
    const y = tops[store] ?? 0;
    fill(
      x,
      x + width,
      width * ratio > 3 ? 1 : 0,
      y,
      y + (lineHeights[groups.cityOf[store] ?? 0] ?? 0),
      stateOf[painted[cell] ?? unknownShelf] ?? 0,
    );
  }

  /** Fills whole pixels, and leaves free as many of them at the right, and one at the foot. */
  function fill(from: number, to: number, free: number, head: number, foot: number, state: number): void {
    const pixel = colours[state] ?? 0;
    const first = Math.round(from * ratio);
    const end = Math.max(first + 1, Math.round(to * ratio) - free);
    const last = Math.round(foot * ratio) - 1;
    for (let y = Math.round(head * ratio); y < last; y++)
      for (let place = y * canvas.width + first; place < y * canvas.width + end; place++)
        pixels[place] = pixel;
  }

  function paintBlock(block: number): void {
    const x = left + (block % columns) * (blockWidth + gap);
    const city = Math.floor(block / columns);
    const y = top + (cityTops[city] ?? 0);
    const foot = y + (lineHeights[city] ?? 0);
    const own = counts.subarray(block * states.length, (block + 1) * states.length);
    const all = own.reduce((sum, value) => sum + value, 0);
    fill(x, x + blockWidth, 0, y, foot, states.indexOf(all === 0 ? 'unknown' : 'plenty'));
    let at = x;
    for (const [index, value] of own.entries()) {
      if (states[index] === 'plenty' || states[index] === 'unknown' || value === 0) continue;
      const width = (blockWidth * value) / all;
      fill(at, at + width, 0, y, foot, index);
      at += width;
    }
  }

  return {
    show(next) {
      if (next.length !== painted.length) everything = true;
      cells = next;
      schedule();
    },
    sort(order) {
      lefts = productLefts(order, groups, layout, products);
      everything = true;
      schedule();
    },
    stop() {
      cancelAnimationFrame(pending);
    },
  };
}

/** The colours of the states, as pixels of an image. */
function pixelsOf(context: CanvasRenderingContext2D, names: readonly string[]): Uint32Array {
  for (const [index, name] of names.entries()) {
    context.fillStyle = colour(name);
    context.fillRect(index, 0, 1, 1);
  }
  const { data } = context.getImageData(0, 0, names.length, 1);
  return new Uint32Array(data.buffer);
}

/** Top of each store's line. */
export function storeTops(
  { cities }: ShelfGroups,
  { top, cityTops, lineHeights }: ShelfLayout,
): Float64Array {
  const tops = new Float64Array(cities.reduce((sum, { members }) => sum + members.length, 0));
  for (const [city, { members }] of cities.entries())
    for (const [line, store] of members.entries())
      tops[store] = top + (cityTops[city] ?? 0) + line * (lineHeights[city] ?? 0);
  return tops;
}

/** Left of each product's column. */
export function productLefts(
  order: readonly (readonly number[])[],
  { categories }: ShelfGroups,
  { left, blockWidth, gap }: ShelfLayout,
  products: number,
): Float64Array {
  const lefts = new Float64Array(products);
  for (const [category, members] of order.entries()) {
    const width = blockWidth / Math.max(1, categories[category]?.members.length ?? 1);
    for (const [column, product] of members.entries())
      lefts[product] = left + category * (blockWidth + gap) + column * width;
  }
  return lefts;
}

/** Paints names and the chosen shelf on the canvas above. */
export function paintLabels(
  canvas: HTMLCanvasElement,
  groups: ShelfGroups,
  layout: ShelfLayout,
  order: readonly (readonly number[])[],
  chosen: Cell | undefined,
): void {
  const { left, top, width, height, blockWidth, gap, lineHeights, cityTops, zoom, slanted } = layout;
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.scale(ratio, ratio);
  const [mute, ink] = [colour('mute'), colour('ink')];
  const size = labelSize(slanted);
  // A sum of many heights is not exact.
  const pitch = labelPitch(slanted) - 0.01;
  const font = (bold: boolean): string =>
    `${bold ? '600 ' : ''}${size}px system-ui, "DejaVu Sans", sans-serif`;
  context.font = font(false);
  context.fillStyle = mute;
  for (const [index, { name }] of groups.categories.entries()) {
    const x = left + index * (blockWidth + gap);
    context.save();
    if (slanted) {
      context.translate(x + blockWidth / 2 + 2, top - 6);
      context.rotate(-Math.PI / 3.2);
      context.fillText(fitting(context, name, slantedLength), 0, 0);
    } else context.fillText(fitting(context, name, blockWidth), x, 11);
    context.restore();
  }
  const chosenCity = chosen === undefined ? -1 : (groups.cityOf[chosen.store] ?? -1);
  const middleOf = (city: number): number => {
    const lines = zoom === 'shelves' ? (groups.cities[city]?.members.length ?? 0) : 1;
    return top + (cityTops[city] ?? 0) + (lines * (lineHeights[city] ?? 0)) / 2 + 4;
  };
  const chosenAt = chosenCity < 0 ? -Infinity : middleOf(chosenCity);
  let free = -Infinity;
  for (const [index, { name }] of groups.cities.entries()) {
    const y = middleOf(index);
    const bold = index === chosenCity;
    // Where rows are lower than a line of text, some names are left out; the chosen one's stands.
    if (!bold && Math.min(y - free, Math.abs(y - chosenAt)) < pitch) continue;
    free = y;
    context.font = font(bold);
    context.fillStyle = bold ? ink : mute;
    context.fillText(fitting(context, name, left - 6), 0, y);
  }
  if (chosen === undefined) return;
  const lineHeight = lineHeights[chosenCity] ?? 0;
  const category = groups.categoryOf[chosen.product] ?? 0;
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  if (zoom === 'blocks') {
    const x = left + category * (blockWidth + gap);
    context.strokeRect(x - 1, top + (cityTops[chosenCity] ?? 0) - 1, blockWidth + 2, lineHeight + 1);
    return;
  }
  const x = productLefts(order, groups, layout, groups.categoryOf.length)[chosen.product] ?? 0;
  const y = storeTops(groups, layout)[chosen.store] ?? 0;
  const cell = blockWidth / Math.max(1, groups.categories[category]?.members.length ?? 1);
  context.strokeRect(x - 2, y - 2, cell + 3.5, lineHeight + 3.5);
}

function fitting(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let short = text;
  while (short.length > 1 && context.measureText(`${short}…`).width > width) short = short.slice(0, -1);
  return `${short}…`;
}
