/** An element of a document that was read: its text, and the elements in it in their order. */
export interface ReadElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly ReadElement[];
}

/** Elements within each other; S3's requests have three. */
const DEEPEST = 16;
/** Elements of one document; the longest of S3's requests, 10,000 parts with all that may be said of each, has 80,002. */
const MOST_ELEMENTS = 100_000;

const TOKEN =
  /<\?[^>]*\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\/\s*([^\s>]+)\s*>|<([^\s!?/>]+)((?:\s+[^\s=<>]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

interface Open {
  readonly name: string;
  text: string;
  readonly children: ReadElement[];
}

/**
 * Reads a document of elements and text, the XML that AWS's clients send; `undefined` where it is none. Attributes and
 * prefixes of names do not count. A document type is refused: nothing is expanded, and nothing fetched.
 */
export function readXml(source: string): ReadElement | undefined {
  const top: Open = { name: '', text: '', children: [] };
  const open: Open[] = [top];
  TOKEN.lastIndex = 0;
  const document = source.replace(/^\uFEFF/, '');
  let at = 0;
  let elements = 0;
  while (at < document.length) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(document);
    if (found === null) return undefined;
    at = TOKEN.lastIndex;
    const [, data, closes, opens, , empty, text] = found;
    const inner = open.at(-1) ?? top;
    if (data !== undefined) inner.text += data;
    else if (text !== undefined) {
      const plain = unescaped(text);
      if (plain === undefined) return undefined;
      inner.text += plain;
    } else if (opens !== undefined) {
      elements += 1;
      if (open.length > DEEPEST || elements > MOST_ELEMENTS) return undefined;
      const element: Open = { name: localName(opens), text: '', children: [] };
      inner.children.push(element);
      if (empty !== '/') open.push(element);
    } else if (closes !== undefined) {
      if (open.length === 1 || inner.name !== localName(closes)) return undefined;
      open.pop();
    }
  }
  const [root, ...more] = top.children;
  return open.length === 1 && more.length === 0 && top.text.trim() === '' ? root : undefined;
}

/** The text of the first element of that name in another. */
export function childText(element: ReadElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function unescaped(text: string): string | undefined {
  if (!text.includes('&')) return text;
  const pieces: string[] = [];
  for (const piece of text.split(/(&[^;&]*;?)/)) {
    const plain = piece.startsWith('&') ? entity(piece) : piece;
    if (plain === undefined) return undefined;
    pieces.push(plain);
  }
  return pieces.join('');
}

function entity(text: string): string | undefined {
  const [, hex, decimal, name = ''] = /^&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));$/.exec(text) ?? [];
  if (hex === undefined && decimal === undefined) return ENTITIES.get(name);
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
