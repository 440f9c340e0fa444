// Draws docs/images/realism-*.svg for docs/realism.md: simulated worlds beside the published numbers.
// Run: node --import tsx --conditions=@store/source packages/generator/bench/draw-realism.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import { createWorld, presets } from '../src/index.js';
import { m5Weekdays } from '../src/model/world-model.js';
import { heldOutSeeds } from './held-out-seeds.js';
import { measureRealism, type Realism } from './measure-realism.js';

const folder = new URL('../../../docs/images/', import.meta.url);
mkdirSync(folder, { recursive: true });

const WIDTH = 720;
const style =
  "text{font:12px system-ui,'Segoe UI','DejaVu Sans',sans-serif;fill:#1d2733}.title{font-size:15px;font-weight:600}" +
  '.soft{fill:#66727f;font-size:11px}.mid{text-anchor:middle}.end{text-anchor:end}.grid{stroke:#e8ecf0}';

const frame = (height: number, title: string, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}"><style>${style}</style>` +
  `<rect width="${WIDTH}" height="${height}" fill="#fff"/><text class="title" x="16" y="26">${title}</text>${body}</svg>\n`;

interface Pair {
  readonly name: string;
  readonly published: number;
  /** What each seed's world has. */
  readonly found: readonly number[];
}

/** Published values and the mean of the simulated ones side by side, with the range of the seeds. */
function bars(title: string, pairs: readonly Pair[], show: (value: number) => string): string {
  const top = Math.max(...pairs.flatMap(({ published, found }) => [published, ...found]));
  const y = (value: number): number => 210 - (value / top) * 130;
  const step = (WIDTH - 60) / pairs.length;
  const wide = Math.min(44, step / 2 - 6);
  const bar = (x: number, value: number, fill: string): string =>
    `<rect x="${x.toFixed(1)}" y="${y(value).toFixed(1)}" width="${wide}" height="${(210 - y(value)).toFixed(1)}" fill="${fill}"/>`;
  const body = pairs.map(({ name, published, found }, n) => {
    const middle = 30 + (n + 0.5) * step;
    const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
    const [least, most] = [Math.min(...found), Math.max(...found)];
    const x = middle + 2 + wide / 2;
    return (
      bar(middle - wide - 2, published, '#aeb7c0') +
      bar(middle + 2, mean, '#1f6feb') +
      `<path stroke="#0b2e63" fill="none" d="M${x} ${y(most).toFixed(1)}V${y(least).toFixed(1)}m-4 0h8M${x - 4} ${y(most).toFixed(1)}h8"/>` +
      `<text class="soft mid" x="${middle - 2 - wide / 2}" y="${(y(published) - 6).toFixed(1)}">${show(published)}</text>` +
      `<text class="mid" style="font-size:11px" x="${x}" y="${(y(most) - 6).toFixed(1)}">${show(mean)}</text>` +
      `<text class="mid" x="${middle}" y="230">${name}</text>`
    );
  });
  const legend =
    '<rect x="16" y="40" width="12" height="12" fill="#aeb7c0"/><text class="soft" x="34" y="50">published</text>' +
    `<rect x="106" y="40" width="12" height="12" fill="#1f6feb"/><text class="soft" x="124" y="50">simulated: mean and range of ${heldOutSeeds.length} held-out seeds</text>`;
  return frame(244, title, `${legend}<path class="grid" d="M30 210.5H${WIDTH - 30}"/>${body.join('')}`);
}

/** Stock of one series against its reorder point. */
function stock(): string {
  const world = createWorld({ seed: 7, stores: 1, products: 40, days: 56 });
  const byProduct = new Map<string, { time: number; stock: number; threshold: number; truck: boolean }[]>();
  for (const event of world.events()) {
    const list = byProduct.get(event.product_name) ?? [];
    byProduct.set(event.product_name, list);
    list.push({
      time: Date.parse(event.event_time),
      stock: event.current_stock,
      threshold: event.min_threshold,
      truck: event.event_type === 'restock',
    });
  }
  const [name, points] = [...byProduct].sort((x, y) => y[1].length - x[1].length)[0] ?? ['', []];
  const top = Math.ceil(Math.max(...points.map((point) => point.stock)) / 10) * 10;
  const x = (time: number): string =>
    (40 + ((time - world.startMs) / (world.endMs - world.startMs)) * (WIDTH - 56)).toFixed(1);
  const y = (units: number): string => (210 - (units / top) * 150).toFixed(1);
  const path = points.map(
    (point, n) => `${n === 0 ? 'M' : 'H'}${x(point.time)}${n === 0 ? ' ' : 'V'}${y(point.stock)}`,
  );
  const grid = [0, 0.5, 1].map(
    (part) =>
      `<path class="grid" d="M40 ${y(top * part)}H${WIDTH - 16}"/><text class="soft end" x="34" y="${Number(y(top * part)) + 4}">${top * part}</text>`,
  );
  const weeks = Array.from({ length: 8 }, (_, week) => {
    const time = world.startMs + week * 7 * 86_400_000;
    const date = new Date(time).toISOString().slice(5, 10);
    return `<text class="soft mid" x="${Math.max(52, Number(x(time)))}" y="240">${date}</text>`;
  });
  const trucks = points
    .filter(({ truck }) => truck)
    .map(({ time }) => `<path fill="#1a7f37" d="M${Number(x(time)) - 4.5} 221l4.5 -8l4.5 8z"/>`);
  const threshold = points[0]?.threshold ?? 0;
  return frame(
    252,
    `${name}: eight weeks of recorded stock`,
    `<text class="soft" x="16" y="44">blue: on hand · red: reorder point, ${threshold} units · green: deliveries</text>${grid.join('')}${weeks.join('')}` +
      `<path d="M40 ${y(threshold)}H${WIDTH - 16}" stroke="#d1242f" stroke-dasharray="5 4"/>` +
      `<path d="${path.join('')}H${WIDTH - 16}" fill="none" stroke="#1f6feb" stroke-width="1.6"/>${trucks.join('')}`,
  );
}

const worlds = heldOutSeeds.map((seed) =>
  measureRealism(presets.m5.model, { seed, stores: 10, products: 3049, days: 364 }),
);
const pairs = (
  names: readonly string[],
  published: readonly number[],
  pick: (found: Realism) => readonly number[],
): Pair[] =>
  names.map((name, n) => ({
    name,
    published: published[n] ?? 0,
    found: worlds.map((world) => pick(world)[n] ?? 0),
  }));
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
const pictures = {
  classes: bars(
    'Demand classes of 30,490 series',
    pairs(['intermittent', 'lumpy', 'smooth', 'erratic'], [0.727, 0.183, 0.062, 0.028], (w) => w.classes),
    percent,
  ),
  weekdays: bars(
    'Weekday factors of unit sales',
    pairs(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'], m5Weekdays, (w) => w.weekdays),
    (value) => value.toFixed(2),
  ),
  causes: bars(
    'Causes of empty shelves',
    pairs(['ordering and forecasting', 'shelf', 'upstream'], [0.47, 0.25, 0.28], (w) => w.causes),
    percent,
  ),
  stock: stock(),
};
for (const [name, svg] of Object.entries(pictures))
  writeFileSync(new URL(`realism-${name}.svg`, folder), svg);
console.log(
  `docs/images: ${Object.keys(pictures)
    .map((name) => `realism-${name}.svg`)
    .join(', ')}`,
);
