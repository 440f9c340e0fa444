import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emitSchema } from '@store/glue-schema/compiler';
import { columnText } from './column-text.js';
import { compilers, fixture } from './compilers.js';

test.each(compilers)('types of a referenced project are read from its source: $name', ({ typescript }) => {
  const folder = mkdtempSync(join(fixture('.'), 'references-'));
  try {
    const write = (file: string, text: string | object): void => {
      mkdirSync(join(folder, file, '..'), { recursive: true });
      writeFileSync(join(folder, file), typeof text === 'string' ? text : JSON.stringify(text));
    };
    const compilerOptions = {
      composite: true,
      strict: true,
      target: 'es2022',
      module: 'nodenext',
      outDir: 'dist',
      types: [],
    };
    // With a byte order mark and Windows line ends, as editors there write them.
    write(
      'money/src/money.ts',
      "\uFEFFimport type { Decimal } from '@store/glue-schema';\r\n/** A price. */\r\nexport interface Money {\r\n  /** How much. */\r\n  amount: Decimal<10, 2>;\r\n  currency: 'EUR' | 'USD';\r\n}\r\n",
    );
    write('money/tsconfig.json', { compilerOptions, include: ['src'] });
    write(
      'order/src/order.mts',
      "import type { Money } from '../../money/src/money.js';\nexport interface Order { id: string; total: Money }\n",
    );
    write('order/tsconfig.json', {
      compilerOptions,
      include: ['src'],
      references: [{ path: '../money' }],
    });
    const { schema, diagnostics } = emitSchema({
      entry: join(folder, 'order/src/order.mts'),
      type: 'Order',
      typescript,
    });
    expect(diagnostics).toEqual([]);
    expect(schema?.columns.map(columnText)).toEqual([
      'id: string',
      'total: struct<amount: decimal(10,2) — How much., currency: string of EUR|USD>',
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
