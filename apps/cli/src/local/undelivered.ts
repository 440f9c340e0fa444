import type { UndeliveredRecords } from '@store/emulator';
import { formatCount } from '../output/format.js';

/** Says what the endpoint could not deliver, and why; `undefined` where nothing is left. */
export function undeliveredText(left: readonly UndeliveredRecords[]): string | undefined {
  if (left.length === 0) return undefined;
  const streams = left.map(({ deliveryStreamName, records, reasons }) => {
    const why = reasons.length === 0 ? '' : `: ${reasons.join(' ')}`;
    return `${formatCount(records)} records of ${deliveryStreamName}${why}`;
  });
  return `Not delivered yet, and kept for the next start: ${streams.join('; ')}.`;
}
