/** Medians of CPU nanoseconds an item, rounds interleaved so that a noisy moment hits every rival alike. */
export function measure(
  jobs: Readonly<Record<string, () => unknown>>,
  items: number,
  rounds = 21,
): ReadonlyMap<string, number> {
  const times = new Map(Object.keys(jobs).map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, job] of Object.entries(jobs)) {
      const before = process.cpuUsage();
      job();
      const used = process.cpuUsage(before);
      times.get(name)?.push(((used.user + used.system) * 1000) / items);
    }
  }
  return new Map(
    Array.from(times, ([name, list]) => [
      name,
      list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN,
    ]),
  );
}

/** Prints a Markdown table: time of each, and how many times as fast the first is. */
export function printTable(title: string, times: ReadonlyMap<string, number>, base: string): void {
  const reference = times.get(base) ?? NaN;
  console.log(`\n| ${title} | ns CPU | speed, ${base} = 1 |\n| --- | ---: | ---: |`);
  for (const [name, time] of times)
    console.log(`| ${name} | ${time.toFixed(0)} | ${(reference / time).toFixed(2)} |`);
}
