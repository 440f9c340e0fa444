import { notSupported } from './athena-error.js';
import { jsonPath } from './patterns.js';
import { regexpRewrite } from './rewrite-regexp.js';
import {
  asTyped,
  callOf,
  constantOf,
  nodesOf,
  numberNode,
  type SqlNode,
  textNode,
  type FunctionRewrite,
} from './sql-ast.js';

const text = (value: string): SqlNode => asTyped(textNode(value), 'VARCHAR');

const jsonTargets: Readonly<Record<string, string>> = {
  json_extract: 'trino_json_extract',
  json_extract_scalar: 'trino_json_scalar',
  json_size: 'trino_json_size',
  json_value: 'trino_json_value',
  json_query: 'trino_json_query',
  json_exists: 'trino_json_exists',
};

const urlParts: Readonly<Record<string, number>> = { protocol: 1, host: 2, path: 4, query: 5, fragment: 6 };

/** Specifiers of Java's that `format` reads: flags, width, precision, conversion. */
const specifier = /%(?:(%)|(?:([0-9]+)\$)?(-?0?,?|,?0?)([0-9]*)(?:\.([0-9]+))?([sdfxX]))/g;

const format: FunctionRewrite = (call, _name, children) => {
  const written = constantOf(nodesOf(call.children)[0]);
  if (typeof written !== 'string') throw notSupported('format with a format that is no plain text');
  let next = 1;
  let end = 0;
  const pieces: unknown[] = [];
  for (const found of written.matchAll(specifier)) {
    const [whole, percent, place, flags = '', width = '', precision, conversion = ''] = found;
    pieces.push(text(written.slice(end, found.index)));
    end = found.index + whole.length;
    if (percent !== undefined) {
      pieces.push(text('%'));
      continue;
    }
    const value = children[place === undefined ? next : Number(place)];
    if (place === undefined) next += 1;
    if (value === undefined) throw notSupported('format with fewer values than its format names');
    pieces.push(formatted(value, flags, width, precision, conversion));
  }
  const rest = written.slice(end);
  if (rest.includes('%') || written.slice(0, end).replaceAll(specifier, '').includes('%'))
    throw notSupported(`format with "${written}"; served are %s, %d, %f and %x`);
  pieces.push(text(rest));
  return callOf('concat', pieces, call);
};

function formatted(
  value: unknown,
  flags: string,
  width: string,
  precision: string | undefined,
  conversion: string,
): SqlNode {
  const comma = flags.includes(',') ? ',' : '';
  const fill = flags.includes('0') ? '0' : '';
  const align = flags.includes('-') ? '<' : fill === '' ? '>' : '';
  const size = width === '' ? '' : `${align}${fill}${width}`;
  if (conversion === 's') {
    if (precision !== undefined || comma !== '') throw notSupported('format with flags at %s');
    return callOf('format', [
      text(`{:${width === '' ? '' : `${align}${width}`}}`),
      coalesced(callOf('trino_format_text', [value])),
    ]);
  }
  if (conversion === 'f') {
    const digits = Number(precision ?? 6);
    return coalesced(
      callOf('format', [
        text(`{:${size}${comma}.${digits}f}`),
        callOf('round', [callOf('trino_to_double', [value]), numberNode(digits)]),
      ]),
    );
  }
  return coalesced(
    callOf('format', [text(`{:${size}${comma}${conversion}}`), callOf('trino_whole', [value])]),
  );
}

/** Java writes the word for NULL. */
const coalesced = (value: SqlNode): SqlNode => ({
  class: 'OPERATOR',
  type: 'OPERATOR_COALESCE',
  alias: '',
  query_location: 0,
  children: [value, text('null')],
});

/** Functions of text whose pattern, path or number of arguments decides what stands for them. */
export const textRewrites: Readonly<Record<string, FunctionRewrite>> = {
  '@regexp': regexpRewrite,
  '@json_path': (call, name, children) => {
    const path = constantOf(nodesOf(call.children)[1]);
    if (typeof path !== 'string') throw notSupported(`${name} with a path that is no plain text`);
    const standard = ['json_value', 'json_query', 'json_exists'].includes(name);
    const { path: found, named, indexed } = jsonPath(path, standard);
    const list = (paths: readonly string[]): SqlNode => callOf('list_value', paths.map(text));
    const subject = standard
      ? callOf('trino_json_lax', [children[0], list(named), list(indexed)])
      : children[0];
    return callOf(jsonTargets[name] ?? name, [subject, text(found)], call);
  },
  '@url': (call, name, children) =>
    callOf(
      ['protocol', 'host'].includes(name.slice('url_extract_'.length)) ? 'trino_url_part' : 'trino_url_text',
      [children[0], numberNode(urlParts[name.slice('url_extract_'.length)] ?? 0)],
      call,
    ),
  '@split': (call, _name, children) =>
    callOf(children.length === 2 ? 'trino_split' : 'trino_split_limit', children, call),
  '@pad': (call, name, children) =>
    callOf(
      name,
      [children[0], { ...callOf('trino_pad', children), alias: '' }, children[2]].map((child, at) =>
        at === 1 ? callOf('trino_to_integer', [child]) : child,
      ),
      call,
    ),
  '@concat_ws': (call, _name, [separator, ...values]) => {
    if (values.length === 0) throw notSupported('concat_ws without values');
    if (values.length === 1) return callOf('trino_concat_ws_one', [...values, separator, ...values], call);
    return callOf('trino_concat_ws', [separator, callOf('list_value', values)], call);
  },
  '@format': format,
};
