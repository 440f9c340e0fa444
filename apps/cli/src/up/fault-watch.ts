import type { FaultBand, FaultName } from '@store/page-protocol';
import type { RunLog } from './run-log.js';

/** Bands that are kept. */
const maxBands = 200;

const words: Readonly<Record<FaultName, readonly [on: string, off: string]>> = {
  throttle: ['Throttle on: half of all records are refused', 'Throttle off'],
  reset: ['Connections are cut, some after the data was taken', 'Connections are cut no more'],
  kill: ['Endpoint killed', 'Endpoint back'],
};

/** Notes when faults begin and end, as bands of the history and as lines of the log. */
export class FaultWatch {
  readonly #log: RunLog;
  #bands: FaultBand[] = [];
  /** A fault is over when what waited because of it is delivered; then the log says so. */
  #recovering: { readonly fault: FaultName; readonly text: string; readonly waiting: number } | undefined;

  constructor(log: RunLog) {
    this.#log = log;
  }

  get bands(): readonly FaultBand[] {
    return this.#bands;
  }

  /** Looks at the faults that are on; whoever switched them, or whatever broke, it is the same. */
  look(
    faults: readonly FaultName[],
    { pending, failed }: { pending: number; failed: number },
    now: number,
  ): void {
    const open = this.#bands.filter(({ to }) => to === undefined);
    for (const fault of faults) {
      if (open.some((band) => band.fault === fault)) continue;
      this.#bands = [...this.#bands.slice(1 - maxBands), { fault, from: now }];
      this.#log.add('bad', words[fault][0], now);
    }
    for (const band of open) {
      if (faults.includes(band.fault)) continue;
      this.#bands = this.#bands.map((one) => (one === band ? { ...one, to: now } : one));
      const after = band.fault === 'kill' ? ` after ${span(now - band.from)}` : '';
      this.#recovering = { fault: band.fault, text: `${words[band.fault][1]}${after}`, waiting: pending };
    }
    const done = this.#recovering;
    if (done === undefined || faults.length > 0 || pending > Math.min(done.waiting, 1000)) return;
    this.#recovering = undefined;
    const events = done.waiting.toLocaleString('en-US');
    const delivered = done.waiting > 0 ? `: ${events} waiting events delivered, ` : ': ';
    this.#log.add(failed > 0 ? 'bad' : 'good', `${done.text}${delivered}${failed} lost`, now);
  }
}

/** `6.2 s`, `41 s` or `3 min`. */
function span(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
