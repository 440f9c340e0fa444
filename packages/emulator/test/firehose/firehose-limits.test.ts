import { readFileSync, existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { firehoseRefusals } from '../../src/firehose/firehose-service.js';
import { requestShapes } from '../../src/firehose/model/requests.js';
import { checkRequest } from '../../src/wire/check-request.js';
import type { ShapeNode } from '../../src/wire/shape.js';

/** A value that just satisfies a shape, and values that just do not, each with what it breaks. */
interface Cases {
  readonly good: unknown;
  readonly edges: readonly unknown[];
  readonly bad: readonly (readonly [rule: string, value: unknown])[];
}

/** Texts that satisfy the model's patterns. */
const samples: readonly string[] = [
  'aaaa',
  'arn:aws:iam::000000000000:role/firehose',
  'arn:aws:s3:::lake-bucket',
  'arn:aws:kms:us-east-1:000000000000:key/1',
  '.json',
  '12',
];

function sampleOf(pattern: string | undefined): string {
  const fits = new RegExp(`^(?:${pattern ?? '.*'})$`, 'u');
  return samples.find((sample) => fits.test(sample)) ?? 'a';
}

function casesOf(shape: ShapeNode): Cases {
  switch (shape.kind) {
    case 'any':
      return { good: {}, edges: [], bad: [] };
    case 'boolean':
      return { good: true, edges: [false], bad: [['type', 'yes']] };
    case 'string':
      return textCases(shape);
    case 'integer':
    case 'double': {
      const { min, max, kind } = shape;
      const step = kind === 'integer' ? 1 : 0.01;
      return {
        good: min ?? 1,
        edges: [min, max].filter((edge) => edge !== undefined),
        bad: [
          ...(min === undefined ? [] : [['min', min - step] as const]),
          ...(max === undefined ? [] : [['max', max + step] as const]),
          ['type', 'one'],
        ],
      };
    }
    case 'blob': {
      const max = shape.max ?? 0;
      const bytes = (size: number): string => Buffer.alloc(size).toString('base64');
      return { good: bytes(1), edges: [bytes(0), bytes(max)], bad: [['max', bytes(max + 1)]] };
    }
    case 'list': {
      const { min, max } = shape;
      const of = casesOf(shape.of);
      const times = (count: number): unknown[] => Array.from({ length: count }, () => of.good);
      return {
        good: times(Math.max(1, min ?? 1)),
        edges: [...(max === undefined ? [] : [times(max)]), ...of.edges.map((edge) => [edge])],
        bad: [
          ...(min === undefined || min === 0 ? [] : [['min', times(min - 1)] as const]),
          ...(max === undefined ? [] : [['max', times(max + 1)] as const]),
          ...of.bad.map(([rule, value]) => [`member ${rule}`, [value]] as const),
        ],
      };
    }
    case 'map': {
      const value = casesOf(shape.value);
      return {
        good: { key: value.good },
        edges: value.edges.map((edge) => ({ key: edge })),
        bad: value.bad.map(([rule, bad]) => [`value ${rule}`, { key: bad }] as const),
      };
    }
    case 'structure': {
      const members = Object.entries(shape.members).map(([name, of]) => [name, casesOf(of)] as const);
      const good = Object.fromEntries(
        members
          .filter(([name]) => shape.required.includes(name))
          .map(([name, { good: value }]) => [name, value]),
      );
      return {
        good,
        edges: members.flatMap(([name, { good: value, edges }]) =>
          [value, ...edges].map((edge) => ({ ...good, [name]: edge })),
        ),
        bad: [
          ...shape.required.map((name) => {
            const rest = Object.entries(good).filter(([member]) => member !== name);
            return [`${name} missing`, Object.fromEntries(rest)] as const;
          }),
          ...members.flatMap(([name, { bad }]) =>
            bad.map(([rule, value]) => [`${name} ${rule}`, { ...good, [name]: value }] as const),
          ),
        ],
      };
    }
  }
}

function textCases(shape: Extract<ShapeNode, { kind: 'string' }>): Cases {
  const { min = 0, max, pattern, values } = shape;
  if (values !== undefined) return { good: values[0], edges: values, bad: [['enum', 'NoSuchWord']] };
  const good = sampleOf(pattern);
  const fits = (text: string): boolean => new RegExp(`^(?:${pattern ?? '.*'})$`, 'u').test(text);
  const long = max === undefined ? good : good.padEnd(max, good.endsWith('2') ? '2' : 'a');
  return {
    good,
    edges: [...(fits(long) ? [long] : []), ...(min === 0 && fits('') ? [''] : [])],
    bad: [
      ...(max === undefined ? [] : [['max', `${long}a`] as const]),
      ...(min > 0 ? [['min', ''] as const] : []),
      ...(pattern === undefined || fits('\u0000 !*:') ? [] : [['pattern', '\u0000 !*:'] as const]),
      ['type', 7],
    ],
  };
}

describe.each(Object.entries(requestShapes))('%s', (_, shape) => {
  const { good, edges, bad } = casesOf(shape);

  test(`takes the least request and ${edges.length} values at the edge of a limit`, () => {
    for (const input of [good, ...edges]) checkRequest(shape, input, firehoseRefusals);
  });

  test(`refuses each of ${bad.length} values just beyond a limit`, () => {
    const taken = bad.filter(([, value]) => {
      try {
        checkRequest(shape, value, firehoseRefusals);
        return true;
      } catch (error) {
        expect(String(error)).toMatch(/Value '[^]*' at '[^]*' failed to satisfy constraint|Expected .* at/);
        return false;
      }
    });
    expect(taken.map(([rule]) => rule)).toEqual([]);
  });
});

const model = '/usr/lib/python3/dist-packages/awscli/botocore/data/firehose/2015-08-04/service-2.json';

test.skipIf(!existsSync(model))('the limits are those of the service model that the AWS CLI carries', () => {
  interface ModelShape {
    readonly type: string;
    readonly min?: number;
    readonly max?: number;
    readonly pattern?: string;
    readonly enum?: readonly string[];
    readonly required?: readonly string[];
    readonly members?: Readonly<Record<string, { readonly shape: string }>>;
    readonly member?: { readonly shape: string };
  }
  // The file has this shape by botocore's own definition.
  const { shapes } = JSON.parse(readFileSync(model, 'utf8')) as { shapes: Record<string, ModelShape> };
  const differences: string[] = [];
  const compare = (ours: ShapeNode, name: string, path: string): void => {
    const theirs = shapes[name];
    if (theirs === undefined || ours.kind === 'any') return;
    if (ours.kind === 'structure') {
      for (const required of theirs.required ?? []) {
        if (!ours.required.includes(required)) differences.push(`${path}.${required} is required`);
      }
      for (const [member, of] of Object.entries(ours.members)) {
        const known = theirs.members?.[member];
        // The CLI of the distribution is years older than the newest members.
        if (known !== undefined) compare(of, known.shape, `${path}.${member}`);
      }
    } else if (ours.kind === 'list') {
      if (ours.max !== theirs.max) differences.push(`${path} max ${theirs.max}`);
      compare(ours.of, theirs.member?.shape ?? '', `${path}[]`);
    } else if (ours.kind === 'string' && ours.values !== undefined) {
      const missing = (theirs.enum ?? []).filter((word) => !ours.values?.includes(word));
      if (missing.length > 0) differences.push(`${path} lacks ${missing.join()}`);
    } else if (ours.kind !== 'map' && ours.kind !== 'boolean' && ours.max !== theirs.max) {
      differences.push(`${path} max ${theirs.max}`);
    }
  };
  for (const [action, shape] of Object.entries(requestShapes)) compare(shape, `${action}Input`, action);
  expect(differences).toEqual([]);
});
