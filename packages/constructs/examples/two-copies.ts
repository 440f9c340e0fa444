import { InventoryLake } from '@store/constructs';
import { App, Stack, aws_iam as iam } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

const stack = new Stack(new App({ analyticsReporting: false }), 'shop');
const analysts = new iam.Role(stack, 'Analysts', { assumedBy: new iam.AccountRootPrincipal() });

// In one stack: nothing has a physical name of ours, so that the second is no conflict.
for (const country of ['Germany', 'France']) {
  new InventoryLake(stack, country).grantQuery(analysts);
}

const databases = Template.fromStack(stack).findResources('AWS::Glue::Database') as Readonly<
  Record<string, { readonly Properties: { readonly DatabaseInput: { readonly Name: string } } }>
>;
console.log(Object.values(databases).map(({ Properties }) => Properties.DatabaseInput.Name));
