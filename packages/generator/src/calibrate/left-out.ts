import { calibrateLimits } from './calibrate-options.js';
import { cellsOf, type Panel } from './panel.js';

/** Leaves out series without a sale in the last year of the history, and stores and products that then have none. */
export function leaveOut(panel: Panel): { readonly panel: Panel; readonly left: readonly string[] } {
  const from = panel.lastDay - calibrateLimits.lastSaleDays + 1;
  const kept: number[] = [];
  const left: string[] = [];
  for (const [i, s] of panel.store.entries()) {
    const [begin, end] = cellsOf(panel, i, Infinity);
    const recent = Math.max(begin, begin + from - (panel.first[i] ?? 0));
    const sold = recent < end && panel.units.subarray(recent, end).some((units) => units > 0);
    if (sold) kept.push(i);
    else left.push(`${panel.stores[s] ?? ''}/${panel.products[panel.product[i] ?? 0] ?? ''}`);
  }
  return { panel: left.length === 0 ? panel : select(panel, kept), left };
}

function select(panel: Panel, kept: readonly number[]): Panel {
  const days = panel.lastDay - panel.firstDay + 1;
  const stores = [...new Set(kept.map((i) => panel.store[i] ?? 0))].sort((a, b) => a - b);
  const products = [...new Set(kept.map((i) => panel.product[i] ?? 0))].sort((a, b) => a - b);
  const storeAt = new Map(stores.map((s, place) => [s, place]));
  const productAt = new Map(products.map((p, place) => [p, place]));
  const offset = new Float64Array(kept.length + 1);
  for (const [n, i] of kept.entries())
    offset[n + 1] = (offset[n] ?? 0) + (panel.offset[i + 1] ?? 0) - (panel.offset[i] ?? 0);
  const cells = offset[kept.length] ?? 0;
  const units = new Int32Array(cells);
  const kind = new Uint8Array(cells);
  const step = new Int16Array(cells);
  const promoted = new Uint8Array(cells);
  for (const [n, i] of kept.entries()) {
    const [from, to] = [panel.offset[i] ?? 0, panel.offset[i + 1] ?? 0];
    const at = offset[n] ?? 0;
    units.set(panel.units.subarray(from, to), at);
    kind.set(panel.kind.subarray(from, to), at);
    step.set(panel.step.subarray(from, to), at);
    promoted.set(panel.promoted.subarray(from, to), at);
  }
  const open = new Uint8Array(stores.length * days);
  for (const [n, s] of stores.entries()) open.set(panel.open.subarray(s * days, (s + 1) * days), n * days);
  return {
    ...panel,
    stores: stores.map((s) => panel.stores[s] ?? ''),
    products: products.map((p) => panel.products[p] ?? ''),
    store: Int32Array.from(kept, (i) => storeAt.get(panel.store[i] ?? 0) ?? 0),
    product: Int32Array.from(kept, (i) => productAt.get(panel.product[i] ?? 0) ?? 0),
    first: Int32Array.from(kept, (i) => panel.first[i] ?? 0),
    offset,
    ...{ units, kind, step, promoted, open },
    price: Float64Array.from(kept, (i) => panel.price[i] ?? 0),
    shut: stores.map((s) => panel.shut[s] ?? []),
  };
}
