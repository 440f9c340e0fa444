type Fields = Readonly<Record<string, unknown>>;

/**
 * A synthesized template for people without the CDK: no bootstrap needed, and each function's code is the folder of
 * its bundle, which `aws cloudformation package` uploads.
 */
export function plainTemplate(template: Fields): Fields {
  const { Parameters, Rules, ...rest } = template;
  const resources = Object.entries(fields(template.Resources)).map(([id, resource]) => [
    id,
    plainResource(fields(resource)),
  ]);
  const parameters = Object.entries(fields(Parameters)).filter(([name]) => name !== 'BootstrapVersion');
  const rules = Object.entries(fields(Rules)).filter(([name]) => name !== 'CheckBootstrapVersion');
  return {
    ...rest,
    Parameters: Object.fromEntries(parameters),
    ...(rules.length === 0 ? {} : { Rules: Object.fromEntries(rules) }),
    Resources: Object.fromEntries(resources),
  };
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
    Properties: { ...properties, Code: `./${String(variables.POWERTOOLS_SERVICE_NAME)}` },
  };
}

// A parse boundary: a template is JSON, and what is no object in it has no fields.
const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
