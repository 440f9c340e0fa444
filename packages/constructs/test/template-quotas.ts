import type { Json, PlainTemplate, Resource } from './resolved-template.js';

/** What a resolved template comes to, beside what its service allows. */
export interface Quota {
  readonly of: string;
  readonly value: number;
  readonly most: number;
}

interface Policy {
  readonly PolicyDocument: unknown;
  readonly Roles?: readonly unknown[];
}

/** Characters of a document without the blanks that IAM does not count. */
const lengthOf = (document: unknown): number => JSON.stringify(document).length;

/**
 * Measures what services limit: IAM's policies (IAM User Guide, "IAM and AWS STS quotas"), S3's bucket policies (20 KB), the
 * environment of a function (4 KB, Lambda quotas), resources, outputs and bytes of a template (CloudFormation quotas), and the
 * text of a state machine (1 MB, Step Functions quotas). Read in November 2026.
 */
export function quotasOf(
  template: PlainTemplate,
  text: string,
  resources: readonly Resource[],
): readonly Quota[] {
  const of = (type: string): readonly Resource[] => resources.filter((resource) => resource.type === type);
  const inline = of('AWS::IAM::Policy').map(({ properties }) => properties as unknown as Policy);
  const managed = of('AWS::IAM::ManagedPolicy');
  const roles = of('AWS::IAM::Role').flatMap(({ id, ref, properties }): readonly Quota[] => {
    const documents = inline.filter(({ Roles = [] }) => Roles.includes(ref));
    const own = (properties.Policies ?? []) as readonly Policy[];
    const attached = managed.filter(({ properties: { Roles } }) =>
      (Roles as unknown[] | undefined)?.includes(ref),
    );
    return [
      {
        of: `${id}: inline policies`,
        value: [...documents, ...own].reduce((sum, { PolicyDocument }) => sum + lengthOf(PolicyDocument), 0),
        most: 10_240,
      },
      { of: `${id}: trust`, value: lengthOf(properties.AssumeRolePolicyDocument), most: 2048 },
      {
        of: `${id}: managed policies`,
        value: attached.length + ((properties.ManagedPolicyArns ?? []) as unknown[]).length,
        most: 10,
      },
    ];
  });
  return [
    ...roles,
    ...managed.map(({ id, properties }) => ({
      of: `${id}: managed policy`,
      value: lengthOf(properties.PolicyDocument),
      most: 6144,
    })),
    ...of('AWS::S3::BucketPolicy').map(({ id, properties }) => ({
      of: `${id}: bucket policy`,
      value: lengthOf(properties.PolicyDocument),
      most: 20_480,
    })),
    ...of('AWS::Lambda::Function').map(({ id, properties }) => ({
      of: `${id}: environment`,
      value: lengthOf(((properties.Environment ?? {}) as Json).Variables ?? {}),
      most: 4096,
    })),
    ...of('AWS::CloudWatch::Alarm').map(({ id, properties }) => ({
      of: `${id}: metrics`,
      value: ((properties.Metrics ?? []) as readonly Json[]).filter(
        ({ MetricStat }) => MetricStat !== undefined,
      ).length,
      most: 10,
    })),
    ...of('AWS::StepFunctions::StateMachine').map(({ id, properties }) => ({
      of: `${id}: definition`,
      value: String(properties.DefinitionString).length,
      most: 1_000_000,
    })),
    { of: 'resources', value: resources.length, most: 500 },
    { of: 'outputs', value: Object.keys(template.Outputs ?? {}).length, most: 200 },
    { of: 'parameters', value: Object.keys(template.Parameters ?? {}).length, most: 200 },
    { of: 'bytes of the template', value: Buffer.byteLength(text), most: 1_000_000 },
  ];
}
