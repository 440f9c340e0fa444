import type { WorldFile } from '@store/generator';

/** Text of a world file: one line for each store, product, promotion and series, so that versions can be compared. */
export function worldText(world: WorldFile): string {
  return `${textOf(world, '')}\n`;
}

function textOf(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const isPlain = value.every((item) => typeof item !== 'object' || item === null);
    if (isPlain) return JSON.stringify(value);
    return `[\n${value.map((item) => inner + JSON.stringify(item)).join(',\n')}\n${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(
    ([key, one]) => `${inner}${JSON.stringify(key)}: ${textOf(one, inner)}`,
  );
  return parts.length === 0 ? '{}' : `{\n${parts.join(',\n')}\n${indent}}`;
}
