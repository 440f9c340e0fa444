import { createWorld } from '@store/generator';
import { calibrate } from '@store/generator/calibrate';

// A history as a till exports it; here a world stands in for it. Rows of your own have the same names.
const shops = createWorld({ seed: 7, stores: 3, products: 20, start: '2024-01-01', days: 400 });
const { world, report } = calibrate(shops.dailySeries());

const [first] = world.demand?.series ?? [];
console.log(`${report.series} series; ${first?.product_id} in ${first?.store_id} sells ${first?.mean} a day`);
console.log('Saturdays', world.calendar?.weekdays?.[5], 'elasticity', world.demand?.elasticity);
console.log('held-out days at or below the 90 % quantile:', report.coverage['0.9']);
console.log(report.warnings[0]);

// The file is spread into the options, as every world file is.
const again = createWorld({ ...world, seed: 8, start: '2025-03-01', days: 30 });
again.seek(new Date(again.endMs));
console.log(again.truth().totals().sold, 'units sold in the next month');
