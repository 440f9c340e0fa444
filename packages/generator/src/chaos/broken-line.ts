/** Number of the fault `corrupt` in a batch. */
export const CORRUPT = 1;

/** What producers' new versions do to a field: rename it, change its type, add one that nobody knows. */
const drifts: readonly ((event: Record<string, unknown>) => Record<string, unknown>)[] = [
  ({ current_stock, ...rest }) => ({ ...rest, stock_level: current_stock }),
  (event) => ({ ...event, current_stock: String(event.current_stock) }),
  (event) => ({ ...event, schema_version: 2 }),
  (event) => Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'product_name')),
];

/** A line that is not the JSON of its type any more; `choice` is the event's own number. */
export function brokenLine(fault: number, event: unknown, choice: number): string {
  if (fault !== CORRUPT) {
    const drift = drifts[choice % drifts.length];
    return `${JSON.stringify(drift === undefined ? event : drift(Object.fromEntries(Object.entries(event ?? {}))))}\n`;
  }
  const line = JSON.stringify(event);
  const cut = 1 + ((choice * 37) % (line.length - 2));
  switch (choice % 3) {
    case 0:
      return `${line.slice(0, cut)}\n`;
    case 1:
      return `${line.slice(0, cut)}\u0000${line.slice(cut)}\n`;
    default:
      return `${line.slice(0, -1)},}\n`;
  }
}
