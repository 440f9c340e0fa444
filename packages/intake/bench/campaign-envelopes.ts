// Is every byte of an envelope delivered, kept or returned? Envelopes of all kinds, nested, compressed, aggregated, with damaged
// bytes; exits 1 when a byte is nowhere.
//   npm run campaign -- intake/envelopes [envelopes, 10000] [seed]
import fc from 'fast-check';
import { accountFor, plans } from '../test/envelope-fuzz.js';

const numRuns = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 0x7fffffff));
let [envelopes, bytes, records, refused] = [0, 0, 0, 0];
const result = fc.check(
  fc.property(plans, (plan) => {
    const account = accountFor(plan);
    envelopes += 1;
    bytes += account.bytes;
    records += account.records;
    refused += account.refused;
    if (account.lost.length > 0) throw new Error(account.lost.join('\n'));
  }),
  { numRuns, seed },
);
console.log(
  `seed ${seed}: ${envelopes} envelopes, ${bytes} bytes: ${records} records, ${refused} parts kept raw,`,
);
console.log(
  result.failed ? `bytes lost: ${fc.defaultReportMessage(result) ?? ''}` : '0 bytes unaccounted for',
);
process.exitCode = result.failed ? 1 : 0;
