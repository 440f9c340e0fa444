import { createCatalog, createDeliveryStreams, createLake, createQueues, stageOf } from '@store/constructs';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

const stack = new Stack(new App({ analyticsReporting: false }), 'inventory');
const stage = stageOf('dev');
const lake = createLake(stack, stage);
const catalog = createCatalog(stack, stage, lake);
createDeliveryStreams(stack, stage, { lake, catalog, count: 2 });
createQueues(stack, stage);

const template = Template.fromStack(stack);
for (const type of ['S3::Bucket', 'Glue::Table', 'KinesisFirehose::DeliveryStream', 'SQS::Queue']) {
  console.log(`${Object.keys(template.findResources(`AWS::${type}`)).length} ${type}`);
}
