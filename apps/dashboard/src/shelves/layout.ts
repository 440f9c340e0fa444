import type { WorldMessage } from '@store/page-protocol';

/** A shelf of the world: numbers of its store and its product. */
export interface Cell {
  readonly store: number;
  readonly product: number;
}

/** A city's stores, or a category's products, under one name. */
export interface Group {
  readonly name: string;
  readonly members: readonly number[];
}

/** Cities down and categories across, and where each store and product stands among them. */
export interface ShelfGroups {
  readonly cities: readonly Group[];
  readonly categories: readonly Group[];
  readonly cityOf: readonly number[];
  readonly categoryOf: readonly number[];
}

/** Groups stores by city and products by category: cities by name, categories in the world's order. */
export function groupShelves({ stores, products }: WorldMessage): ShelfGroups {
  const cities = groupBy(stores.map(({ city }) => city));
  cities.sort((a, b) => a.name.localeCompare(b.name));
  const categories = groupBy(products.map(({ category }) => category));
  return {
    cities,
    categories,
    cityOf: placesOf(cities, stores.length),
    categoryOf: placesOf(categories, products.length),
  };
}

function groupBy(names: readonly string[]): Group[] {
  const groups = new Map<string, number[]>();
  for (const [index, name] of names.entries()) groups.set(name, [...(groups.get(name) ?? []), index]);
  return Array.from(groups, ([name, members]) => ({ name, members }));
}

function placesOf(groups: readonly Group[], length: number): number[] {
  const places = new Array<number>(length).fill(0);
  for (const [place, { members }] of groups.entries()) for (const member of members) places[member] = place;
  return places;
}

/** Where everything is on the canvas, in CSS pixels. */
export interface ShelfLayout {
  readonly zoom: 'blocks' | 'shelves';
  readonly width: number;
  readonly height: number;
  /** Left of the first block, and top of the first row. */
  readonly left: number;
  readonly top: number;
  readonly blockWidth: number;
  readonly gap: number;
  /** Top of each city's lines, relative to `top`. */
  readonly cityTops: readonly number[];
  /** Height of each city's lines: of one for each store in `shelves`, of one for the city in `blocks`. */
  readonly lineHeights: readonly number[];
  /** Whether category names are written aslant, since a block is narrower than they are. */
  readonly slanted: boolean;
}

/** A category's name that is written aslant is cut off at this length, in pixels. */
export const slantedLength = 70;
/** Height of names in pixels. */
export const labelSize = (slanted: boolean): number => (slanted ? 12 : 11);
/** Distance of two names of the map in pixels: a little less than their height, since few reach below the line. */
export const labelPitch = (slanted: boolean): number => labelSize(slanted) - 0.2;
/** Up to this number of cities, each has room for its name; beyond it, some names are left out. */
const mostNamed = 40;

/**
 * Lays out the map for a width.
 *
 * @param wantedHeight - of all lines together where they are not too low or too high for it, in pixels
 */
export function layOut(
  { cities, categories }: ShelfGroups,
  zoom: 'blocks' | 'shelves',
  width: number,
  wantedHeight: number,
): ShelfLayout {
  const narrow = width < 560;
  const left = narrow ? 82 : 84;
  const gap = narrow ? 2 : zoom === 'shelves' ? 5 : 3;
  const columns = Math.max(1, categories.length);
  const room = width - left - gap * (columns - 1);
  const slanted = room / columns < 58;
  // At the right there is room for the frame of the chosen shelf, and for a name that is written aslant.
  const blockWidth = Math.max(3, (room - (slanted ? 24 : 2)) / columns);
  const top = slanted ? slantedLength + 6 : 18;
  const between = zoom === 'shelves' ? 2.5 : 2;
  const [least, most] = zoom === 'shelves' ? [3, 40] : narrow ? [24, 24] : [12, 40];
  const leastCity = cities.length > mostNamed ? 0 : labelPitch(slanted);
  const linesOf = ({ members }: Group): number => (zoom === 'shelves' ? members.length : 1);
  const bandOf = (city: Group): number => Math.max(leastCity, lineHeight * linesOf(city) + between);
  let lineHeight = most;
  while (lineHeight > least && cities.reduce((sum, city) => sum + bandOf(city), 0) > wantedHeight)
    lineHeight -= 0.25;
  const cityTops: number[] = [];
  const lineHeights: number[] = [];
  let end = 0;
  for (const city of cities) {
    cityTops.push(end);
    lineHeights.push((bandOf(city) - between) / linesOf(city));
    end += bandOf(city);
  }
  return {
    zoom,
    width,
    height: top + end + 2,
    left,
    top,
    blockWidth,
    gap,
    cityTops,
    lineHeights,
    slanted,
  };
}

/** Numbers of a city and a category. */
export interface Block {
  readonly city: number;
  readonly category: number;
}

/** What is at a point of the canvas: a block, and in `shelves` the line and the column within it. */
export interface Hit extends Block {
  readonly line: number;
  /** 0 to 1 within the block. */
  readonly across: number;
}

/** Finds out by arithmetic what is at a point; undefined between the blocks. */
export function hitTest(layout: ShelfLayout, x: number, y: number): Hit | undefined {
  const { left, top, blockWidth, gap, cityTops, lineHeights } = layout;
  const category = Math.floor((x - left) / (blockWidth + gap));
  const across = (x - left - category * (blockWidth + gap)) / blockWidth;
  const down = y - top;
  const city = cityTops.findLastIndex((start) => start <= down);
  if (x < left || down < 0 || city < 0 || across < 0 || across >= 1) return undefined;
  return {
    city,
    category,
    line: Math.floor((down - (cityTops[city] ?? 0)) / (lineHeights[city] ?? 1)),
    across,
  };
}
