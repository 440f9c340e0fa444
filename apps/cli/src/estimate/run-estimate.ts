import { firehoseLimits, regionQuota, type ProducerStats } from '@store/firehose';
import {
  coloursFor,
  formatBytes,
  formatCount,
  formatDollars,
  formatDuration,
  plural,
} from '../output/format.js';
import { formatTable } from '../output/table.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { CliError, interruption } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { bytesPerGb, prices, regionsAtListPrice } from './prices.js';
import { sampleWorld } from './sample-world.js';
import type { CommonFlags } from '../options/common-options.js';
import type { WorldFlags } from '../options/world-options.js';

/** Flags of `store estimate`. */
export interface EstimateFlags extends CommonFlags, WorldFlags {
  readonly region: string;
  readonly ingestPrice?: number;
  readonly warnAbove: number;
}

/** What sending a world in one way comes to. */
interface Way {
  readonly records: number;
  readonly billedBytes: number;
  readonly ingestDollars: number;
  readonly conversionDollars: number;
  readonly dollars: number;
  /** At the region's default quota for one delivery stream. */
  readonly secondsAtQuota: number;
}

/** Runs `store estimate`. */
export async function runEstimate(flags: EstimateFlags, terminal: Terminal): Promise<void> {
  const ingestUsd =
    flags.ingestPrice ?? (regionsAtListPrice.has(flags.region) ? prices.firehoseIngest.usd : undefined);
  if (ingestUsd === undefined) {
    throw new CliError(
      'USAGE',
      `The price of ${flags.region} is not known here: give its dollars a GB ingested with --ingest-price.`,
    );
  }
  const sample = await sampleWorld(flags, terminal.signal);
  if (terminal.signal.aborted) throw interruption(terminal.signal, 'Nothing was estimated.');
  const way = (stats: ProducerStats): Way => wayOf(stats, sample.scale, ingestUsd, flags.region);
  const packed = way(sample.packed);
  const single = way(sample.single);
  const events = Math.round(sample.packed.delivered * sample.scale);
  const eventBytes = Math.round(sample.packed.eventBytes * sample.scale);
  if (flags.json === true) {
    await writeJson(terminal.stdout, {
      events,
      eventBytes,
      measured: sample.scale === 1,
      region: flags.region,
      packed,
      single,
      ratio: single.dollars / packed.dollars,
      prices: { ...prices, firehoseIngest: { ...prices.firehoseIngest, usd: ingestUsd } },
    });
  } else
    await print(
      { events, eventBytes, packed, single, measured: sample.scale === 1 },
      ingestUsd,
      flags,
      terminal,
    );
  if (packed.dollars > flags.warnAbove && flags.quiet !== true) {
    const { yellow } = coloursFor(terminal.stderr, terminal.env);
    terminal.stderr.write(
      `${yellow(`This run would cost about ${formatDollars(packed.dollars)}, more than ${formatDollars(flags.warnAbove)} (--warn-above).`)}\n`,
    );
  }
}

function wayOf(stats: ProducerStats, scale: number, ingestUsd: number, region: string): Way {
  const billedBytes = Math.round(stats.billedBytes * scale);
  const records = Math.round(stats.deliveredRecords * scale);
  const gigabytes = billedBytes / bytesPerGb;
  const ingestDollars = gigabytes * ingestUsd;
  const conversionDollars = gigabytes * prices.firehoseConversion.usd;
  const quota = regionQuota(region);
  const secondsAtQuota = Math.max(
    (stats.eventBytes * scale) / quota.bytesPerSec,
    records / quota.recordsPerSec,
    records / firehoseLimits.recordsPerBatch / quota.requestsPerSec,
  );
  return {
    records,
    billedBytes,
    ingestDollars,
    conversionDollars,
    dollars: ingestDollars + conversionDollars,
    secondsAtQuota,
  };
}

async function print(
  {
    events,
    eventBytes,
    packed,
    single,
    measured,
  }: { events: number; eventBytes: number; packed: Way; single: Way; measured: boolean },
  ingestUsd: number,
  flags: EstimateFlags,
  terminal: Terminal,
): Promise<void> {
  const { bold, dim } = coloursFor(terminal.stdout, terminal.env);
  const row = (name: string, way: Way): string[] => [
    name,
    formatCount(way.records),
    formatBytes(way.billedBytes),
    formatDollars(way.ingestDollars),
    formatDollars(way.conversionDollars),
    formatDollars(way.dollars),
    formatDuration(way.secondsAtQuota * 1000),
  ];
  const right = (title: string): { title: string; align: 'right' } => ({ title, align: 'right' });
  const table = formatTable(
    [
      { title: '' },
      right('records'),
      right('billed'),
      right('ingestion'),
      right('conversion'),
      right('together'),
      right('at least'),
    ],
    [row('packed', packed), row('one event a record', single)],
    dim,
  );
  const bytesPerEvent = events === 0 ? 0 : Math.round(eventBytes / events);
  await writeOut(
    terminal.stdout,
    `${bold(`${measured ? '' : 'About '}${plural(events, 'event')}, ${formatBytes(eventBytes)} (${bytesPerEvent} bytes each)`)} ${dim(measured ? '(all of them made and packed to find out)' : '(from a part that was made and packed)')}\n\n` +
      `${table}\n\n` +
      `Packing makes it ${bold(`${(single.dollars / packed.dollars).toFixed(1)} times`)} cheaper.\n` +
      dim(
        `${flags.region}: ingestion $${ingestUsd} and conversion $${prices.firehoseConversion.usd} a GB, each record rounded up to 5 KB; ` +
          `prices as of ${prices.firehoseIngest.asOf}, without S3, Athena and SQS.\n` +
          `"At least" is the time at the default quota of one delivery stream.\n`,
      ),
  );
}
