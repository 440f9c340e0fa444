import { resolve } from 'node:path';
import { worldOf } from '../../inventory/world.js';
import type { GenerateFlags } from '../flags.js';
import { coloursFor } from '../../output/format.js';
import { writeJson, writeOut } from '../../output/write-out.js';
import { CliError } from '../../terminal/errors.js';
import { lineWidthOf, type Terminal } from '../../terminal/terminal.js';
import { createOutputFile } from '../../local/output-file.js';
import { liveliest, seriesNamed, sharesOf, stockHistories } from './stock-history.js';
import { stockDrawing } from './stock-drawing.js';
import { stockSvg } from './stock-svg.js';

/** Series that are drawn when none is named. */
const SHOWN = 3;
const WIDEST = 120;

/** Draws stock against reorder point: on standard output, and as SVG when `--plot` names a file. */
export async function runPlot(flags: GenerateFlags, terminal: Terminal): Promise<void> {
  const world = worldOf(flags);
  const named = (flags.series ?? []).map((name) => {
    const series = seriesNamed(world, name);
    if (typeof series === 'string') throw new CliError('USAGE', series);
    return series;
  });
  const wanted = named.length > 0 ? named : liveliest(world, SHOWN);
  const histories = stockHistories(worldOf(flags), wanted);
  const file = typeof flags.plot === 'string' ? resolve(terminal.cwd, flags.plot) : undefined;
  if (file !== undefined) {
    const output = await createOutputFile(file);
    try {
      await output.write(stockSvg(histories));
      await output.commit();
    } finally {
      await output.discard();
    }
  }
  if (flags.json === true) {
    await writeJson(terminal.stdout, {
      file: file ?? null,
      series: histories.map((history) => ({
        store_id: history.store.store_id,
        product_id: history.product.product_id,
        product_name: history.product.product_name,
        deliveries: history.deliveries.length,
        shareOfTimeLow: sharesOf(history).low,
        shareOfTimeEmpty: sharesOf(history).empty,
      })),
    });
    return;
  }
  if (flags.quiet === true) return;
  const colours = coloursFor(terminal.stdout, terminal.env);
  const width = Math.min(WIDEST, lineWidthOf(terminal.stdout) ?? 80);
  const drawings = histories.map((history) => stockDrawing(history, width, colours));
  const note = file === undefined ? '' : `\nThe picture is in ${String(flags.plot)}.\n`;
  await writeOut(terminal.stdout, `${drawings.join('\n')}${note}`);
}
