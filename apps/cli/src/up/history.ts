import type { HistoryColumns, HistoryMessage, SampleMessage } from '@store/page-protocol';

const series = [
  'at',
  'made',
  'landed',
  'freshMs',
  'waiting',
  'lost',
] as const satisfies readonly (keyof HistoryColumns)[];

/** An hour by the second and a day by the minute. */
const kept = { seconds: 3600, minutes: 1440 };

/**
 * What the series were: one sample a second, and of each minute the mean of the rates and the worst of the rest.
 * On the wire it is below 200 KB when full.
 */
export class History {
  #seconds: SampleMessage[] = [];
  #minutes: SampleMessage[] = [];
  #minute: SampleMessage[] = [];

  add(sample: SampleMessage): void {
    this.#seconds.push(sample);
    if (this.#seconds.length > kept.seconds) this.#seconds.shift();
    const first = this.#minute[0];
    if (first !== undefined && Math.floor(first.at / 60) !== Math.floor(sample.at / 60)) {
      this.#minutes.push(minuteOf(this.#minute));
      if (this.#minutes.length > kept.minutes) this.#minutes.shift();
      this.#minute = [];
    }
    this.#minute.push(sample);
  }

  message(): HistoryMessage {
    return { seconds: columns(this.#seconds), minutes: columns(this.#minutes) };
  }
}

function minuteOf(samples: readonly SampleMessage[]): SampleMessage {
  const all = (name: keyof SampleMessage): number[] => samples.map((sample) => sample[name]);
  const mean = (name: keyof SampleMessage): number =>
    Math.round(all(name).reduce((sum, value) => sum + value, 0) / samples.length);
  return {
    at: Math.floor((samples[0]?.at ?? 0) / 60) * 60,
    made: mean('made'),
    landed: mean('landed'),
    freshMs: Math.max(...all('freshMs')),
    waiting: Math.max(...all('waiting')),
    lost: Math.max(...all('lost')),
  };
}

function columns(samples: readonly SampleMessage[]): HistoryColumns {
  const of = (name: keyof SampleMessage): number[] => samples.map((sample) => sample[name]);
  return Object.fromEntries(series.map((name) => [name, of(name)])) as unknown as HistoryColumns;
}
