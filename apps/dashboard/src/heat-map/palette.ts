import { thresholdLevel, unknownLevel } from '@store/page-protocol';

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
