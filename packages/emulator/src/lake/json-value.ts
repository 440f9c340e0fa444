import { type GlueType, toDuckDbType } from '@store/glue-schema';
import { sqlName, sqlText } from './sql-quoting.js';

/**
 * A member of a JSON object as SQL, of its column's type; NULL where there is none. Names are compared without regard
 * to case, as the JSON SerDes do; the name as it is comes first.
 */
export function jsonValue(object: string, name: string, type: GlueType): string {
  return typed(member(object, name), type);
}

function member(object: string, name: string): string {
  const path = `$."${name.replaceAll('"', '\\"')}"`;
  const spelled = `list_filter(json_keys(${object}), lambda k: lower(k) = ${sqlText(name.toLowerCase())})[1]`;
  return `coalesce(json_extract(${object}, ${sqlText(path)}), json_extract(${object}, '$."' || ${spelled} || '"'))`;
}

function typed(json: string, type: GlueType): string {
  const text = `json_extract_string(${json}, '$')`;
  switch (type.kind) {
    case 'struct': {
      const fields = type.fields.map(
        ({ name, type: of }) => `${sqlName(name)} := ${jsonValue(json, name, of)}`,
      );
      return `CASE WHEN json_type(${json}) = 'OBJECT' THEN struct_pack(${fields.join(', ')}) END`;
    }
    case 'array':
      return `list_transform(CAST(${json} AS JSON[]), lambda item${depth(type)}: ${typed(`item${depth(type)}`, type.element)})`;
    case 'map':
      return `CAST(${json} AS ${toDuckDbType(type)})`;
    case 'binary':
      return `from_base64(${text})`;
    default: {
      const to = toDuckDbType(type);
      return to === 'VARCHAR' ? text : `CAST(${text} AS ${to})`;
    }
  }
}

/** Tells the names of items of arrays within arrays apart. */
function depth(type: GlueType): number {
  if (type.kind === 'array') return 1 + depth(type.element);
  return type.kind === 'struct' ? Math.max(0, ...type.fields.map(({ type: of }) => depth(of))) : 0;
}
