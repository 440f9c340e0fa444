/** An XML element's content: text, elements, or a list of the same element. */
export type XmlValue = string | number | boolean | XmlElement | readonly (string | XmlElement)[];

/** Elements by name; `undefined` leaves one out. */
export interface XmlElement {
  readonly [name: string]: XmlValue | undefined;
}

/** Writes a document with one root element. */
export function xmlDocument(root: string, content: XmlElement, namespace?: string): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${namespace}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${elements(content)}</${root}>`;
}

function elements(content: XmlElement): string {
  return Object.entries(content)
    .map(([name, value]) => (value === undefined ? '' : element(name, value)))
    .join('');
}

function element(name: string, value: XmlValue): string {
  if (isList(value)) return value.map((item) => element(name, item)).join('');
  const inner = typeof value === 'object' ? elements(value) : escape(String(value));
  return inner === '' ? `<${name}/>` : `<${name}>${inner}</${name}>`;
}

function isList(value: XmlValue): value is readonly (string | XmlElement)[] {
  return Array.isArray(value);
}

function escape(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // Beyond XML 1.0, as S3 itself writes them.
      // eslint-disable-next-line no-control-regex -- control characters are what is meant
      .replaceAll(/[\u0000-\u001f\u007f\ufffe\uffff]/g, (found) => `&#${found.charCodeAt(0)};`)
  );
}
