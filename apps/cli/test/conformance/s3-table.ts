/** A request of S3 and what AWS answers to it. */
export interface S3Case {
  readonly name: string;
  readonly request: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
  /** Texts that are in the body; none for an empty body. */
  readonly holds: readonly string[];
  /** Whether they are there in this order. */
  readonly inOrder?: boolean;
  readonly answers?: Readonly<Record<string, string>>;
}

const md5OfHello = 'XUFAKrxLKna5cZ2REBfFkg==';

/**
 * In this order, on an endpoint without buckets. Sources: S3 API reference (requests, errors), answers recorded on AWS that
 * findings of the project list.
 */
export const s3Cases: readonly S3Case[] = [
  { name: 'a bucket is made', request: 'PUT /lake', status: 200, holds: [], answers: { location: '/lake' } },
  {
    name: 'a bucket of a wrong name is refused',
    request: 'PUT /Lake_',
    status: 400,
    holds: ['<Code>InvalidBucketName</Code>'],
  },
  {
    name: 'versioning of a bare bucket is empty',
    request: 'GET /lake?versioning',
    status: 200,
    holds: ['<VersioningConfiguration'],
  },
  {
    name: 'us-east-1 is no constraint',
    request: 'GET /lake?location',
    status: 200,
    holds: ['<LocationConstraint', '></LocationConstraint>'],
  },
  {
    name: 'there is no policy',
    request: 'GET /lake?policy',
    status: 404,
    holds: ['<Code>NoSuchBucketPolicy</Code>', '<BucketName>lake</BucketName>'],
  },
  {
    name: 'there is no lifecycle',
    request: 'GET /lake?lifecycle',
    status: 404,
    holds: ['<Code>NoSuchLifecycleConfiguration</Code>'],
  },
  {
    name: 'there is no website',
    request: 'GET /lake?website',
    status: 404,
    holds: ['<Code>NoSuchWebsiteConfiguration</Code>'],
  },
  {
    name: 'there are no CORS rules',
    request: 'GET /lake?cors',
    status: 404,
    holds: ['<Code>NoSuchCORSConfiguration</Code>'],
  },
  {
    name: 'there are no tags',
    request: 'GET /lake?tagging',
    status: 404,
    holds: ['<Code>NoSuchTagSet</Code>'],
  },
  {
    name: 'the owner may everything',
    request: 'GET /lake?acl',
    status: 200,
    holds: ['xsi:type="CanonicalUser"', 'FULL_CONTROL'],
  },
  {
    name: 'what is not served is named',
    request: 'GET /lake?inventory',
    status: 501,
    holds: ['<Code>NotImplemented</Code>', 'inventory'],
  },
  {
    name: 'a put of a configuration is no put of an object',
    request: 'PUT /lake?versioning',
    body: '<x/>',
    status: 501,
    holds: ['versioning'],
  },
  {
    name: 'no object of a bucket that is not there',
    request: 'PUT /none/x',
    body: 'x',
    status: 404,
    holds: ['<Code>NoSuchBucket</Code>'],
  },
  {
    name: 'an object is put',
    request: 'PUT /lake/f',
    body: 'hello',
    headers: {
      'content-type': 'text/plain',
      'content-encoding': 'x-own',
      'x-amz-meta-shelf': '7',
      'content-md5': md5OfHello,
    },
    status: 200,
    holds: [],
    answers: { etag: '"5d41402abc4b2a76b9719d911017c592"' },
  },
  { name: 'so is one below its name', request: 'PUT /lake/f/g', body: 'below', status: 200, holds: [] },
  {
    name: 'a body that is not what its MD5 says is refused',
    request: 'PUT /lake/bad',
    body: 'hullo',
    headers: { 'content-md5': md5OfHello },
    status: 400,
    holds: ['<Code>BadDigest</Code>'],
  },
  {
    name: 'what is no MD5 is refused',
    request: 'PUT /lake/bad',
    body: 'x',
    headers: { 'content-md5': 'abc' },
    status: 400,
    holds: ['<Code>InvalidDigest</Code>'],
  },
  {
    name: 'a wrong CRC32 is refused',
    request: 'PUT /lake/bad',
    body: 'hello',
    headers: { 'x-amz-checksum-crc32': 'AAAAAA==' },
    status: 400,
    holds: ['<Code>BadDigest</Code>', 'CRC32'],
  },
  {
    name: 'a right CRC32 is taken',
    request: 'PUT /lake/good',
    body: 'hello',
    headers: { 'x-amz-checksum-crc32': 'NhCmhg==' },
    status: 200,
    holds: [],
    answers: { 'x-amz-checksum-crc32': 'NhCmhg==' },
  },
  {
    name: 'a framed body is decoded',
    request: 'PUT /lake/framed',
    body: '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n',
    headers: {
      'content-encoding': 'aws-chunked',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '5',
      'x-amz-trailer': 'x-amz-checksum-crc32',
    },
    status: 200,
    holds: [],
    answers: { etag: '"5d41402abc4b2a76b9719d911017c592"' },
  },
  {
    name: 'a framed body of another checksum is refused',
    request: 'PUT /lake/bad',
    body: '5\r\nhullo\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n',
    headers: {
      'content-encoding': 'aws-chunked',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '5',
      'x-amz-trailer': 'x-amz-checksum-crc32',
    },
    status: 400,
    holds: ['<Code>BadDigest</Code>'],
  },
  {
    name: 'nothing of it is left',
    request: 'GET /lake/bad',
    status: 404,
    holds: ['<Code>NoSuchKey</Code>', '<Key>bad</Key>'],
  },
  {
    name: 'the object answers with what it was put with',
    request: 'GET /lake/f',
    status: 200,
    holds: ['hello'],
    answers: { 'content-type': 'text/plain', 'content-encoding': 'x-own', 'x-amz-meta-shelf': '7' },
  },
  {
    name: 'a range is a part',
    request: 'GET /lake/f',
    headers: { range: 'bytes=1-2' },
    status: 206,
    holds: ['el'],
    answers: { 'content-range': 'bytes 1-2/5' },
  },
  {
    name: 'a range behind the end is refused',
    request: 'GET /lake/f',
    headers: { range: 'bytes=5-9' },
    status: 416,
    holds: ['<Code>InvalidRange</Code>', '<ActualObjectSize>5</ActualObjectSize>'],
  },
  {
    name: 'the same object is not sent again',
    request: 'GET /lake/f',
    headers: { 'if-none-match': '"5d41402abc4b2a76b9719d911017c592"' },
    status: 304,
    holds: [],
    answers: { etag: '"5d41402abc4b2a76b9719d911017c592"' },
  },
  {
    name: 'another object than wanted is refused',
    request: 'GET /lake/f',
    headers: { 'if-match': '"0"' },
    status: 412,
    holds: ['<Code>PreconditionFailed</Code>', '<Condition>If-Match</Condition>'],
  },
  { name: 'a refused HEAD has no body', request: 'HEAD /lake/nothing', status: 404, holds: [] },
  {
    name: 'the answer’s type is as asked for',
    request: 'GET /lake/f?response-content-type=a/b',
    status: 200,
    holds: ['hello'],
    answers: { 'content-type': 'a/b' },
  },
  {
    name: 'no object is put over another',
    request: 'PUT /lake/f',
    body: 'x',
    headers: { 'if-none-match': '*' },
    status: 412,
    holds: ['<Condition>If-None-Match</Condition>'],
  },
  {
    name: 'an object is copied',
    request: 'PUT /lake/dir%2F',
    headers: { 'x-amz-copy-source': '/lake/f' },
    status: 200,
    holds: ['<CopyObjectResult', '5d41402abc4b2a76b9719d911017c592'],
  },
  {
    name: 'a copy onto itself is refused',
    request: 'PUT /lake/f',
    headers: { 'x-amz-copy-source': 'lake/f' },
    status: 400,
    holds: ['<Code>InvalidRequest</Code>'],
  },
  { name: 'keys may lead nowhere', request: 'PUT /lake/..%2Fup', body: 'up', status: 200, holds: [] },
  {
    name: 'the listing has them in the order of their bytes',
    request: 'GET /lake?list-type=2&delimiter=/',
    status: 200,
    holds: ['<KeyCount>6</KeyCount>', '<CommonPrefixes><Prefix>../</Prefix></CommonPrefixes>'],
  },
  {
    name: 'an unknown upload is refused',
    request: 'GET /lake/f?uploadId=x',
    status: 404,
    holds: ['<Code>NoSuchUpload</Code>'],
  },
];
