import { createWorld, dailyCsv } from '@store/generator';

// Two shops over 400 days stand in for the file that your own system exports.
const shops = createWorld({ seed: 11, stores: 2, products: 10, start: '2025-01-01', days: 400 });
for (const line of dailyCsv(shops.dailySeries())) process.stdout.write(line);
