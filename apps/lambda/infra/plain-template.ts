type Fields = Readonly<Record<string, unknown>>;

/**
 * A synthesized template for people without the CDK: no bootstrap needed. Each function's code is a zip file of its
 * bundle, `generate.zip` and so on, in a bucket that the parameter `CodeBucket` names, below `CodePrefix`.
 */
function plainTemplate(template: Fields): Fields {
  const { Parameters, Rules, ...rest } = template;
  const resources = Object.entries(fields(template.Resources)).map(([id, resource]) => [
    id,
    plainResource(fields(resource)),
  ]);
  const parameters = Object.entries(fields(Parameters)).filter(([name]) => name !== 'BootstrapVersion');
  const rules = Object.entries(fields(Rules)).filter(([name]) => name !== 'CheckBootstrapVersion');
  return {
    ...rest,
    Parameters: { ...codeParameters, ...Object.fromEntries(parameters) },
    ...(rules.length === 0 ? {} : { Rules: Object.fromEntries(rules) }),
    Resources: Object.fromEntries(resources),
  };
}

const codeParameters = {
  CodeBucket: { Type: 'String', Description: "Bucket with the functions' zip files, in the stack's region." },
  CodePrefix: {
    Type: 'String',
    Default: '',
    Description:
      'What is before the names of the zip files; change it with the code, so that functions change too.',
  },
};

/** The plain template as text. */
export function plainTemplateText(synthesized: string): string {
  return `${JSON.stringify(plainTemplate(fields(JSON.parse(synthesized))), undefined, 2)}\n`;
}

function plainResource({ Metadata, ...resource }: Fields): Fields {
  const kept = Object.fromEntries(
    Object.entries(fields(Metadata)).filter(([key]) => !key.startsWith('aws:')),
  );
  const metadata = Object.keys(kept).length === 0 ? {} : { Metadata: kept };
  const properties = fields(resource.Properties);
  if (resource.Type !== 'AWS::Lambda::Function') return { ...resource, ...metadata };
  const variables = fields(fields(properties.Environment).Variables);
  return {
    ...resource,
    ...metadata,
    Properties: {
      ...properties,
      Code: {
        S3Bucket: { Ref: 'CodeBucket' },
        S3Key: { 'Fn::Sub': `\${CodePrefix}${String(variables.POWERTOOLS_SERVICE_NAME)}.zip` },
      },
    },
  };
}

// A parse boundary: a template is JSON, and what is no object in it has no fields.
const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
