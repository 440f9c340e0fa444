import { type GlueType, parseGlueType, toDuckDbType } from '@store/glue-schema';
import { jsonValue } from './json-value.js';
import { sqlFiles, sqlName, sqlText } from './sql-quoting.js';
import type { CatalogTable } from './table-catalog.js';

/** Longest line of JSON that is read. */
const MOST_LINE_BYTES = 16 * 1024 * 1024;
/** Longest line of CSV or delimited text that is read; the reader takes memory for twice as much. */
const MOST_TEXT_BYTES = 2 * 1024 * 1024;
/** The delimiter of a file that is read as whole lines: four control characters that no text has in a row. */
const NO_DELIMITER = '\u001e\u001c\u001f\u001d';
/** Stands for NULL in a file that has none. */
const NO_NULL = '\u001e\u001c';

/** The rows of files of CSV, of delimited text or of JSON lines, as a SELECT of the table's columns by their types. */
export function textRows(
  kind: 'json' | 'csv' | 'delimited',
  table: CatalogTable,
  paths: readonly string[],
  fileColumn: string | undefined,
): string {
  const file = fileColumn === undefined ? [] : [sqlName(fileColumn)];
  const named = fileColumn === undefined ? '' : `, filename = ${sqlText(fileColumn)}`;
  const rows = (values: readonly string[], from: string): string => {
    const columns = table.columns.map(({ Name }, at) => `${values[at] ?? 'NULL'} AS ${sqlName(Name)}`);
    return `SELECT ${[...columns, ...file].join(', ')} FROM ${from}`;
  };
  const types = table.columns.map(({ Type }) => parseGlueType(Type));
  const setting = table.serde?.parameters ?? {};
  if (kind === 'json') {
    const ignores =
      setting['ignore.malformed.json']?.toLowerCase() === 'true' ? ', ignore_errors = true' : '';
    return rows(
      table.columns.map(({ Name }, at) =>
        jsonValue('json', setting[`mapping.${Name}`] ?? Name, types[at] ?? { kind: 'string' }),
      ),
      `read_json_objects(${sqlFiles(paths)}, format = 'newline_delimited', maximum_object_size = ${MOST_LINE_BYTES}${ignores}${named})`,
    );
  }
  const skip = Number(table.parameters['skip.header.line.count'] ?? 0);
  const options = `auto_detect = false, header = false, strict_mode = false, null_padding = true, parallel = false, max_line_size = ${MOST_TEXT_BYTES}, buffer_size = ${2 * MOST_TEXT_BYTES}, skip = ${Number.isSafeInteger(skip) && skip > 0 ? skip : 0}${named}`;
  if (kind === 'csv') {
    const quote = setting.quoteChar ?? '"';
    const names = types.map((_, at) => `c${at}`);
    const texts = [
      `delim = ${sqlText(setting.separatorChar ?? ',')}`,
      `quote = ${sqlText(quote)}`,
      `escape = ${sqlText(setting.escapeChar ?? '\\')}`,
      `nullstr = ${sqlText(NO_NULL)}`,
      `columns = {${names.map((name) => `${name}: 'VARCHAR'`).join(', ')}}`,
    ];
    return rows(
      types.map((type, at) =>
        csvValue(`replace(c${at}, ${sqlText(quote + quote)}, ${sqlText(quote)})`, at, type),
      ),
      `read_csv(${sqlFiles(paths)}, ${options}, ${texts.join(', ')})`,
    );
  }
  const fields = split("coalesce(line, '')", separator(setting['field.delim'], '\u0001'), escapeOf(setting));
  const texts = `delim = ${sqlText(NO_DELIMITER)}, quote = '', escape = '', columns = {line: 'VARCHAR'}`;
  return rows(
    types.map((type, at) => delimitedValue(`fields[${at + 1}]`, type, setting)),
    `(SELECT * EXCLUDE (line), ${fields} AS fields FROM read_csv(${sqlFiles(paths)}, ${options}, ${texts}))`,
  );
}

/** A field of CSV as its column's type; text stays as it is, and an empty field of another type is NULL. */
function csvValue(text: string, at: number, type: GlueType): string {
  const to = toDuckDbType(type);
  if (to === 'VARCHAR') return text;
  const given = `nullif(trim(${text}), '')`;
  const cast = valueOf(given, type);
  return `CASE WHEN ${given} IS NOT NULL AND ${cast} IS NULL THEN CAST(error('HIVE_BAD_DATA: Error parsing field value ''' || ${given} || ''' for field ${at}') AS ${to}) ELSE ${cast} END`;
}

/** OpenCSVSerde reads dates and timestamps as numbers: days, and milliseconds, since 1970. */
function valueOf(text: string, type: GlueType): string {
  if (type.kind === 'date') return `CAST(DATE '1970-01-01' + TRY_CAST(${text} AS INTEGER) AS DATE)`;
  if (type.kind === 'timestamp')
    return `CAST(make_timestamp(TRY_CAST(${text} AS BIGINT) * 1000) AS TIMESTAMP)`;
  return plainValue(text, type);
}

/** A text as a value of its type; NULL where it does not fit. */
function plainValue(text: string, type: GlueType): string {
  const to = toDuckDbType(type);
  switch (type.kind) {
    case 'boolean':
      return `CASE lower(${text}) WHEN 'true' THEN true WHEN 'false' THEN false END`;
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      return `CASE WHEN regexp_full_match(${text}, '[+-]?[0-9]+') THEN TRY_CAST(${text} AS ${to}) END`;
    case 'binary':
      return `TRY(from_base64(${text}))`;
    default:
      return `TRY_CAST(${text} AS ${to})`;
  }
}

function delimitedValue(field: string, type: GlueType, setting: Readonly<Record<string, string>>): string {
  const none = setting['serialization.null.format'] ?? '\\N';
  const given = `nullif(${field}, ${sqlText(none)})`;
  const escape = escapeOf(setting);
  const inner = (part: string, of: GlueType): string =>
    toDuckDbType(of) === 'VARCHAR' ? unescaped(part, escape) : plainValue(part, of);
  if (type.kind !== 'array' && type.kind !== 'map' && type.kind !== 'struct') return inner(given, type);
  const delimiter = separator(setting['colelction.delim'] ?? setting['collection.delim'], '\u0002');
  const items = split(`nullif(${given}, '')`, delimiter, escape);
  if (type.kind === 'array') return `list_transform(${items}, lambda item: ${inner('item', type.element)})`;
  if (type.kind === 'struct') {
    const fields = type.fields.map(
      ({ name, type: of }, at) => `${sqlName(name)} := ${inner(`${items}[${at + 1}]`, of)}`,
    );
    return `CASE WHEN ${given} IS NOT NULL THEN struct_pack(${fields.join(', ')}) END`;
  }
  const pair = split('item', separator(setting['mapkey.delim'], '\u0003'), escape);
  return `map_from_entries(list_transform(${items}, lambda item: struct_pack(k := ${inner(`${pair}[1]`, type.key)}, v := ${inner(`${pair}[2]`, type.value)})))`;
}

/** The parts of a text between its delimiters; one behind the escape character is a part of the text. */
function split(text: string, delimiter: string, escape: string | undefined): string {
  if (escape === undefined) return `string_split(${text}, ${sqlText(delimiter)})`;
  const [end, behind] = [codeOf(delimiter), codeOf(escape)];
  const part = `(?s)((?:[^${end}${behind}]|${behind}.)*${behind}?)${end}`;
  return `regexp_extract_all(${text} || ${sqlText(delimiter)}, ${sqlText(part)}, 1)`;
}

/** A text without its escape characters. */
function unescaped(text: string, escape: string | undefined): string {
  if (escape === undefined) return text;
  return `regexp_replace(${text}, ${sqlText(`(?s)${codeOf(escape)}(.)`)}, '\\1', 'g')`;
}

/** A character as a regular expression writes it by its code, so that none has a meaning of its own. */
function codeOf(character: string): string {
  return `\\x{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function escapeOf(setting: Readonly<Record<string, string>>): string | undefined {
  const given = setting['escape.delim'];
  return given === undefined || given === '' ? undefined : separator(given, '');
}

/** Hive takes the number of a character, or the first character; DDL and consoles write some as escapes. */
function separator(given: string | undefined, byDefault: string): string {
  if (given === undefined || given === '') return byDefault;
  if (given === '\\t') return '\t';
  const [, hexadecimal, octal] = /^\\(?:u([0-9a-fA-F]{4})|([0-3][0-7]{2}))$/.exec(given) ?? [];
  if (hexadecimal !== undefined) return String.fromCharCode(Number.parseInt(hexadecimal, 16));
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
  return /^\d{1,3}$/.test(given) ? String.fromCharCode(Number(given)) : given.slice(0, 1);
}
