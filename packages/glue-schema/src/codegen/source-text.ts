/** How names and literals stand in generated TypeScript. */

const identifier = /^[A-Za-z_$][A-Za-z0-9_$]*$/;
// Names that every object inherits: read as own properties only.
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

/** A property key: `store_id`, or quoted where it is no identifier. */
export function key(name: string): string {
  return identifier.test(name) && name !== '__proto__' ? name : `[${JSON.stringify(name)}]`;
}

/** Reads a property: `event.store_id`. */
export function access(owner: string, name: string): string {
  if (inherited.has(name)) {
    const text = JSON.stringify(name);
    return `(Object.hasOwn(${owner}, ${text}) ? ${owner}[${text}] : undefined)`;
  }
  return identifier.test(name) ? `${owner}.${name}` : `${owner}[${JSON.stringify(name)}]`;
}

/** `InventoryEvent` as the start of a variable's name: `inventoryEvent`. */
export function camelCase(typeName: string): string {
  return typeName.charAt(0).toLowerCase() + typeName.slice(1);
}

/** A string literal in single quotes, as the formatter of most projects writes it. */
export function literal(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
