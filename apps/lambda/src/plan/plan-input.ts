import { HandlerError } from '../errors.js';

/** What an invocation of `plan` asks for. Everything may be left out. */
export interface PlanInput {
  /** The window's end is this instant: a schedule passes its time, so that a retry plans the same window. @defaultValue now */
  readonly at?: string;
  /** Start of the window. @defaultValue the configured hours before its end */
  readonly from?: string;
  /** Every open episode, however old: for the first run, and after a pause. @defaultValue false */
  readonly all?: boolean;
}

/** @throws HandlerError `INVALID_INPUT` */
export function readPlanInput(event: unknown): PlanInput {
  const input = isRecord(event) && 'detail-type' in event ? event.detail : event;
  if (input === undefined || input === null) return {};
  if (!isRecord(input)) throw invalid('the event', 'an object');
  for (const key of Object.keys(input)) {
    if (!['at', 'from', 'all'].includes(key)) throw invalid('the event', 'an object of at, from, all');
  }
  const { at, from, all } = input;
  if (all !== undefined && typeof all !== 'boolean') throw invalid('all', 'true or false');
  return {
    ...(at === undefined ? {} : { at: instant('at', at) }),
    ...(from === undefined ? {} : { from: instant('from', from) }),
    ...(all === undefined ? {} : { all }),
  };
}

function instant(name: string, value: unknown): string {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms)) throw invalid(name, 'an instant such as 2026-01-05T08:00:00Z');
  return new Date(ms).toISOString();
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (name: string, expected: string): HandlerError =>
  new HandlerError('INVALID_INPUT', `Expected \`${name}\` to be ${expected}.`);
