import { inertText } from '@store/foundation';
import { lineWidthOf, type Terminal } from '../terminal/terminal.js';
import { displayWidth } from './display-width.js';
import { coloursFor, formatCompact, formatDuration, sparkLine } from './format.js';
import { shortened } from './table.js';

/** A line at the bottom of a terminal that says how far the work is. In a pipe it is silent. */
export interface Progress {
  /** Begins a step; the step before it is closed with a tick. `total` gives a bar and an estimate of the end. */
  step(title: string, total?: number): void;
  /** How far the step is, and what else is worth saying: `4 MiB · 12 retries`. */
  update(done: number, note?: string): void;
  /** Closes the last step: with a tick, or with a cross after a failure. */
  end(outcome?: 'done' | 'failed'): void;
}

const redrawMs = 100;
const silent: Progress = { step: () => undefined, update: () => undefined, end: () => undefined };

/** Progress on standard error, if that is a terminal and nobody asked for quiet. */
export function createProgress(
  terminal: Terminal,
  { quiet = false }: { readonly quiet?: boolean } = {},
): Progress {
  const { stderr } = terminal;
  if (stderr.isTTY !== true || quiet || terminal.env.TERM === 'dumb') return silent;
  return new ProgressLine(terminal);
}

class ProgressLine implements Progress {
  readonly #terminal: Terminal;
  readonly #colours: ReturnType<typeof coloursFor>;
  #title: string | undefined;
  #total: number | undefined;
  #done = 0;
  #note = '';
  #startedAt = 0;
  #drawnAt = 0;
  #drawnDone = 0;
  #rates: number[] = [];

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#colours = coloursFor(terminal.stderr, terminal.env);
  }

  step(title: string, total?: number): void {
    this.end();
    this.#title = inertText(title);
    this.#total = total;
    this.#done = this.#drawnDone = 0;
    this.#note = '';
    this.#rates = [];
    this.#startedAt = this.#drawnAt = performance.now();
    this.#draw();
  }

  update(done: number, note = ''): void {
    this.#done = done;
    this.#note = inertText(note);
    const now = performance.now();
    const sinceMs = now - this.#drawnAt;
    if (sinceMs < redrawMs) return;
    this.#rates.push(((done - this.#drawnDone) / sinceMs) * 1000);
    if (this.#rates.length > 64) this.#rates.shift();
    this.#drawnAt = now;
    this.#drawnDone = done;
    this.#draw();
  }

  end(outcome: 'done' | 'failed' = 'done'): void {
    if (this.#title === undefined) return;
    const { green, red, dim } = this.#colours;
    const mark = outcome === 'done' ? green('✓') : red('✗');
    const count = this.#done > 0 ? ` ${formatCompact(this.#done)}` : '';
    const note = this.#note === '' ? '' : ` · ${this.#note}`;
    const elapsed = formatDuration(performance.now() - this.#startedAt);
    this.#write(`\r\u001b[2K${mark} ${this.#title}${dim(`${count} in ${elapsed}${note}`)}\n`);
    this.#title = undefined;
  }

  #draw(): void {
    const { cyan, dim } = this.#colours;
    const elapsedMs = performance.now() - this.#startedAt;
    const rate = elapsedMs > 0 ? (this.#done / elapsedMs) * 1000 : 0;
    const parts: string[] = [];
    if (this.#total !== undefined && this.#total > 0) {
      const share = Math.min(1, this.#done / this.#total);
      const filled = Math.round(share * 20);
      parts.push(`${'█'.repeat(filled)}${'░'.repeat(20 - filled)} ${Math.floor(share * 100)} %`);
      if (rate > 0 && share < 1)
        parts.push(`${formatDuration(((this.#total - this.#done) / rate) * 1000)} left`);
    }
    if (this.#done > 0)
      parts.push(`${formatCompact(this.#done)} · ${formatCompact(rate)}/s ${sparkLine(this.#rates)}`);
    if (this.#note !== '') parts.push(...this.#note.split(' · '));
    const width = (lineWidthOf(this.#terminal.stderr) ?? 80) - 1;
    const title = shortened(`  ${this.#title ?? ''} `, width);
    // A figure that is cut off reads as another one.
    let figures = '';
    for (const part of parts) {
      const longer = figures === '' ? part : `${figures} · ${part}`;
      if (displayWidth(title) + displayWidth(longer) > width) break;
      figures = longer;
    }
    this.#write(`\r\u001b[2K${cyan(title)}${dim(figures)}`);
  }

  #write(text: string): void {
    this.#terminal.stderr.write(text);
  }
}
