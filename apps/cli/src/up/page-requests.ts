import type { ControlRequest, FaultName } from '@store/page-protocol';
import { CliError } from '../terminal/errors.js';

const faults: readonly FaultName[] = ['throttle', 'reset', 'kill'];

/** Reads a control request; everything that the page can send, and nothing else. */
export function parseControl(body: unknown): ControlRequest {
  const request = new Map(typeof body === 'object' && body !== null ? Object.entries(body) : []);
  const action: unknown = request.get('action');
  if (action === 'pause' || action === 'resume') return { action };
  const speed: unknown = request.get('speed');
  if (action === 'speed' && typeof speed === 'number' && speed > 0 && speed <= 1e6) return { action, speed };
  const at: unknown = request.get('at');
  if (action === 'seek' && typeof at === 'string' && !Number.isNaN(Date.parse(at))) return { action, at };
  const fault = faults.find((name) => name === request.get('fault'));
  const on: unknown = request.get('on');
  if (action === 'fault' && fault !== undefined && typeof on === 'boolean') return { action, fault, on };
  throw new CliError('Expected pause, resume, speed, seek or fault.', { code: 'BAD_REQUEST' });
}

/** Reads the statement of a query request. */
export function parseSql(body: unknown): string {
  if (
    typeof body === 'object' &&
    body !== null &&
    'sql' in body &&
    typeof body.sql === 'string' &&
    body.sql.trim() !== ''
  ) {
    return body.sql;
  }
  throw new CliError('Expected one SQL statement.', { code: 'BAD_REQUEST' });
}
