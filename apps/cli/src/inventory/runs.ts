import type { QueryView } from '@store/emulator';
import type { NamedQueryMessage } from '@store/page-protocol';
import { eventDayPartitioning, eventHourPartitioning, type EventPartitioning } from '@store/schema';
import type { KeyProjection, TableSchema } from '@store/glue-schema';
import { CliError } from '../terminal/errors.js';
import { names } from './names.js';

/**
 * A lake that holds several runs, as `store up` makes one: each time its world is moved, another run begins. The table of
 * the events has every run, in partitions of their own; the name of the table elsewhere, `inventory_events`, is a view
 * of one run.
 */
export const runNames: {
  /** The events of all runs. */
  readonly allEvents: string;
  /** A row for each run. */
  readonly runs: string;
  /** Key of the partitions. */
  readonly key: string;
} = Object.freeze({ allEvents: 'inventory_events_all', runs: 'runs', key: 'run' });

/** Greatest number of a run: what is beyond it no query would see. */
export const mostRuns = 9999;

/** The run of events that say of none, as those of other producers and records of one's own: they are in every run's view. */
export const noRun = 0;

/** The key of a run's partitions. On AWS, a query over all runs lists each of them for each hour. */
export const runKey: { readonly name: string; readonly type: 'int'; readonly comment: string } =
  Object.freeze({
    name: runNames.key,
    type: 'int',
    comment: `Number of the run that told the event, from 1; ${noRun} where none did.`,
  });

/** Athena's projection of {@link runKey}. */
export const runProjection: KeyProjection = { type: 'integer', range: [noRun, mostRuns] };

/** Firehose keeps at most this many partitions open in a buffer (Amazon Data Firehose quota, 2026). */
export const maxActivePartitions = 500;
/** How much of them the hours of one buffer may take: a partition stays open until its object is written. */
const activeShare = 0.75;

/**
 * By the hour of the event and, within it, by run: the last key, so that a reader of the table before it continues. A
 * world that plays more hours within a buffer than Firehose keeps partitions open is laid out by the day.
 *
 * @param speed - times real time
 * @param bufferSeconds - how long the delivery stream buffers
 */
export function runPartitioning(speed: number, bufferSeconds: number): EventPartitioning {
  const hours = (speed * bufferSeconds) / 3600;
  const { query, prefix, ...layout } =
    hours <= maxActivePartitions * activeShare ? eventHourPartitioning : eventDayPartitioning;
  const { key } = runNames;
  const isRun = `type == "number" and . >= ${noRun} and . <= ${mostRuns} and floor == .`;
  const run = `(.${key} // ${noRun}|if ${isRun} then . else error("${key} is no number of a run") end)`;
  return {
    ...layout,
    query: query.replace(/\}$/, `,${key}:${run}}`),
    prefix: `${prefix}${key}=!{partitionKeyFromQuery:${key}}/`,
  };
}

/** The partition of an event's time, such as `2026-01-06-14`, or `2026-01-06` where days are the layout. */
export function partitionOf(eventTime: string, { key }: Pick<EventPartitioning, 'key'>): string {
  const day = eventTime.slice(0, 10);
  return key === 'date' ? day : `${day}-${eventTime.slice(11, 13)}`;
}

/** The events of one run and those of none, as a SELECT that is the same to Athena and DuckDB. */
export const eventsOfRun = (run: number): string =>
  `select * from ${names.database}.${runNames.allEvents} where ${runNames.key} in (${noRun}, ${run})`;

/** What `inventory_events` is to a statement of the page that names it: one run. */
export function viewOfRun(sql: string, run: number): readonly QueryView[] {
  if (!sql.toLowerCase().includes(names.table)) return [];
  return [{ schema: names.database, name: names.table, select: eventsOfRun(run) }];
}

/** What the runs were, and how much the lake holds of each, for the page's SQL view. */
export const runsQuery: NamedQueryMessage = {
  name: 'runs',
  title: 'The runs: what began each, and how much the lake holds of it',
  sql: `select runs.run, runs.reason, runs.began_at, runs.ended_at, runs.world_time, runs.speed, runs.faults,
  count(distinct events.event_id) as events, max(events.event_time) as last_event
from ${runNames.runs} as runs
left join ${runNames.allEvents} as events on events.run = runs.run
group by runs.run, runs.reason, runs.began_at, runs.ended_at, runs.world_time, runs.speed, runs.faults
order by runs.run`,
};

/** Refuses a world whose events have a column that runs need. @throws CliError `USAGE` */
export function checkNoRunColumn(schema: TableSchema): void {
  if (!schema.columns.some(({ name }) => name === runNames.key)) return;
  throw new CliError('USAGE', 'The world file has an extra column `run`, which `store up` fills itself.', {
    fix: 'Give the column another name.',
  });
}
