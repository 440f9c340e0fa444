import { unknownLevel, thresholdLevel } from '@store/page-protocol';

/** A cell of the heat map: which store, which product. */
export interface Cell {
  readonly store: number;
  readonly product: number;
}

/** Paints frames on a canvas, at most one for each that the screen shows. */
export interface Painter {
  /** Takes a new frame; the newest one is painted at the next animation frame. */
  show(cells: Uint8Array): void;
  /** Draws a border around a cell. */
  mark(cell: Cell): void;
  /** The newest level of a cell. */
  level(cell: Cell): number;
  stop(): void;
}

/**
 * A painter for `columns` by `rows` cells. Each cell is one pixel of a small picture, which the browser
 * scales up without smoothing: 20,000 cells cost one pass over 20,000 bytes and one copy.
 */
export function createPainter(
  canvas: HTMLCanvasElement,
  columns: number,
  rows: number,
  theme: 'light' | 'dark',
): Painter {
  const context = canvas.getContext('2d', { alpha: false });
  const small = new OffscreenCanvas(columns, rows);
  const smallContext = small.getContext('2d', { alpha: false });
  if (context === null || smallContext === null) throw new Error('This browser has no canvas.');
  const image = smallContext.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const colours = palette(theme);
  const marker = theme === 'light' ? '#111' : '#fff';
  let cells: Uint8Array = new Uint8Array(columns * rows).fill(unknownLevel);
  let marked: Cell = { store: 0, product: 0 };
  let pending = 0;

  const observer = new ResizeObserver(schedule);
  observer.observe(canvas);
  schedule();

  function schedule(): void {
    if (pending === 0) pending = requestAnimationFrame(paint);
  }

  function paint(): void {
    pending = 0;
    if (context === null || smallContext === null) return;
    const width = Math.round(canvas.clientWidth * devicePixelRatio);
    const height = Math.round(canvas.clientHeight * devicePixelRatio);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    for (let index = 0; index < pixels.length; index++)
      pixels[index] = colours[cells[index] ?? unknownLevel] ?? 0;
    smallContext.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, canvas.width, canvas.height);
    const cellWidth = canvas.width / columns;
    const cellHeight = canvas.height / rows;
    context.strokeStyle = marker;
    context.lineWidth = 2 * devicePixelRatio;
    context.strokeRect(
      marked.product * cellWidth - context.lineWidth / 2,
      marked.store * cellHeight - context.lineWidth / 2,
      cellWidth + context.lineWidth,
      cellHeight + context.lineWidth,
    );
  }

  return {
    show(frame) {
      if (frame.length !== cells.length) return;
      cells = frame;
      schedule();
    },
    mark(cell) {
      marked = cell;
      schedule();
    },
    level: ({ store, product }) => cells[store * columns + product] ?? unknownLevel,
    stop() {
      observer.disconnect();
      cancelAnimationFrame(pending);
    },
  };
}

type Rgb = readonly [red: number, green: number, blue: number];

/** Colours by theme: nothing known, out of stock, just above nothing, at the reorder point, plenty. */
const themes: Record<
  'light' | 'dark',
  readonly [unknown: Rgb, out: Rgb, low: Rgb, threshold: Rgb, plenty: Rgb]
> = {
  // Orange against blue keeps its meaning for every common kind of colour blindness.
  light: [
    [236, 238, 241],
    [122, 20, 60],
    [205, 74, 20],
    [250, 222, 170],
    [33, 99, 168],
  ],
  dark: [
    [36, 40, 46],
    [255, 84, 140],
    [255, 128, 48],
    [92, 78, 54],
    [78, 160, 240],
  ],
};

/** The colour of each of the 256 levels, as a pixel of a canvas (little-endian RGBA). */
export function palette(theme: 'light' | 'dark'): Uint32Array {
  const [unknown, out, low, threshold, plenty] = themes[theme];
  const pixels = new Uint32Array(256);
  for (let level = 0; level < 256; level++) pixels[level] = pixel(colour(level));
  return pixels;

  function colour(level: number): Rgb {
    if (level === unknownLevel) return unknown;
    if (level === 0) return out;
    if (level < thresholdLevel) return mix(low, threshold, level / thresholdLevel);
    return mix(threshold, plenty, Math.min(1, (level - thresholdLevel) / (2 * thresholdLevel)));
  }
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (index: 0 | 1 | 2): number => Math.round(from[index] + (to[index] - from[index]) * share);
  return [at(0), at(1), at(2)];
}

const pixel = ([red, green, blue]: Rgb): number => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
