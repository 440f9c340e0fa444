import { fileURLToPath } from 'node:url';
import { toGlueColumns } from '@store/glue-schema';
import { emitSchema, formatDiagnostic } from '@store/glue-schema/compiler';

const entry = fileURLToPath(new URL('order.ts', import.meta.url));

const { schema } = emitSchema({ entry, type: 'Order' });
for (const { Name, Type, Comment } of schema === undefined ? [] : toGlueColumns(schema)) {
  console.log(Comment === undefined ? `${Name} ${Type}` : `${Name} ${Type}: ${Comment}`);
}

const { diagnostics } = emitSchema({ entry, type: 'Unclear' });
for (const each of diagnostics) console.log(formatDiagnostic({ ...each, file: 'order.ts' }));
