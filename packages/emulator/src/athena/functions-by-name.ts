import { trinoFunctions, type TrinoFunction } from './function-table.js';

const byName: ReadonlyMap<string, TrinoFunction> = new Map(
  trinoFunctions.map((entry) => [entry.name, entry]),
);

/** The entry of a function; `undefined` where Trino does not know it, or the table does not. */
export function functionCalled(name: string): TrinoFunction | undefined {
  return byName.get(name);
}
