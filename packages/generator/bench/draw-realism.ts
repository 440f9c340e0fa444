// Draws docs/images/*.svg for docs/realism.md: what a simulated world looks like beside the published numbers.
// Run: node --import tsx --conditions=@store/source packages/generator/bench/draw-realism.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import { createWorld, presets } from '../src/index.js';
import { m5Weekdays } from '../src/model/world-model.js';
import { measureRealism } from './measure-realism.js';

const folder = new URL('../../../docs/images/', import.meta.url);
mkdirSync(folder, { recursive: true });

const frame = (width: number, height: number, title: string, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}" font-family="sans-serif" font-size="12">` +
  `<rect width="${width}" height="${height}" fill="#fff"/><text x="12" y="20" font-size="14" fill="#222">${title}</text>${body}</svg>\n`;

/** Bars of published and found values side by side. */
function bars(
  title: string,
  names: readonly string[],
  published: readonly number[],
  found: readonly number[],
): string {
  const width = 60 * names.length + 40;
  const top = Math.max(...published, ...found);
  const bar = (value: number, x: number, fill: string): string => {
    const height = (value / top) * 150;
    return `<rect x="${x}" y="${(195 - height).toFixed(1)}" width="18" height="${height.toFixed(1)}" fill="${fill}"/>`;
  };
  const body = names.map(
    (name, n) =>
      bar(published[n] ?? 0, 30 + n * 60, '#9aa5b1') +
      bar(found[n] ?? 0, 50 + n * 60, '#d9730d') +
      `<text x="${49 + n * 60}" y="212" text-anchor="middle" fill="#222" font-size="10">${name}</text>`,
  );
  const legend = `<text x="12" y="36" fill="#6b7682">grey: published</text><text x="112" y="36" fill="#d9730d">orange: simulated</text>`;
  return frame(Math.max(width, 260), 225, title, legend + body.join(''));
}

/** Stock of one series against its reorder point. */
function stock(): string {
  const world = createWorld({ seed: 7, stores: 1, products: 40, days: 56 });
  const byProduct = new Map<string, { time: number; stock: number; threshold: number }[]>();
  for (const event of world.events()) {
    const list = byProduct.get(event.product_name) ?? [];
    byProduct.set(event.product_name, list);
    list.push({
      time: Date.parse(event.event_time),
      stock: event.current_stock,
      threshold: event.min_threshold,
    });
  }
  const [name, points] = [...byProduct].sort((x, y) => y[1].length - x[1].length)[0] ?? ['', []];
  const top = Math.max(...points.map((point) => point.stock));
  const x = (time: number): string =>
    (12 + ((time - world.startMs) / (world.endMs - world.startMs)) * 676).toFixed(1);
  const y = (units: number): string => (200 - (units / top) * 160).toFixed(1);
  const path = points.map(
    (point, n) => `${n === 0 ? 'M' : 'H'}${x(point.time)}${n === 0 ? ' ' : 'V'}${y(point.stock)}`,
  );
  const threshold = y(points[0]?.threshold ?? 0);
  return frame(
    700,
    215,
    `${name}: eight weeks of recorded stock, reorder point ${points[0]?.threshold ?? 0}`,
    `<path d="M12 ${threshold}H688" stroke="#c0392b" stroke-dasharray="5 4"/><path d="${path.join('')}" fill="none" stroke="#1f5fa8"/>`,
  );
}

const found = measureRealism(presets.m5, { seed: 42, stores: 10, products: 3049, days: 364 });
const write = (name: string, svg: string): void => {
  writeFileSync(new URL(name, folder), svg);
};
write(
  'realism-classes.svg',
  bars(
    'Demand classes',
    ['intermittent', 'lumpy', 'smooth', 'erratic'],
    [0.727, 0.183, 0.062, 0.028],
    found.classes,
  ),
);
write(
  'realism-weekdays.svg',
  bars('Weekday factors', ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'], m5Weekdays, found.weekdays),
);
write(
  'realism-causes.svg',
  bars('Causes of empty shelves', ['ordering', 'shelf', 'supplier'], [0.47, 0.25, 0.28], found.causes),
);
write('realism-stock.svg', stock());
console.log('docs/images: realism-classes, realism-weekdays, realism-causes, realism-stock');
