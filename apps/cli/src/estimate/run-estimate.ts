import { firehoseLimits, regionQuota, type ProducerStats } from '@store/firehose';
import {
  coloursFor,
  formatBytes,
  formatCompact,
  formatCount,
  formatDollars,
  formatDuration,
  plural,
} from '../output/format.js';
import { formatTable, sentences } from '../output/table.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { CliError, interruption } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { billOf, dollarsOf, idleMonthOf, planBytes, scanDollars, type BillLine, type Load } from './bill.js';
import { prices, regionsAtListPrice } from './figures.js';
import { sampleWorld, storesIn } from './sample-world.js';
import type { CommonFlags } from '../options/common-options.js';
import type { WorldFlags } from '../options/world-flags.js';

/** Flags of `store estimate`. */
export interface EstimateFlags extends CommonFlags, WorldFlags {
  readonly region: string;
  readonly ingestPrice?: number;
  readonly streams: number;
  readonly warnAbove: number;
}

/** What sending a world in one way comes to. */
interface Way {
  readonly records: number;
  readonly billedBytes: number;
  readonly bill: readonly BillLine[];
  readonly dollars: number;
  /** At the region's default quota of the delivery streams. */
  readonly secondsAtQuota: number;
}

/** What an estimate says, as `--json` writes it. */
interface Estimate {
  readonly events: number;
  readonly eventBytes: number;
  /** Every event was made and packed; else a part of them. */
  readonly measured: boolean;
  readonly region: string;
  readonly streams: number;
  readonly requests: number;
  readonly packed: Way;
  readonly single: Way;
  /** Unpacked over packed, of what packing decides: ingestion and conversion. */
  readonly ratio: number;
  /** The planner's dollars after each hour of events, by the full scan that is in `bill`, and by `stock_now`. */
  readonly planner: { readonly full: number; readonly incremental: number };
  /** What a month costs in which nothing happens. */
  readonly idleMonth: readonly BillLine[];
  readonly prices: typeof prices;
}

/** Runs `store estimate`. */
export async function runEstimate(flags: EstimateFlags, terminal: Terminal): Promise<void> {
  const ingestUsd =
    flags.ingestPrice ?? (regionsAtListPrice.has(flags.region) ? prices.firehoseIngest.value : undefined);
  if (ingestUsd === undefined) {
    throw new CliError(
      'USAGE',
      `The price of ${flags.region} is not known here: give its dollars a GB ingested with --ingest-price.`,
    );
  }
  const estimate = await estimateOf(flags, ingestUsd, terminal);
  if (flags.json === true) await writeJson(terminal.stdout, estimate);
  else await print(estimate, ingestUsd, terminal);
  const { dollars } = estimate.packed;
  if (dollars > flags.warnAbove && flags.quiet !== true) {
    const { yellow } = coloursFor(terminal.stderr, terminal.env);
    terminal.stderr.write(
      `${yellow(`This run would cost about ${formatDollars(dollars)}, more than ${formatDollars(flags.warnAbove)} (--warn-above).`)}\n`,
    );
  }
}

async function estimateOf(flags: EstimateFlags, ingestUsd: number, terminal: Terminal): Promise<Estimate> {
  const sample = await sampleWorld(flags, terminal.signal);
  if (terminal.signal.aborted) throw interruption(terminal.signal, 'Nothing was estimated.');
  const { streams, region } = flags;
  const whole = (value: number): number => Math.round(value * sample.scale);
  const base = {
    events: whole(sample.packed.delivered),
    eventBytes: whole(sample.packed.eventBytes),
    requests: whole(sample.requests),
    eventHours: flags.days * 24,
    shelves: storesIn(flags) * flags.products,
    streams,
    shards: streams === 1 ? 1 : 4 * streams,
  };
  const wayOf = (stats: ProducerStats): Way => {
    const records = whole(stats.deliveredRecords);
    const billedBytes = whole(stats.billedBytes);
    const seconds = secondsAtQuota({ eventBytes: base.eventBytes, records, streams, region });
    const bill = billOf({ ...base, billedBytes, seconds }, ingestUsd);
    return { records, billedBytes, bill, dollars: dollarsOf(bill), secondsAtQuota: seconds };
  };
  const [packed, single] = [wayOf(sample.packed), wayOf(sample.single)];
  const scans = planBytes(base);
  return {
    events: base.events,
    eventBytes: base.eventBytes,
    measured: sample.scale === 1,
    region,
    streams,
    requests: base.requests,
    packed,
    single,
    ratio: single.billedBytes / packed.billedBytes,
    planner: { full: scanDollars(scans.full), incremental: scanDollars(scans.incremental) },
    idleMonth: idleMonthOf(streams),
    prices: { ...prices, firehoseIngest: { ...prices.firehoseIngest, value: ingestUsd } },
  };
}

function secondsAtQuota({
  eventBytes,
  records,
  streams,
  region,
}: Pick<Load, 'eventBytes' | 'streams'> & { readonly records: number; readonly region: string }): number {
  const quota = regionQuota(region);
  const seconds = Math.max(
    eventBytes / quota.bytesPerSec,
    records / quota.recordsPerSec,
    records / firehoseLimits.recordsPerBatch / quota.requestsPerSec,
  );
  return seconds / streams;
}

async function print(estimate: Estimate, ingestUsd: number, terminal: Terminal): Promise<void> {
  const { events, eventBytes, measured, region, streams, packed, single, planner, idleMonth } = estimate;
  const { bold, dim } = coloursFor(terminal.stdout, terminal.env);
  const right = (title: string): { title: string; align: 'right' } => ({ title, align: 'right' });
  const row = (line: BillLine, index: number): string[] => [
    line.meter,
    formatQuantity(line.quantity),
    line.unit,
    formatDollars(line.dollars),
    formatDollars(single.bill[index]?.dollars ?? 0),
  ];
  const table = formatTable(
    [{ title: '' }, right('packed'), { title: '' }, right('dollars'), right('one event a record')],
    [
      ...packed.bill.map(row),
      ['together', '', '', formatDollars(packed.dollars), formatDollars(single.dollars)],
    ],
    terminal,
  );
  const bytesPerEvent = events === 0 ? 0 : Math.round(eventBytes / events);
  const { known, asOf } = prices.firehoseIngest;
  const told = (text: string): string => sentences(text, terminal);
  await writeOut(
    terminal.stdout,
    `${bold(told(`${measured ? '' : 'About '}${plural(events, 'event')}, ${formatBytes(eventBytes)} (${bytesPerEvent} bytes each)`))}\n${dim(told(measured ? 'All of them were made and packed to find out.' : 'A part of them was made and packed to find out.'))}\n\n` +
      `${table}\n\n` +
      `${told(`${plural(packed.records, 'record')} billed as ${formatBytes(packed.billedBytes)}; one event a record, ${formatBytes(single.billedBytes)}: packing makes ingestion and conversion ${estimate.ratio.toFixed(1)} times cheaper.`)}\n` +
      `${told(`At least ${formatDuration(packed.secondsAtQuota * 1000)} at the default quota of ${plural(streams, 'delivery stream')}.`)}\n` +
      `${told(`The planner by stock_now instead of the full scan: ${formatDollars(planner.incremental)}.`)}\n` +
      `${told(`A month in which nothing happens: ${formatDollars(dollarsOf(idleMonth))} for alarms, dashboard, metrics and polling.`)}\n` +
      `${dim(
        told(
          `${region}: $${ingestUsd} a GB ingested (${known}), each record rounded up to 5 KB; the other prices are those of us-east-1, as of ${asOf}, without free tiers. docs/scale.md says where each is from and how well it is known.`,
        ),
      )}\n`,
  );
}

/** Large quantities as whole numbers, small ones with three digits. */
function formatQuantity(value: number): string {
  if (value >= 1000 || Number.isInteger(value)) return formatCount(Math.round(value));
  return value < 0.001 ? value.toExponential(1) : formatCompact(value);
}
