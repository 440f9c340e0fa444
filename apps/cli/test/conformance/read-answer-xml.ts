/** An element of an answer: its elements, or its text. */
export interface XmlNode {
  readonly name: string;
  readonly children: XmlNode[];
  text: string;
}

const tokens = /<\?[^>]*\?>|<(\/?)([\w.-]+)(?:\s[^>]*?)?(\/?)>|([^<]+)/gu;

/** Reads an XML document of elements and texts, which is all that SQS answers with, and gives its root. */
export function readAnswerXml(text: string): XmlNode {
  const above: XmlNode[] = [{ name: '', children: [], text: '' }];
  let end = 0;
  for (const match of text.matchAll(tokens)) {
    if (match.index !== end) break;
    end += match[0].length;
    const [, closing = '', name = '', empty = '', content = ''] = match;
    const parent = above.at(-1);
    if (content !== '') {
      if (parent !== undefined) parent.text += unescaped(content);
    } else if (closing !== '') {
      if (above.pop()?.name !== name) throw new Error(`</${name}> closes another element in ${text}`);
    } else if (name !== '') {
      const node: XmlNode = { name, children: [], text: '' };
      parent?.children.push(node);
      if (empty === '') above.push(node);
    }
  }
  const [outer, ...open] = above;
  const root = outer?.children[0];
  if (end !== text.length || open.length > 0 || root === undefined) throw new Error(`No XML: ${text}`);
  return root;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replaceAll(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/giu,
    (all: string, ...found: readonly string[]) => {
      const [hex, decimal, name] = found;
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return entities[name ?? ''] ?? all;
    },
  );
}
