/** A column as the metadata beside a result describes it; a field that is left out is `undefined`. */
export interface MetadataColumn {
  readonly catalog: unknown;
  readonly schema: unknown;
  readonly table: unknown;
  readonly name: unknown;
  readonly label: unknown;
  readonly type: unknown;
  readonly precision: unknown;
  readonly scale: unknown;
  readonly nullable: unknown;
  readonly caseSensitive: unknown;
}

/** Reads the object `….metadata` beside a result: a message of Protocol Buffers whose fields Athena's JDBC driver knows. */
export function metadataFields(bytes: Buffer): {
  readonly queryId: unknown;
  readonly updateType: unknown;
  readonly updateCount: unknown;
  readonly columns: readonly MetadataColumn[];
} {
  const fields = fieldsOf(bytes);
  const one = (number: number): unknown => text(fields.find(([field]) => field === number)?.[1]);
  return {
    queryId: one(1),
    updateType: one(2),
    updateCount: one(3),
    columns: fields.flatMap(([field, value]) => {
      if (field !== 4 || typeof value === 'number') return [];
      const inner = new Map(fieldsOf(value));
      const of = (number: number): unknown => text(inner.get(number));
      return [
        {
          catalog: of(1),
          schema: of(2),
          table: of(3),
          name: of(4),
          label: of(5),
          type: of(6),
          precision: of(7),
          scale: of(8),
          nullable: of(9),
          caseSensitive: of(10),
        },
      ];
    }),
  };
}

function text(value: Buffer | number | undefined): unknown {
  return Buffer.isBuffer(value) ? value.toString() : value;
}

/** Fields of a message in order: numbers, and bytes. */
function fieldsOf(bytes: Buffer): readonly (readonly [field: number, value: Buffer | number])[] {
  const fields: (readonly [number, Buffer | number])[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes.readUInt8(at);
      at += 1;
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    if (tag % 8 === 0) fields.push([tag >> 3, varint()]);
    else {
      const length = varint();
      fields.push([tag >> 3, bytes.subarray(at, at + length)]);
      at += length;
    }
  }
  return fields;
}
