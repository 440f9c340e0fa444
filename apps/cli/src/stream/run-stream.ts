import { systemClock } from '@store/foundation';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createInventoryProducer,
  billedNote,
  deliveryReport,
  producerNote,
  sendFirst,
  withAgain,
} from '../inventory/producer.js';
import { worldOf } from '../inventory/world.js';
import { coloursFor, formatCount, formatDuration, plural } from '../output/format.js';
import { createProgress } from '../output/progress.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { interruption } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { checkColumns } from './check-columns.js';
import { pace } from './pace-events.js';
import type { CommonFlags } from '../options/common-options.js';
import type { WorldFlags } from '../options/world-flags.js';

/** Flags of `store stream`. */
export interface StreamFlags extends CommonFlags, WorldFlags {
  readonly stream: string;
  readonly rate?: number;
  readonly speed?: number;
  readonly cursor?: string;
}

/** How long a stopped command continues delivering accepted events. */
const flushDeadlineMs = 10_000;

/** Runs `store stream`. */
export async function runStream(flags: StreamFlags, terminal: Terminal): Promise<void> {
  const { signal } = terminal;
  const world = worldOf(flags);
  const extra = world.extraColumns.map(({ name }) => name);
  await checkColumns(flags.stream, extra, flags.world ?? '', terminal);
  const producer = createInventoryProducer(flags, terminal);
  const progress = createProgress(terminal, flags);
  const startedAt = performance.now();
  let generated = 0;
  progress.step(`Sending to ${flags.stream}`);
  try {
    for await (const events of pace(world.events(), { ...flags, signal, clock: systemClock })) {
      for (const event of events) {
        generated++;
        if (!producer.put(event)) await producer.drained();
        if (generated === 1) await sendFirst(producer);
      }
      progress.update(generated, producerNote(producer.stats()));
      // Answers and timers want their turn, however fast events are made.
      await delay(0);
    }
    await producer.close(signal.aborted ? { deadlineMs: flushDeadlineMs } : {});
    progress.update(generated, producerNote(producer.stats()));
    progress.end(signal.aborted ? 'failed' : 'done');
  } catch (error) {
    progress.end('failed');
    await producer.abort();
    const stats = producer.stats();
    if (stats.pending > 0 && generated > 1 && flags.quiet !== true) {
      terminal.stderr.write(`${deliveryReport(stats)}\n`);
    }
    throw withAgain(
      error,
      'Then run it again with the same options: it sends its days from the beginning, under the same event_id.',
    );
  }
  const stats = producer.stats();
  const seconds = (performance.now() - startedAt) / 1000;
  if (flags.json === true) {
    await writeJson(terminal.stdout, {
      stream: flags.stream,
      eventsGenerated: generated,
      eventsAccepted: stats.delivered,
      eventsFailed: stats.failed,
      eventsPending: stats.pending,
      retries: stats.retriedRecords,
      ambiguous: stats.ambiguous,
      eventBytes: stats.eventBytes,
      billedBytes: stats.billedBytes,
      seconds,
      eventsPerSecond: stats.delivered / seconds,
    });
  } else if (flags.quiet !== true && !signal.aborted) {
    const { bold, dim } = coloursFor(terminal.stdout, terminal.env);
    await writeOut(
      terminal.stdout,
      `${bold(plural(stats.delivered, 'event'))} sent to ${flags.stream} in ${formatDuration(seconds * 1000)} (${formatCount(Math.round(stats.delivered / seconds))} events/s)\n${dim(billedNote(stats))}\n`,
    );
  }
  if (signal.aborted) throw interruption(signal, deliveryReport(stats));
}
