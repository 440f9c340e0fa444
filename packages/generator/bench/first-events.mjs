// One fresh process: CPU time an event of the first 20,000 events of 10,000 series, from the import of the package on; of the
// same with Node's own start; and of 20,000 of the steady state. Reads the built package, as a user's process does; prints
// the three, nanoseconds.
const EVENTS = 20_000;
const way = process.argv[2] ?? 'ndjson';
const cpuNs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
};

const began = cpuNs();
const { createWorld } = await import(process.argv[3] ?? '@store/generator');
const world = createWorld({ stores: 100, products: 100, days: 400 });

function read(events) {
  let left = events;
  if (way === 'columns') {
    for (const batch of world.batches({ maxEvents: 1000, lend: true }))
      if ((left -= batch.length) <= 0) return;
  } else if (way === 'events') {
    for (const event of world.events()) if (event.sequence > 0 && --left <= 0) return;
  } else {
    for (const chunk of world.ndjson({ lend: true })) {
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) left--;
      if (left <= 0) return;
    }
  }
}

read(EVENTS);
const ended = cpuNs();
// Two million events later the code is compiled as it will stay.
read(2_000_000);
const costs = Array.from({ length: 9 }, () => {
  const from = cpuNs();
  read(10 * EVENTS);
  return (cpuNs() - from) / (10 * EVENTS);
}).sort((a, b) => a - b);
console.log(`${(ended - began) / EVENTS} ${ended / EVENTS} ${costs[4]}`);
