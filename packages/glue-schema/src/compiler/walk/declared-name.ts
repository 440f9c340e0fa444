import type { TypeView } from '../type-view.js';

const name = /^(?:[\p{L}_$][\p{L}\p{N}_$]*\.)*([\p{L}_$][\p{L}\p{N}_$]*)(?:<.*>)?$/su;

/** Words that name no declaration. */
const intrinsic: ReadonlySet<string> = new Set(
  'any bigint boolean false never null number object string symbol this true undefined unknown void'.split(
    ' ',
  ),
);

/**
 * Returns the names under which the type was declared: its interface, class or enum, or the alias that it was written
 * with. Every compiler prints them, and keeps an alias where `| undefined` joins it; none says it otherwise.
 */
export function declaredNames(view: TypeView): readonly string[] {
  return partsOf(view.text)
    .filter((part) => part !== 'undefined' && part !== 'null')
    .flatMap((part, _index, parts) => (parts.length === 1 ? (declaredName(part) ?? []) : []));
}

/** The name of a type that has no arguments: instances of a generic have one name and differ. */
export const onlyName = (view: TypeView): string | undefined =>
  view.isAnonymous === true || view.text.includes('<') ? undefined : declaredNames(view)[0];

/** The name that a printed type starts with, without its arguments. */
function declaredName(text: string): string | undefined {
  const found = name.exec(text)?.[1];
  return found === undefined || intrinsic.has(found) ? undefined : found;
}

/** The parts of a printed union, at its own level. */
function partsOf(text: string): readonly string[] {
  if (!text.includes(' | ')) return [text];
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if ('<({['.includes(char)) depth += 1;
    else if (')}]'.includes(char) || (char === '>' && text[at - 1] !== '=')) depth -= 1;
    else if (depth === 0 && text.startsWith(' | ', at)) {
      parts.push(text.slice(start, at));
      start = at + 3;
    }
  }
  return [...parts, text.slice(start)];
}
