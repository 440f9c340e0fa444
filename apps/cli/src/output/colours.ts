import pc from 'picocolors';
import type { Output, Terminal } from '../terminal/terminal.js';

/** Functions that colour a text, or leave it alone. */
export type Colours = ReturnType<typeof pc.createColors>;

/** Colours for one output: on a terminal, unless NO_COLOR is set; elsewhere only by FORCE_COLOR. */
export function coloursFor(output: Output, env: Terminal['env']): Colours {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return pc.createColors(false);
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0') return pc.createColors(true);
  return pc.createColors(output.isTTY === true && env.TERM !== 'dumb');
}
