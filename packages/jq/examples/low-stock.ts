import { compileJq, JqError } from '@store/jq';

const shelf = compileJq('select(.on_hand < .reorder_point) | {store: .store.id, hour: .at[11:13], sku}');

const lines = [
  '{"store":{"id":"S-1"},"sku":"A7","on_hand":3,"reorder_point":10,"at":"2026-11-23T09:12:00Z"}',
  '{"store":{"id":"S-2"},"sku":"A7","on_hand":80,"reorder_point":10,"at":"2026-11-23T09:13:00Z"}',
];
for (const line of lines) {
  for (const output of shelf(JSON.parse(line))) console.log(output);
}

for (const program of ['.a |= 1', 'if .a then 1 end']) {
  try {
    compileJq(program);
  } catch (error) {
    if (error instanceof JqError) console.log(error.code, error.message);
  }
}
