import type { FileHandle } from 'node:fs/promises';
import { xmlDocument, type XmlElement } from '../wire/xml.js';
import { NAMESPACE } from './s3-context.js';

/** What an action answers: the head of an HTTP answer, and its body as text or as a part of an open file. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body?: string | { readonly file: FileHandle; readonly start: number; readonly end: number };
}

/** An answer that is an XML document of one element. */
export function xmlAnswer(
  root: string,
  content: XmlElement,
  headers: Readonly<Record<string, string | number>> = {},
): RestAnswer {
  return textAnswer(xmlDocument(root, content, NAMESPACE), headers);
}

/** An answer that is the text of an XML document. */
export function textAnswer(
  text: string,
  headers: Readonly<Record<string, string | number>> = {},
): RestAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(text), ...headers },
    body: text,
  };
}

/** An answer of headers alone. */
export function emptyAnswer(
  status: number,
  headers: Readonly<Record<string, string | number>> = {},
): RestAnswer {
  return { status, headers };
}
