// What does it cost to fit a world to 1.46 million rows, 10 stores × 200 products × 730 days of preset m5? CPU and the most
// memory of a process that reads and fits them and does nothing else. Exits 1 when a figure misses its floor.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calibrate, type SalesRow } from '../src/calibrate/index.js';
import { salesRows, simulateHistory } from './sales-history.js';

const MIB = 2 ** 20;
const BATCH = 100_000;

/** The rows of a file of lines, as objects: what a caller hands in. */
function* rowsOf(path: string): Generator<SalesRow, void, void> {
  const file = openSync(path, 'r');
  const buffer = Buffer.allocUnsafe(MIB);
  let rest = '';
  for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer)) {
    const lines = (rest + buffer.toString('latin1', 0, length)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [store_id = '', product_id = '', date = '', units, onHand, inStock, price] = line.split(',');
      const [units_sold, on_hand, in_stock] = [Number(units), Number(onHand), Number(inStock)];
      yield { store_id, product_id, date, units_sold, on_hand, in_stock, price: Number(price) };
    }
  }
  closeSync(file);
}

const [, , given] = process.argv;
if (given === undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'calibrate-bench-'));
  const path = join(folder, 'sales');
  const file = openSync(path, 'w');
  const history = simulateHistory({ seed: 1, stores: 10, products: 200, start: '2024-01-01', days: 730 });
  let lines: string[] = [];
  for (const { store_id, product_id, date, units_sold, on_hand, in_stock, price } of salesRows(
    history,
    'both',
  )) {
    lines.push(
      `${store_id},${product_id},${date},${units_sold},${on_hand ?? ''},${Number(in_stock)},${price ?? ''}\n`,
    );
    if (lines.length < BATCH) continue;
    writeSync(file, lines.join(''));
    lines = [];
  }
  writeSync(file, lines.join(''));
  closeSync(file);
  const args = [...process.execArgv, import.meta.filename, path];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  rmSync(folder, { recursive: true });
  process.exitCode = status ?? 1;
} else {
  const before = process.cpuUsage();
  const { report } = calibrate(rowsOf(given));
  const { user, system } = process.cpuUsage(before);
  // The kernel's own mark of the most memory, where it keeps one.
  const { maxRSS } = process.resourceUsage();
  const rows: [string, number, number, string][] = [
    [`reading and fitting ${report.rows} rows, ${report.series} series`, (user + system) / 1e6, 20, 'CPU s'],
    ['the most memory of the process', maxRSS / 1024, 1024, 'MiB'],
  ];
  for (const [key, value] of Object.entries(report.coverage))
    rows.push([`coverage at ${key}, off by`, Math.abs(value - Number(key)), 0.03, '']);
  console.log('| question | found | at most | met |\n|---|---|---|---|');
  let missed = 0;
  for (const [question, found, most, unit] of rows) {
    if (!(found <= most)) missed++;
    console.log(
      `| ${question} | ${found.toFixed(found < 1 ? 4 : 1)} ${unit} | ${most} ${unit} | ${found <= most ? 'yes' : 'NO'} |`,
    );
  }
  process.exitCode = missed === 0 ? 0 : 1;
}
