/** How names and literals are in generated TypeScript. */

const identifier = /^[A-Za-z_$][A-Za-z0-9_$]*$/;
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

/** True for names that every object inherits: they are read as own properties only. */
export function isInherited(name: string): boolean {
  return inherited.has(name);
}

/** A property key: `store_id`, or quoted where it is no identifier. */
export function key(name: string): string {
  return identifier.test(name) && name !== '__proto__' ? name : `[${JSON.stringify(name)}]`;
}

/** A property that is there: `event.store_id`, whatever the object's class may have under the name. */
export function property(owner: string, name: string): string {
  return key(name).startsWith('[') ? `${owner}${key(name)}` : `${owner}.${name}`;
}

/** Reads a property: `event.store_id`. */
export function access(owner: string, name: string): string {
  const read = property(owner, name);
  return isInherited(name) ? `(Object.hasOwn(${owner}, '${name}') ? ${read} : undefined)` : read;
}

/** `InventoryEvent` as the start of a variable's name: `inventoryEvent`. */
export function camelCase(typeName: string): string {
  return typeName.charAt(0).toLowerCase() + typeName.slice(1);
}

/** A string literal in single quotes, as the formatter of most projects writes it. */
export function literal(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** The import of what generated code calls; type names come with `type` before them. */
export function importText(names: ReadonlySet<string>): string {
  const bare = (name: string): string => name.replace('type ', '');
  const sorted = [...names].sort((a, b) => (bare(a) < bare(b) ? -1 : 1));
  return `import {\n${sorted.map((name) => `  ${name},`).join('\n')}\n} from '@store/glue-schema/runtime';`;
}

/** A property's documentation comment of these sentences, in as many lines as it takes; no text can end it early. */
export function docText(sentences: readonly (string | undefined)[]): string {
  const words = sentences
    .join(' ')
    .replaceAll('*/', '*\\/')
    .split(/\s+/u)
    .filter((word) => word !== '');
  const lines = [''];
  for (const word of words) {
    const longer = `${lines.at(-1) ?? ''} ${word}`;
    if (longer.length > 112) lines.push(` ${word}`);
    else lines[lines.length - 1] = longer;
  }
  const [only] = lines;
  if (lines.length === 1) return `  /**${only ?? ''} */`;
  return ['  /**', ...lines.map((line) => `   *${line}`), '   */'].join('\n');
}

/** An `@example` in a documentation comment; nothing where the package has no name. */
export function exampleText(
  packageName: string | undefined,
  names: readonly string[],
  lines: readonly string[],
): string {
  if (packageName === undefined) return '';
  const head = `import { ${names.join(', ')} } from ${literal(packageName)};`;
  const code = ['@example', '```ts', head, '', ...lines, '```'];
  return ['', '', ...code]
    .map((line) => (line === '' ? ' *' : ` * ${line}`))
    .join('\n')
    .slice(2);
}
