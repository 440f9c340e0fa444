import { mkdtempSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStoreApp } from '../infra/app.js';

/** Plain JSON of a template. */
export type Json = Readonly<Record<string, unknown>>;

/** A synthesized app. */
export interface Synthesis {
  readonly core: Template;
  readonly fanOut: Template;
  readonly report: Json;
  /** Connections that synthesis opened. */
  readonly connections: number;
}

/** One stack's template, as text and as resources. */
export interface Template {
  readonly text: string;
  readonly json: Json;
  resources(type: string): readonly { readonly id: string; readonly properties: Json }[];
}

/** Synthesizes both stacks; it takes seconds of CPU, so a test file does it once, or twice to compare. */
export function synthesize(bundles: string, streams = 1): Synthesis {
  const stage = 'dev';
  const outdir = mkdtempSync(join(tmpdir(), 'store-synth-'));
  let connections = 0;
  let stacks: readonly { readonly stackName: string; readonly templateFullPath: string }[] = [];
  // The real method is put back below, bound to nothing of ours.
  const connect: unknown = Reflect.get(Socket.prototype, 'connect');
  if (typeof connect !== 'function') throw new TypeError('Expected sockets to connect.');
  const counted = function (this: unknown, ...parameters: unknown[]): unknown {
    connections++;
    return Reflect.apply(connect, this, parameters);
  };
  Reflect.set(Socket.prototype, 'connect', counted);
  try {
    stacks = createStoreApp({ context: { stage, streams }, bundles, outdir }).synth().stacksRecursively;
  } finally {
    Reflect.set(Socket.prototype, 'connect', connect);
  }
  const fileOf = (name: string): string => {
    const stack = stacks.find(({ stackName }) => stackName === `store-${stage}-${name}`);
    if (stack === undefined) throw new Error(`Expected a stack ${name}.`);
    return stack.templateFullPath;
  };
  return {
    core: templateOf(fileOf('core')),
    fanOut: templateOf(fileOf('fan-out')),
    report: JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) as Json,
    connections,
  };
}

function templateOf(file: string): Template {
  const text = readFileSync(file, 'utf8');
  const json = JSON.parse(text) as Json;
  const all = Object.entries(json.Resources as Record<string, { Type: string; Properties?: Json }>);
  return {
    text,
    json,
    resources: (type) =>
      all
        .filter(([, { Type }]) => Type === type)
        .map(([id, { Properties = {} }]) => ({ id, properties: Properties })),
  };
}
