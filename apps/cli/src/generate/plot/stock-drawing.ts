import type { Colours } from '../../output/format.js';
import { dayName, dayTicks, roundTicks } from './scales.js';
import { sharesOf, type StockHistory } from './stock-history.js';
import { percent } from './stock-svg.js';

const ROWS = 9;
const LEFT = 6;
/** Bits of a braille character, by column, from the top. */
const dots = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;

/** Draws a series' stock in braille dots, two by four a character, with its reorder point and deliveries. */
export function stockDrawing(history: StockHistory, width: number, colours: Colours): string {
  const { store, product, points, deliveries, startMs, endMs } = history;
  const columns = Math.max(20, width - LEFT - 2);
  const ticks = roundTicks(
    points.reduce((most, { stock, threshold }) => Math.max(most, stock, threshold), 1),
    3,
  );
  const top = ticks.at(-1) ?? 1;
  const height = ROWS * 4 - 1;
  const row = (units: number): number => Math.round(height - (Math.max(0, units) / top) * height);
  const columnOf = (ms: number): number => ((ms - startMs) / (endMs - startMs)) * columns;
  const stock = new Uint8Array(columns * ROWS);
  const threshold = new Uint8Array(columns * ROWS);
  const low = new Uint8Array(columns);
  const set = (cells: Uint8Array, dotX: number, dotY: number): void => {
    const at = (dotY >> 2) * columns + (dotX >> 1);
    cells[at] = (cells[at] ?? 0) | (dots[dotX & 1 ? 1 : 0][dotY & 3] ?? 0);
  };
  let next = 0;
  let before = row(points[0]?.stock ?? 0);
  for (let dotX = 0; dotX < columns * 2 && points.length > 0; dotX++) {
    const untilMs = startMs + ((dotX + 1) / (columns * 2)) * (endMs - startMs);
    let [highest, lowest] = [before, before];
    let least = points[Math.max(0, next - 1)];
    for (; next < points.length && (points[next]?.atMs ?? 0) < untilMs; next++) {
      const point = points[next];
      if (point === undefined) break;
      before = row(point.stock);
      highest = Math.min(highest, before);
      lowest = Math.max(lowest, before);
      if (least === undefined || point.stock < least.stock) least = point;
    }
    for (let dotY = highest; dotY <= lowest; dotY++) set(stock, dotX, dotY);
    if (dotX % 4 < 2) set(threshold, dotX, row(least?.threshold ?? 0));
    if (least !== undefined && least.stock < least.threshold)
      low[dotX >> 1] = Math.max(low[dotX >> 1] ?? 0, least.stock <= 0 ? 2 : 1);
  }
  const labels = new Map(ticks.map((tick) => [row(tick) >> 2, String(tick)]));
  const { empty, low: below } = sharesOf(history);
  const lines = [
    `${colours.bold(product.product_name)}  ${store.store_name}, ${store.location.city}  ${colours.dim(`${store.store_id}/${product.product_id}`)}`,
  ];
  for (let r = 0; r < ROWS; r++) {
    let text = '';
    for (let c = 0; c < columns; c++) {
      const [on, mark] = [stock[r * columns + c] ?? 0, threshold[r * columns + c] ?? 0];
      const sign = on + mark === 0 ? ' ' : String.fromCharCode(0x2800 | on | mark);
      text += on !== 0 ? (low[c] === 0 ? colours.cyan(sign) : colours.red(sign)) : colours.yellow(sign);
    }
    lines.push(`${colours.dim(`${(labels.get(r) ?? '').padStart(LEFT - 1)} ┤`)}${text}`.trimEnd());
  }
  const trucks = Array.from({ length: columns }, () => ' ');
  for (const { atMs } of deliveries) trucks[Math.min(columns - 1, Math.floor(columnOf(atMs)))] = '▲';
  lines.push(
    colours.dim(`${' '.repeat(LEFT)}└${'─'.repeat(columns)}`),
    `${' '.repeat(LEFT + 1)}${colours.green(trucks.join('').trimEnd())}`,
    `${' '.repeat(LEFT + 1)}${colours.dim(axis(startMs, endMs, columns, columnOf))}`,
    `${' '.repeat(LEFT + 1)}${colours.dim(`reorder point ${points.at(-1)?.threshold ?? 0} · below it ${percent(below)} of the time, empty ${percent(empty)} · ▲ delivery (${deliveries.length})`)}`,
  );
  return `${lines.join('\n')}\n`;
}

function axis(startMs: number, endMs: number, columns: number, columnOf: (ms: number) => number): string {
  let text = '';
  for (const tick of dayTicks(startMs, endMs, Math.floor(columns / 9))) {
    const at = Math.floor(columnOf(tick));
    const name = dayName(tick);
    if (at + name.length <= columns && at >= text.length) text = text.padEnd(at) + name;
  }
  return text;
}
