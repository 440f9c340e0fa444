import { join } from 'node:path';
import type { DamagePolicy } from '../damage-policy.js';
import type { LakeFolder } from '../lake/lake-folder.js';
import { refusalsOf } from '../wire/json-dialect.js';
import { actionsIn, type Actions, type ServiceEntry } from '../wire/service-entry.js';
import { bucketActions } from './bucket-actions.js';
import { defaultActions } from './bucket-defaults.js';
import { completeActions } from './complete-upload.js';
import { copyActions } from './copy-actions.js';
import { Drafts } from './drafts.js';
import { listActions } from './list-objects.js';
import { versionListActions } from './list-versions.js';
import { readActions } from './read-actions.js';
import { restDialect } from './rest-dialect.js';
import type { S3Context } from './s3-context.js';
import { attributeActions } from './object-attributes.js';
import { taggingActions } from './tagging-actions.js';
import { uploadActions } from './upload-actions.js';
import { uploadListActions } from './upload-lists.js';
import { UploadStore } from './upload-store.js';
import { writeActions } from './write-actions.js';

/** All actions of the REST API that are served. */
export const s3Actions: Actions<S3Context> = new Map([
  ...bucketActions,
  ...defaultActions,
  ...listActions,
  ...versionListActions,
  ...taggingActions,
  ...attributeActions,
  ...readActions,
  ...writeActions,
  ...copyActions,
  ...uploadActions,
  ...completeActions,
  ...uploadListActions,
]);

/** What S3 depends on. */
export interface S3ServiceOptions {
  readonly lake: LakeFolder;
  /** The endpoint's state folder. */
  readonly state: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What is done about objects whose files are not as they were written. */
  readonly policy: DamagePolicy;
}

/** Amazon S3: moves what a crash left half-way to its place, and serves the lake. */
export async function createS3Service({ lake, state, now, policy }: S3ServiceOptions): Promise<ServiceEntry> {
  const drafts = new Drafts(join(state, 's3-drafts'));
  await drafts.open();
  await lake.recover(drafts.folder, policy);
  await drafts.clear();
  const uploads = new UploadStore(join(state, 's3-uploads'), lake.records);
  await uploads.open();
  return {
    scope: 's3',
    mayBeUnsigned: true,
    dialects: [restDialect],
    actions: actionsIn(s3Actions, ({ headers, payload, region, accountId, endpoint }) => ({
      ...{ lake, drafts, uploads, now },
      ...{ headers, payload, region, accountId, endpoint },
    })),
    refusals: refusalsOf({
      service: 'S3',
      unknownAction: 'NotImplemented',
      wrongType: 'InvalidArgument',
      violated: 'InvalidArgument',
    }),
    // The records are closed by who opened them, once nothing is delivered any more.
    close: () => Promise.resolve(),
  };
}
