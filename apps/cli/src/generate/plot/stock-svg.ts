import { dayName, dayTicks, roundTicks } from './scales.js';
import { sharesOf, type StockHistory } from './stock-history.js';

const WIDTH = 960;
const PANEL = 232;
const LEFT = 52;
const RIGHT = 24;
const TOP = 60;
const PLOT = 134;

const style = `
  text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:var(--ink)}
  .title{font-size:15px;font-weight:600}.soft{fill:var(--soft);font-size:11px}.end{text-anchor:end}.mid{text-anchor:middle}
  .grid{stroke:var(--grid)}.stock{fill:none;stroke:var(--stock);stroke-width:1.6;stroke-linejoin:round}
  .area{fill:var(--stock);opacity:.10}.point{fill:none;stroke:var(--low);stroke-width:1.3;stroke-dasharray:5 4}
  .low{fill:var(--low);opacity:.16}.empty{fill:var(--low)}.truck{fill:var(--truck)}
  svg{--paper:#fff;--ink:#1d2733;--soft:#66727f;--grid:#e8ecf0;--stock:#1f6feb;--low:#d1242f;--truck:#1a7f37}
  @media(prefers-color-scheme:dark){svg{--paper:#0d1117;--ink:#e6edf3;--soft:#9198a1;--grid:#21262d;--stock:#58a6ff;--low:#ff7b72;--truck:#3fb950}}
`;

/** A picture of each series' stock against its reorder point, one panel under the other. */
export function stockSvg(histories: readonly StockHistory[]): string {
  const height = 44 + histories.length * PANEL;
  const [first] = histories;
  const span =
    first === undefined ? '' : `${dayName(first.startMs, true)} to ${dayName(first.endMs - 1, true)}, UTC`;
  const names = histories.map(({ product, store }) => `${product.product_name}, ${store.store_name}`);
  const panels = histories.map(
    (history, n) => `<g transform="translate(0 ${36 + n * PANEL})">${panel(history)}</g>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>${escaped(`Stock against reorder point: ${names.join('; ')}`)}</title>
<style>${style}</style>
<rect width="100%" height="100%" fill="var(--paper)"/>
${legend()}<text class="soft end" x="${WIDTH - RIGHT}" y="24">${span}</text>
${panels.join('\n')}
</svg>
`;
}

function legend(): string {
  return `<g><path class="stock" d="M${LEFT} 20h22"/><text x="${LEFT + 28}" y="24">on hand</text>
<path class="point" d="M${LEFT + 92} 20h22"/><text x="${LEFT + 120}" y="24">reorder point</text>
<path class="truck" d="M${LEFT + 222} 25l5 -9l5 9z"/><text x="${LEFT + 238}" y="24">delivery</text>
<rect class="low" x="${LEFT + 304}" y="14" width="16" height="12"/><text x="${LEFT + 326}" y="24">below the reorder point</text>
<rect class="empty" x="${LEFT + 484}" y="18" width="16" height="4"/><text x="${LEFT + 506}" y="24">nothing left</text></g>`;
}

function panel(history: StockHistory): string {
  const { store, product, points, deliveries, startMs, endMs } = history;
  const ticks = roundTicks(Math.max(1, ...extremes(points)), 4);
  const top = ticks.at(-1) ?? 1;
  const bottom = TOP + PLOT;
  const x = (ms: number): number => LEFT + ((ms - startMs) / (endMs - startMs)) * (WIDTH - LEFT - RIGHT);
  const y = (units: number): number => bottom - (Math.max(0, units) / top) * PLOT;
  const parts: string[] = [];
  const { empty, low } = sharesOf(history);
  parts.push(
    `<text class="title" x="${LEFT}" y="24">${escaped(product.product_name)}</text>`,
    `<text class="soft" x="${LEFT}" y="41">${escaped(`${store.store_name}, ${store.location.city} · ${store.store_id}/${product.product_id}`)}</text>`,
    `<text class="soft end" x="${WIDTH - RIGHT}" y="41">below the reorder point ${percent(low)} of the time, empty ${percent(empty)}</text>`,
  );
  for (const tick of ticks)
    parts.push(
      `<path class="grid" d="M${LEFT} ${n(y(tick))}H${WIDTH - RIGHT}"/>`,
      `<text class="soft end" x="${LEFT - 8}" y="${n(y(tick) + 4)}">${tick}</text>`,
    );
  for (const tick of dayTicks(startMs, endMs, 12))
    parts.push(
      `<path class="grid" d="M${n(x(tick))} ${bottom}v5"/>`,
      `<text class="soft mid" x="${n(Math.max(LEFT + 14, x(tick)))}" y="${bottom + 19}">${dayName(tick)}</text>`,
    );
  const bare: string[] = [];
  let line = '';
  let threshold = '';
  for (const [i, point] of points.entries()) {
    const from = x(point.atMs);
    const to = x(points[i + 1]?.atMs ?? endMs);
    line += i === 0 ? `M${n(from)} ${n(y(point.stock))}` : `H${n(from)}V${n(y(point.stock))}`;
    threshold += i === 0 ? `M${n(from)} ${n(y(point.threshold))}` : `H${n(from)}V${n(y(point.threshold))}`;
    const width = n(Math.max(0.3, to - from));
    if (point.stock < point.threshold)
      parts.push(
        `<rect class="low" x="${n(from)}" y="${n(y(point.threshold))}" width="${width}" height="${n(y(Math.max(0, point.stock)) - y(point.threshold))}"/>`,
      );
    if (point.stock <= 0)
      bare.push(`<rect class="empty" x="${n(from)}" y="${bottom - 2}" width="${width}" height="4"/>`);
  }
  if (points.length > 0) {
    const end = `H${WIDTH - RIGHT}`;
    parts.push(`<path class="area" d="${line}${end}V${bottom}H${LEFT}Z"/>`);
    parts.push(`<path class="point" d="${threshold}${end}"/><path class="stock" d="${line}${end}"/>`);
  } else
    parts.push(`<text class="soft mid" x="${WIDTH / 2}" y="${TOP + PLOT / 2}">no event in this time</text>`);
  parts.push(...bare);
  // Names of deliveries would be on each other when there are many.
  const named = deliveries.length <= 24;
  for (const { atMs, units } of deliveries)
    parts.push(
      `<path class="truck" d="M${n(x(atMs) - 4.5)} ${bottom + 8.5}l4.5 -8l4.5 8z"><title>${new Date(atMs).toISOString()}: ${units} delivered</title></path>`,
      named ? `<text class="soft mid" x="${n(x(atMs))}" y="${TOP - 3}">+${units}</text>` : '',
    );
  return parts.join('\n');
}

function extremes(points: StockHistory['points']): number[] {
  return [points.reduce((most, { stock, threshold }) => Math.max(most, stock, threshold), 0)];
}

const n = (value: number): string => String(Math.round(value * 10) / 10);

/** A share for people: `8 %`, `0.4 %`. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 1 ? value.toFixed(1) : Math.round(value)} %`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
