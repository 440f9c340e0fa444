/** A record to begin with. */
export interface Template {
  readonly name: string;
  readonly text: string;
}

/** What a template's placeholders stand for. */
export interface Placeholders {
  /** World time, ISO 8601. */
  readonly now: string;
  /** Number of the run. */
  readonly run: number;
  /** Unique text. */
  readonly id: () => string;
}

/**
 * Records that show what becomes of each kind: one of a shelf that this world does not simulate, so that it changes no
 * count of the world, and three that the delivery stream cannot make rows of.
 */
export function templates(): readonly Template[] {
  const event = {
    event_id: 'mine-{{id}}',
    event_type: 'stock_count',
    event_time: '{{now}}',
    sequence: 1,
    store_id: 'my-store',
    store_name: 'My store',
    location: { city: 'Oslo', region: 'Oslo', country: 'NO', latitude: 59.9, longitude: 10.7 },
    product_id: 'my-product',
    product_name: 'My product',
    category: 'Pantry',
    unit_price: 2.5,
    quantity_delta: 0,
    current_stock: 40,
    min_threshold: 12,
    on_order: 0,
    is_low_stock: false,
    run: '{{run}}',
  };
  const text = (fields: unknown): string => JSON.stringify(fields, null, 2);
  return [
    { name: 'A stock count', text: text(event) },
    { name: 'A wrong type', text: text({ ...event, current_stock: 'forty' }) },
    { name: 'No time', text: text({ ...event, event_time: 'yesterday' }) },
    { name: 'No JSON', text: 'my-store,my-product,40' },
  ];
}

/** The record that a template becomes: on one line, as records are. */
export function fill(text: string, { now, run, id }: Placeholders): string {
  const filled = text
    .replaceAll('"{{run}}"', String(run))
    .replaceAll('{{now}}', now)
    .replaceAll(/\{\{id\}\}/g, id);
  try {
    return JSON.stringify(JSON.parse(filled));
  } catch {
    // It is sent as it stands: what becomes of it is the question.
    return filled;
  }
}
