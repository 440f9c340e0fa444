import type { S3Case } from './s3-table.js';

const tagging = (...tags: readonly (readonly [key: string, value: string])[]): string =>
  `<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet>${tags
    .map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`)
    .join('')}</TagSet></Tagging>`;
const many = (count: number): string =>
  tagging(...Array.from({ length: count }, (_, at) => [`k${at}`, 'v'] as const));
const invalid = (message: string): readonly string[] => ['<Code>InvalidTag</Code>', message];

/**
 * Tags and attributes, on what `s3QueryCases` leaves. Sources: S3 API reference, the page of each action; messages recorded on AWS
 * by LocalStack's tests.
 */
export const s3TaggingCases: readonly S3Case[] = [
  {
    name: 'tagged',
    request: 'PUT /lake/t',
    body: 'hello',
    headers: { 'x-amz-tagging': 'a=1&b=x%20y' },
    status: 200,
    holds: [],
  },
  {
    name: 'tags that an object is put with',
    request: 'GET /lake/t?tagging',
    status: 200,
    holds: [
      '<Tagging xmlns=',
      '<TagSet><Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>b</Key><Value>x y</Value></Tag>',
    ],
  },
  {
    name: 'are counted',
    request: 'HEAD /lake/t',
    status: 200,
    holds: [],
    answers: { 'x-amz-tagging-count': '2' },
  },
  {
    name: 'other tags take their place',
    request: 'PUT /lake/t?tagging',
    body: tagging(['c', '3']),
    status: 200,
    holds: [],
  },
  {
    name: 'and are there',
    request: 'GET /lake/t?tagging',
    status: 200,
    holds: ['<TagSet><Tag><Key>c</Key><Value>3</Value></Tag></TagSet>'],
  },
  {
    name: 'the object stays',
    request: 'GET /lake/t',
    status: 200,
    holds: ['hello'],
    answers: { 'x-amz-tagging-count': '1' },
  },
  {
    name: 'a copy',
    request: 'PUT /lake/u',
    headers: { 'x-amz-copy-source': '/lake/t' },
    status: 200,
    holds: ['<CopyObjectResult'],
  },
  { name: 'takes the tags along', request: 'GET /lake/u?tagging', status: 200, holds: ['<Key>c</Key>'] },
  {
    name: 'a copy with tags of its own',
    request: 'PUT /lake/u',
    headers: {
      'x-amz-copy-source': '/lake/t',
      'x-amz-tagging-directive': 'REPLACE',
      'x-amz-tagging': 'own=1',
    },
    status: 200,
    holds: ['<CopyObjectResult'],
  },
  {
    name: 'has them',
    request: 'GET /lake/u?tagging',
    status: 200,
    holds: ['<TagSet><Tag><Key>own</Key><Value>1</Value></Tag></TagSet>'],
  },
  {
    name: 'eleven tags',
    request: 'PUT /lake/t?tagging',
    body: many(11),
    status: 400,
    holds: ['<Code>BadRequest</Code>', 'Object tags cannot be greater than 10'],
  },
  {
    name: 'one key twice',
    request: 'PUT /lake/t?tagging',
    body: tagging(['a', '1'], ['a', '2']),
    status: 400,
    holds: [...invalid('Cannot provide multiple Tags with the same key'), '<TagKey>a</TagKey>'],
  },
  {
    name: 'a key without letters',
    request: 'PUT /lake/t?tagging',
    body: tagging(['', '1']),
    status: 400,
    holds: invalid('The TagKey you have provided is invalid'),
  },
  {
    name: 'a key of AWS',
    request: 'PUT /lake/t?tagging',
    body: tagging(['aws:a', '1']),
    status: 400,
    holds: invalid('cannot be prefixed with aws:'),
  },
  {
    name: 'a value of 257',
    request: 'PUT /lake/t?tagging',
    body: tagging(['a', 'x'.repeat(257)]),
    status: 400,
    holds: invalid('The TagValue you have provided is invalid'),
  },
  {
    name: 'no document',
    request: 'PUT /lake/t?tagging',
    body: '<Tagging/>',
    status: 400,
    holds: ['<Code>MalformedXML</Code>'],
  },
  {
    name: 'a header that names a tag twice',
    request: 'PUT /lake/t',
    body: 'x',
    headers: { 'x-amz-tagging': 'a=1&a=2' },
    status: 400,
    holds: ['<Code>InvalidArgument</Code>', 'without tag name duplicates'],
  },
  {
    name: 'tags of no object',
    request: 'GET /lake/none?tagging',
    status: 404,
    holds: ['<Code>NoSuchKey</Code>'],
  },
  {
    name: 'are not put either',
    request: 'PUT /lake/none?tagging',
    body: tagging(['a', '1']),
    status: 404,
    holds: ['<Code>NoSuchKey</Code>'],
  },
  { name: 'an object that is put again', request: 'PUT /lake/u', body: 'again', status: 200, holds: [] },
  { name: 'has no tags', request: 'GET /lake/u?tagging', status: 200, holds: ['<TagSet/>'] },
  { name: 'tags are deleted', request: 'DELETE /lake/t?tagging', status: 204, holds: [] },
  { name: 'and gone', request: 'GET /lake/t?tagging', status: 200, holds: ['<TagSet/>'] },
  {
    name: 'a bucket is tagged',
    request: 'PUT /lake?tagging',
    body: tagging(['team', 'data']),
    status: 204,
    holds: [],
  },
  {
    name: 'and says so',
    request: 'GET /lake?tagging',
    status: 200,
    holds: ['<TagSet><Tag><Key>team</Key><Value>data</Value></Tag></TagSet>'],
  },
  {
    name: 'fifty-one tags of a bucket',
    request: 'PUT /lake?tagging',
    body: many(51),
    status: 400,
    holds: ['<Code>BadRequest</Code>'],
  },
  {
    name: 'a tag of AWS itself',
    request: 'PUT /lake?tagging',
    body: tagging(['aws:x', '1']),
    status: 400,
    holds: invalid('System tags cannot be added/updated by requester'),
  },
  { name: 'tags of a bucket are deleted', request: 'DELETE /lake?tagging', status: 204, holds: [] },
  {
    name: 'and there are none',
    request: 'GET /lake?tagging',
    status: 404,
    holds: ['<Code>NoSuchTagSet</Code>'],
  },
  {
    name: 'attributes of an object',
    request: 'GET /lake/t?attributes',
    headers: { 'x-amz-object-attributes': 'ObjectSize,ETag, StorageClass,Checksum,ObjectParts' },
    status: 200,
    inOrder: true,
    holds: [
      '<GetObjectAttributesResponse xmlns=',
      '<ETag>5d41402abc4b2a76b9719d911017c592</ETag>',
      '<Checksum><ChecksumCRC64NVME>',
      '<ChecksumType>FULL_OBJECT</ChecksumType></Checksum>',
      '<StorageClass>STANDARD</StorageClass>',
      '<ObjectSize>5</ObjectSize>',
    ],
  },
  {
    name: 'silently which',
    request: 'GET /lake/t?attributes',
    status: 400,
    holds: ['<Code>InvalidArgument</Code>', 'either missing or empty'],
  },
  {
    name: 'with a wrong word',
    request: 'GET /lake/t?attributes',
    headers: { 'x-amz-object-attributes': 'Owner' },
    status: 400,
    holds: ['<Code>InvalidArgument</Code>', 'Invalid attribute name specified.'],
  },
];
