import { expect, test } from 'vitest';
import * as durable from '@store/durable';
import * as emulator from '@store/emulator';
import * as firehose from '@store/firehose';
import { CodedError } from '@store/foundation';
import * as generator from '@store/generator';
import * as generatorArrow from '@store/generator/arrow';
import * as generatorFastCheck from '@store/generator/fast-check';
import * as generatorParquet from '@store/generator/parquet';
import * as glueSchema from '@store/glue-schema';
import * as catalog from '@store/glue-schema/catalog';
import * as compiler from '@store/glue-schema/compiler';
import * as jq from '@store/jq';
import * as restock from '@store/restock';

const packages = {
  ...{ durable, emulator, firehose, generator, generatorArrow, generatorFastCheck, generatorParquet },
  ...{ glueSchema, catalog, compiler, jq, restock },
};

/** What callers without types pass by mistake; nothing of it is a path, a program, a schema or an event. */
const wrong = [undefined, null, 5, [5], true, { colour: 'red' }, Symbol('s'), 10n];

/** Functions that take any of these, and why. */
const takesAnything: Readonly<Record<string, string>> = {
  'durable.isSyncFailure': 'takes whatever was thrown',
  'durable.platformOf': 'a system that nobody knows is one of POSIX',
  'firehose.billedBytes': 'arithmetic, for each record',
  'firehose.ingestCostUsd': 'arithmetic',
  'firehose.regionQuota': 'a region that nobody knows has the small quota',
};

/** Functions whose first argument may be left out. */
const optional = new Set([
  'firehose.inProcessTransport',
  'firehose.sdkTransport',
  'generator.checkWorldOptions',
  'generator.createWorld',
  'generatorFastCheck.worldEvents',
  'generatorFastCheck.worlds',
  'restock.createLowStockDetector',
  'restock.createMemoryLedger',
  'restock.noticeEpisodes',
  'restock.stockNowLowQuery',
]);
/** Those that any object suits: what it lacks is left out, or counts as not there. */
const objectsAreRight = new Set(['compiler.formatDiagnostic', 'catalog.planTable', 'catalog.tableKind']);
/** Whose list is not looked through for each item's kind: that would cost as much as the work. */
const listsAreRight = new Set(['generator.dailyCsv', 'restock.detectLowStock', 'restock.planDeliveries']);

const functions = Object.entries(packages).flatMap(([name, exported]) =>
  Object.entries<unknown>(exported)
    .filter(([own]) => /^[a-z]/.test(own) && takesAnything[`${name}.${own}`] === undefined)
    .flatMap(([own, value]) =>
      typeof value === 'function' ? [{ name: `${name}.${own}`, call: value }] : [],
    ),
);

test.each(functions)('$name refuses an argument of another kind by a coded error', async ({ name, call }) => {
  for (const value of wrong) {
    if (value === undefined && optional.has(name)) continue;
    if (typeof value === 'object' && value !== null && objectsAreRight.has(name)) continue;
    if (Array.isArray(value) && listsAreRight.has(name)) continue;
    const outcome = await Promise.resolve()
      .then((): unknown => Reflect.apply(call, undefined, [value]))
      .catch((error: unknown) => error);
    expect(outcome, `${name} of ${typeof value}`).toBeInstanceOf(CodedError);
  }
});
