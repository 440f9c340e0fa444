import { aws_athena as athena } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { nameOf, type Stage } from './stage.js';

/** Bytes that one query may scan: 10 GB, about five cents. */
export const mostBytesScanned = 10_000_000_000;

/** Athena's work group: results are kept by Athena for a day, encrypted, so no bucket and no grant is needed for them. */
export function createWorkGroup(scope: Construct, stage: Stage): athena.CfnWorkGroup {
  return new athena.CfnWorkGroup(scope, 'WorkGroup', {
    name: nameOf(stage, 'inventory'),
    recursiveDeleteOption: !stage.permanent,
    workGroupConfiguration: {
      enforceWorkGroupConfiguration: true,
      publishCloudWatchMetricsEnabled: true,
      bytesScannedCutoffPerQuery: mostBytesScanned,
      engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
      managedQueryResultsConfiguration: { enabled: true },
    },
  });
}
