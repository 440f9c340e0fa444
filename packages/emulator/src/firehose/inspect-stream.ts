import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspectLog } from '@store/durable';
import type { Checkpoint } from '../delivery/delivery-buffer.js';
import { entryKinds, kindOf } from '../delivery/entry-kinds.js';
import { readTransformedEntry } from '../delivery/lambda-records.js';
import { missingOfStream } from '../delivery/missing-entries.js';
import { putEntryCount } from '../delivery/put-entry.js';
import { stagedProblem } from '../delivery/staged-damage.js';
import { type DataFolderFinding, tornFinding, unreadable } from '../data-folder-finding.js';
import { parseStreamFile } from './stream-registry.js';

/** Looks at the folder of one delivery stream: its settings, its log and its staged records. */
export function inspectStream(folder: string): readonly DataFolderFinding[] {
  const path = join(folder, 'stream.json');
  const log = join(folder, 'log');
  if (!existsSync(path)) {
    if (!existsSync(log)) return [];
    const detail = 'The settings of a delivery stream are missing; its log and its staged records are there.';
    return [{ kind: 'damage', path, detail }];
  }
  try {
    const { checkpoint } = parseStreamFile(readFileSync(path, 'utf8'), folder);
    return inspectRecords(folder, log, checkpoint);
  } catch (error) {
    return [{ ...unreadable(path, error), kind: 'damage' }];
  }
}

function inspectRecords(folder: string, log: string, checkpoint: Checkpoint): readonly DataFolderFinding[] {
  const findings: DataFolderFinding[] = [];
  const delivered = new Set<number>();
  let records = 0;
  try {
    const { damages, torn } = inspectLog(log, {
      from: checkpoint.segment,
      onEntry: ({ tag, payload }) => {
        const kind = kindOf(tag);
        if (kind === entryKinds.put) records += putEntryCount(payload);
        else if (kind === entryKinds.delivered) delivered.add(payload.readDoubleLE(0));
        else if (kind === entryKinds.transformed) delivered.add(readTransformedEntry(payload).bufferId);
      },
    });
    for (const damage of damages) {
      const detail = `At byte ${damage.offset}: ${damage.problem}. ${missingOfStream(damage)}`;
      findings.push({ kind: 'damage', path: damage.path, detail });
    }
    if (torn !== undefined) findings.push(tornFinding(torn));
  } catch (error) {
    findings.push(unreadable(log, error));
  }
  const waiting = checkpoint.buffers.filter(({ id }) => !delivered.has(id));
  for (const { parts, records: staged } of waiting) {
    for (const part of parts) {
      const staging = join(folder, 'staging', part.path);
      const problem = stagedProblem({ ...part, path: staging });
      if (problem === undefined) continue;
      const count = parts.length === 1 ? `${staged} records` : 'records';
      findings.push({
        kind: 'damage',
        path: staging,
        detail: `${problem}: ${count} (${part.bytes} bytes) are missing.`,
      });
    }
  }
  const staged = waiting.reduce((sum, buffer) => sum + buffer.records, 0);
  if (staged + records > 0) {
    const detail = `${staged} staged records wait for their delivery, and up to ${records} records in the log; the next start takes them up.`;
    findings.push({ kind: 'undelivered', path: folder, detail });
  }
  return findings;
}
