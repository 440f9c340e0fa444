import { compileMapping } from '@store/intake';

/** What the tills of one chain export: a table of counts. */
const till = compileMapping({
  version: 1,
  name: 'till',
  mode: 'snapshot',
  decimal: ',',
  group: '.',
  skipWhen: { Bestand: ['nicht gezählt', ''] },
  fields: {
    store_id: { from: 'Filiale' },
    product_id: { from: ['SKU', 'Artikelnr.'] },
    event_time: { from: 'Stand', format: 'dd.MM.yyyy HH:mm', zone: 'Europe/Vienna' },
    current_stock: { from: 'Bestand', per: { Karton: 12, Stück: 1 }, unit: 'ME' },
    unit_price: { from: 'Preis', default: 0 },
    min_threshold: { from: 'Meldebestand', default: 0 },
    country: { const: 'AT' },
  },
});

const columns = ['Filiale', 'Artikelnr.', 'Stand', 'Bestand', 'ME', 'Preis', 'Meldebestand'];
const run = till.start({ columns });
const row = {
  Filiale: 'W1',
  'Artikelnr.': 'A-7',
  Stand: '05.01.2026 09:00',
  ME: 'Stück',
  Meldebestand: '1.500',
};
for (const record of [
  { ...row, Bestand: '1.204', Preis: '3,49' },
  { ...row, Bestand: '90', ME: 'Karton', Stand: '06.01.2026 09:00' },
  { ...row, Bestand: '0x1F' },
  { ...row, Bestand: 'nicht gezählt' },
]) {
  const { events, rejected, skipped } = run.read(record);
  for (const { event_time, quantity_delta, current_stock, is_low_stock } of events)
    console.log(`${event_time}: ${current_stock} (${quantity_delta}), low: ${is_low_stock}`);
  for (const { code, field, message } of rejected) console.log(`${code} at ${field}: ${message}`);
  for (const reason of skipped) console.log(`skipped: ${reason}`);
}
