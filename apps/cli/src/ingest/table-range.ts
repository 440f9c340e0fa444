import { eventDayPartitioning, eventHourPartitioning } from '@store/schema';
import { clientOptions } from '../aws/client-options.js';
import { names } from '../inventory/names.js';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';

/** The hours that a table shows: those of its partition projection. What happened before is stored, and never seen. */
export interface TableRange {
  /** As the projection has it: `1990-01-01-00,NOW`; `any` for a table without one. */
  readonly text: string;
  /** First instant, as the events have it. */
  readonly from: string;
}

const any: TableRange = Object.freeze({ text: 'any', from: '' });

/**
 * Reads a range such as `1985-12-01-00,NOW`, or `any`. The end is not looked at: it is `NOW` as a rule, and an event that is
 * ahead of the clock is seen when its hour has come.
 */
export function parseTableRange(text: string): TableRange | undefined {
  if (text.trim().toLowerCase() === 'any') return any;
  const { day, hour = '00' } =
    /^\s*(?<day>\d{4}-\d{2}-\d{2})(?:-(?<hour>\d{2}))?\s*(?:,.*)?$/.exec(text)?.groups ?? {};
  const from = `${day ?? ''}T${hour}:00:00.000Z`;
  const time = Date.parse(from);
  if (Number.isNaN(time) || new Date(time).toISOString() !== from) return undefined;
  return { text: text.trim(), from };
}

/** Finds out what the table shows, once an event is outside of what tables show by default. */
export class TableRanges {
  readonly #terminal: Terminal;
  readonly #isDryRun: boolean;
  #range: TableRange;
  #isSure: boolean;

  /** @param setting - `--table-range`; undefined where the table is to be asked */
  constructor(setting: string | undefined, isDryRun: boolean, terminal: Terminal) {
    this.#terminal = terminal;
    this.#isDryRun = isDryRun;
    const [first, last] = eventHourPartitioning.projection.range;
    const range = parseTableRange(setting ?? `${first},${last}`);
    if (range === undefined)
      throw new CliError(
        'USAGE',
        `Expected --table-range to be such as ${first},${last} or any, got ${setting ?? ''}.`,
      );
    this.#range = range;
    this.#isSure = setting !== undefined;
  }

  /** True for an event that is in the range that tables have by default; the usual case costs a comparison. */
  isIn(eventTime: string): boolean {
    return eventTime >= this.#range.from;
  }

  /** The range of the table itself; to be asked for when an event is not in the usual one. */
  async ofTable(): Promise<TableRange> {
    if (this.#isSure) return this.#range;
    this.#isSure = true;
    if (!this.#isDryRun) this.#range = (await this.#ask()) ?? this.#range;
    return this.#range;
  }

  async #ask(): Promise<TableRange | undefined> {
    const { GetTableCommand, GlueClient } = await import('@aws-sdk/client-glue');
    const client = new GlueClient({ ...clientOptions('GLUE', this.#terminal.env), maxAttempts: 1 });
    try {
      const { Table } = await client.send(
        new GetTableCommand({ DatabaseName: names.database, Name: names.table }),
      );
      const parameters = Table?.Parameters ?? {};
      if (parameters['projection.enabled']?.toLowerCase() !== 'true') return any;
      const range = [eventHourPartitioning, eventDayPartitioning]
        .map(({ key }) => parameters[`projection.${key}.range`])
        .find((text) => text !== undefined);
      return range === undefined ? any : parseTableRange(range);
    } catch {
      // A producer needs no right to see the table; then what our stacks declare counts.
      return undefined;
    } finally {
      client.destroy();
    }
  }
}

/** What to do so that the table shows events since an instant. */
export function widening(eventTime: string): string {
  const first = `${eventTime.slice(0, 10)}-00`;
  const { key } = eventHourPartitioning;
  return `Let the table show them: ALTER TABLE ${names.database}.${names.table} SET TBLPROPERTIES ('projection.${key}.range'='${first},NOW') (of a deployed stack: \`cdk deploy -c firstHour=${first}\`), and run this with --table-range ${first},NOW. To send them unseen, --table-range any.`;
}
