import { InventoryLake } from '@store/constructs';
import { App, Stack, aws_iam as iam, aws_kms as kms, aws_s3 as s3 } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

const stack = new Stack(new App({ analyticsReporting: false }), 'shop');

// Yours: a key, a bucket that it encrypts, and the tills that send events.
const encryptionKey = new kms.Key(stack, 'Key', { enableKeyRotation: true });
const bucket = new s3.Bucket(stack, 'Data', {
  encryption: s3.BucketEncryption.KMS,
  encryptionKey,
  enforceSSL: true,
});
const tills = new iam.Role(stack, 'Tills', { assumedBy: new iam.AccountRootPrincipal() });

const lake = new InventoryLake(stack, 'Lake', { bucket, streams: 2, compression: 'gzip' });
lake.grantWrite(tills);

const template = Template.fromStack(stack);
for (const type of ['S3::Bucket', 'Glue::Table', 'KinesisFirehose::DeliveryStream', 'Lambda::Function']) {
  console.log(`${Object.keys(template.findResources(`AWS::${type}`)).length} ${type}`);
}
