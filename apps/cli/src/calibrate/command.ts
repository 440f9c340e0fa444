import type { Command } from 'commander';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import { integer, pairs } from '../options/parse.js';
import type { Terminal } from '../terminal/terminal.js';
import type { CalibrateFlags } from './run-calibrate.js';
import { OutputOption } from '../options/named-paths.js';

/** Declares `store calibrate`. */
export function registerCalibrate(program: Command, terminal: Terminal): void {
  const command = program
    .command('calibrate')
    .description('Fit a world file to a sales history, with a report on days it was not fitted to')
    .argument(
      '<sales>',
      'CSV or Parquet, - reads it from standard input: store_id, product_id, date, units_sold [on_hand, in_stock, price, promotion]',
    )
    .addOption(new OutputOption('-o, --output <file>', 'world file to write'))
    .option(
      '--column <name=header>',
      'a column that the file names otherwise, again for each: product_id=item_id; NAME= leaves one out',
      pairs,
    )
    .option('--store <id>', 'the store, where the file is of one and does not name it')
    .option('--date-format <format>', 'how the file writes days: dd.MM.yyyy (default: ISO 8601)')
    .option('--hold-out <days>', 'last days to keep from the reported fit (default: 28)', integer(0, 3650))
    .option('--world <file>', 'your stores and products: time zones, clusters, categories, holidays')
    .addOption(new OutputOption('--report <file>', 'write the report as a page with plots'))
    .action(async (sales: string, flags: CalibrateFlags) => {
      const { runCalibrate } = await import('./run-calibrate.js');
      await runCalibrate(sales, flags, terminal);
    });
  addCommonOptions(command);
  addExamples(command, terminal, [
    ['store calibrate sales.csv -o world.json', 'fit, and write a world file'],
    ['store calibrate sales.csv -o world.json --report fit.html', 'look at the fit'],
    [
      'store calibrate sold.csv -o world.json --column units_sold=qty --store main --date-format M/d/yyyy',
      'columns and days as your export writes them',
    ],
    ['store generate --world world.json --days 30', 'a month of events that sell as the history did'],
  ]);
}
