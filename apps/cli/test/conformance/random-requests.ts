import { signedFor } from '../authorization.js';

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;

const pick = <T>(random: Random, items: readonly T[]): T => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
};
const some = (random: Random, share: number): boolean => random() < share;

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS', 'TRACE', 'get', 'G ET', ''];
const paths = [
  '/', '/lake', '/lake/', '/lake/f', '/lake/f/g', '/lake//', '/lake/%', '/lake/%zz', '/lake/%00', '/lake/%ff%fe', '/lake/..', '/../..',
  '/lake/%2e%2e/%2e%2e/etc/passwd', `/lake/${'k'.repeat(2_000)}`, `/${'b'.repeat(300)}/x`, '/lake/ä€', '*', '//', 'http://127.0.0.1/lake/f',
  'http://[::1', '/000000000000/trucks', '/000000000000/', '/_emulator/status', '/_emulator/health', '/_emulator/none', '/_emulator/flush',
  '/lake/a b', `/lake/${'/'.repeat(500)}`, '/.lake/x', '/LAKE', '/l\u0000ke', '/lake/con', '/__proto__/constructor', '/lake/__proto__',
]; // prettier-ignore
const queries = [
  '', '?', '?list-type=2', '?list-type=2&max-keys=-1', '?list-type=2&max-keys=99999999999999999999', '?max-keys=NaN', '?uploads', '?delete',
  '?uploadId=x', '?uploadId=%00&partNumber=1', '?partNumber=1', '?versions', '?versions&key-marker=%ff', '?acl', '?policy', '?location=',
  '?Action=SendMessage', '?Action=ReceiveMessage&WaitTimeSeconds=0', '?Action=', '?Action=%ff&Action=b', '?continuation-token=%%%',
  '?continuation-token=AAAA', '?prefix=%ed%a0%80', '?delimiter=', `?prefix=${'p'.repeat(3_000)}`, '?response-content-type=%0d%0aX:1', '?versionId=',
  '?X-Amz-Signature=0', '?AWSAccessKeyId=a&Signature=b&Expires=c', '?__proto__=1', '?constructor', '?a=1&a=2&a', '?x-id=GetObject', '?&&&=&',
]; // prettier-ignore
const targets = [
  'AmazonSQS.SendMessage', 'AmazonSQS.CreateQueue', 'AmazonSQS.ReceiveMessage', 'AmazonSQS.SendMessageBatch', 'AmazonSQS.none',
  'AWSGlue.CreateDatabase', 'AWSGlue.GetPartitions', 'AWSGlue.GetTables', 'AWSGlue.CreateTable', 'AWSGlue.BatchCreatePartition',
  'AmazonAthena.StartQueryExecution', 'AmazonAthena.GetQueryResults', 'AmazonAthena.CreateWorkGroup', 'AmazonAthena.ListQueryExecutions',
  'Firehose_20150804.PutRecord', 'Firehose_20150804.PutRecordBatch', 'Firehose_20150804.CreateDeliveryStream',
  'Firehose_20150804.UpdateDestination', 'Firehose_20150804.__proto__', 'Firehose_20150804', '.', 'None.None', '__proto__.constructor',
]; // prettier-ignore
const words = [
  'DeliveryStreamName', 'Record', 'Records', 'Data', 'QueueUrl', 'QueueName', 'MessageBody', 'Entries', 'Id', 'Attributes', 'DatabaseName', 'Name',
  'DatabaseInput', 'TableInput', 'Expression', 'StorageDescriptor', 'Columns', 'Type', 'QueryString', 'ResultConfiguration', 'OutputLocation',
  'MaxResults', 'NextToken', 'ExtendedS3DestinationConfiguration', 'BucketARN', 'RoleARN', 'Prefix', '__proto__', 'constructor', 'toString', '',
]; // prettier-ignore
const scalars: readonly unknown[] = [
  null, true, 0, -1, 1e308, 0.5, '', 'x', 'lake', 'plain', 's3://lake/', 'SELECT 1', 'SELECT', '(((((', 'eA==', '=', '!{timestamp:', "k = 'a",
  'arn:aws:s3:::lake', 'arn:aws:iam::000000000000:role/r', '\ud800', '\u0000', 'a'.repeat(5_000), '../../x', [], {},
]; // prettier-ignore
const documents = [
  '', '<', '<a>', '</a>', '<a/>', '<Delete/>', '<Delete><Object><Key>f</Key></Object>', '<Delete><Object><Key>&bomb;</Key></Object></Delete>',
  '<!DOCTYPE a [<!ENTITY b "bbbb">]><Delete>&b;</Delete>', '<?xml version="1.0"?><?xml?><a/>', '<a>'.repeat(5_000), '<a b="', '<a b=\'"/>',
  '<CompleteMultipartUpload><Part><PartNumber>x</PartNumber></Part></CompleteMultipartUpload>', '<![CDATA[', '<!--', '<a>&#x110000;</a>',
  '<CreateBucketConfiguration><LocationConstraint>\ud800</LocationConstraint></CreateBucketConfiguration>',
]; // prettier-ignore
const oddHeaders = [
  'Content-Type: ', 'Content-Type: application/x-www-form-urlencoded', 'Content-Type: application/json', 'Content-Type: text/xml; charset=utf-16',
  'Content-Encoding: gzip', 'Content-Encoding: aws-chunked', 'Content-MD5: x', 'Content-MD5: XUFAKrxLKna5cZ2REBfFkg==', 'Range: bytes=', 'Range: bytes=0-',
  'Range: bytes=9-1,,', 'Range: x', 'If-Match: ', 'If-None-Match: *', 'If-Modified-Since: never', 'If-Unmodified-Since: Tue, 99 Foo 0000',
  'x-amz-copy-source: /', 'x-amz-copy-source: lake/f', 'x-amz-copy-source: %ff/%00', 'x-amz-copy-source-range: bytes=5-1', 'x-amz-acl: everyone',
  'x-amz-meta-\u00e4: \u00ff\u00fe', `x-amz-meta-long: ${'m'.repeat(4_000)}`, 'x-amz-checksum-crc32: !', 'x-amz-checksum-crc32: AAAAAA==', 'x-amz-sdk-checksum-algorithm: none',
  'x-amz-trailer: x-amz-checksum-crc32', 'x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'x-amz-content-sha256: UNSIGNED-PAYLOAD', 'x-amz-content-sha256: 0',
  'x-amz-decoded-content-length: 5', 'x-amz-decoded-content-length: -1', 'x-amz-storage-class: GLACIER', 'x-amz-expected-bucket-owner: 1', 'Expect: 100-continue',
  'Expect: something', 'Connection: upgrade', 'Upgrade: h2c', 'Accept: application/json', 'X-Amzn-Trace-Id: Root=\t', 'Host: ', 'Host: evil.example', 'Origin: null',
  'Authorization: AWS4-HMAC-SHA256', 'Authorization: Basic x', 'X-Amz-Date: x', ' folded: x', 'No-Colon', ': nameless', 'Bad\u0001Name: x', `Huge: ${'h'.repeat(40_000)}`, 'X-Amz-Target: AmazonSQS.SendMessage',
]; // prettier-ignore

/** A JSON value of names and values that the services know and of those that none does. */
function value(random: Random, depth: number): unknown {
  if (depth === 0 || some(random, 0.4)) return pick(random, scalars);
  const size = Math.floor(random() * 4);
  if (some(random, 0.3)) return Array.from({ length: size }, () => value(random, depth - 1));
  return Object.fromEntries(
    Array.from({ length: size }, () => [pick(random, words), value(random, depth - 1)] as const),
  );
}

function bodyOf(random: Random, isJson: boolean): Buffer {
  const roll = random();
  if (roll < 0.1)
    return Buffer.from(Array.from({ length: Math.floor(random() * 300) }, () => random() * 256));
  if (isJson) {
    const text = JSON.stringify(value(random, 4));
    return Buffer.from(some(random, 0.2) ? text.slice(0, Math.floor(random() * text.length)) : text);
  }
  if (roll < 0.4) return Buffer.from(pick(random, documents));
  if (roll < 0.6) {
    const pairs = Array.from(
      { length: Math.floor(random() * 6) },
      () => `${pick(random, words)}=${pick(random, ['', 'x', '%', '%ff', '1', '{}'])}`,
    );
    return Buffer.from(`Action=${pick(random, targets).split('.')[1] ?? ''}&${pairs.join('&')}`);
  }
  return some(random, 0.05) ? Buffer.alloc(2 ** 20, 'x') : Buffer.from('hello');
}

/** Frames of `aws-chunked`, right or with sizes, ends and trailers that do not fit. */
function framed(random: Random, body: Buffer): Buffer {
  const size = pick(random, [body.length, body.length, body.length + 1, 0, 2 ** 40]).toString(16);
  const line = pick(random, [size, `${size};chunk-signature=${'0'.repeat(64)}`, 'zz', '-1', '']);
  const end = pick(random, [
    '0\r\n\r\n',
    '0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n',
    '0\r\n',
    '',
    '\n\n',
    'x:y\r\n',
  ]);
  return Buffer.concat([Buffer.from(`${line}\r\n`), body, Buffer.from(`\r\n${end}`)]);
}

/** The bytes of a request as a seed makes it: right in most of its parts, and wrong in some. */
export function randomRequest(seed: number): Buffer {
  const random = randomOf(seed);
  const target = some(random, 0.45) ? pick(random, targets) : undefined;
  const method =
    target === undefined ? pick(random, methods) : pick(random, ['POST', 'POST', 'POST', 'GET', 'PUT']);
  const path =
    target === undefined
      ? pick(random, paths)
      : pick(random, ['/', '/', '/', '/000000000000/trucks', ...paths]);
  const query = some(random, 0.4) ? pick(random, queries) : '';
  const service = pick(random, ['s3', 'sqs', 'firehose', 'glue', 'athena', 'none']);
  const headers = [`Host: 127.0.0.1`, 'Connection: close'];
  if (some(random, 0.95)) {
    for (const [name, text] of Object.entries(signedFor(service))) headers.push(`${name}: ${text}`);
  }
  if (target !== undefined)
    headers.push(`X-Amz-Target: ${target}`, 'Content-Type: application/x-amz-json-1.1');
  for (let count = Math.floor(random() * 4); count > 0; count -= 1) headers.push(pick(random, oddHeaders));
  if (some(random, 0.1)) headers.push(pick(random, headers));
  let body = bodyOf(random, target !== undefined);
  if (some(random, 0.15)) {
    body = framed(random, body);
    headers.push(
      'x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length: 5',
    );
  }
  const form = random();
  if (form < 0.65) headers.push(`Content-Length: ${body.length}`);
  else if (form < 0.75)
    headers.push(`Content-Length: ${pick(random, ['1', '999999', '-5', '1e3', '99999999999999', 'x'])}`);
  else if (form < 0.95) {
    const size = pick(random, [body.length, body.length, body.length + 3, 2 ** 50]).toString(16);
    const end = pick(random, ['\r\n0\r\n\r\n', '\r\n0\r\n\r\n', '', '\r\n0\r\nx: y\r\n\r\n', '\r\nzz\r\n']);
    body = Buffer.concat([Buffer.from(`${pick(random, [size, size, 'g', ''])}\r\n`), body, Buffer.from(end)]);
    headers.push('Transfer-Encoding: chunked');
    if (some(random, 0.2)) headers.push(`Content-Length: ${body.length}`);
  }
  const version = some(random, 0.95) ? 'HTTP/1.1' : pick(random, ['HTTP/1.0', 'HTTP/2.0', 'HTTP/9', '']);
  const end = some(random, 0.97) ? '\r\n' : pick(random, ['\n', '\r', '']);
  const head = Buffer.from(
    `${method} ${path}${query} ${version}${end}${headers.join(end)}${end}${end}`,
    'latin1',
  );
  const all = Buffer.concat([head, body]);
  return some(random, 0.1) ? all.subarray(0, Math.floor(random() * all.length)) : all;
}
