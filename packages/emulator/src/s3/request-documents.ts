import { childText, type ReadElement } from '../wire/read-xml.js';
import { malformedXml } from './s3-errors.js';

type Members = Readonly<Record<string, unknown>>;

/** Keys of one DeleteObjects, and parts of one upload; source: S3 API reference, read 2026-11. */
const MOST_KEYS = 1_000;
const MOST_PARTS = 10_000;

/** How the documents are read that requests carry: as members of the action's input. */
export const bodyMembers: Readonly<Record<string, (document: ReadElement) => Members>> = {
  CreateBucket: (document) => {
    if (document.name !== 'CreateBucketConfiguration') throw malformedXml();
    return { CreateBucketConfiguration: textMembers(document, ['LocationConstraint']) };
  },
  DeleteObjects: (document) => {
    const objects = document.children.filter(({ name }) => name === 'Object');
    const isComplete = objects.every((object) => (childText(object, 'Key') ?? '') !== '');
    if (document.name !== 'Delete' || !isComplete || objects.length === 0 || objects.length > MOST_KEYS) {
      throw malformedXml();
    }
    const Objects = objects.map((object) => textMembers(object, ['Key', 'VersionId', 'ETag']));
    return { Delete: { Objects, Quiet: childText(document, 'Quiet')?.trim().toLowerCase() === 'true' } };
  },
  PutBucketTagging: taggingOf,
  PutObjectTagging: taggingOf,
  CompleteMultipartUpload: (document) => {
    const parts = document.children.filter(({ name }) => name === 'Part');
    if (document.name !== 'CompleteMultipartUpload' || parts.length === 0 || parts.length > MOST_PARTS) {
      throw malformedXml();
    }
    return { MultipartUpload: { Parts: parts.map(partOf) } };
  },
};

function taggingOf(document: ReadElement): Members {
  const [set, ...more] = document.children;
  const tags = set?.children ?? [];
  const isComplete = tags.every(
    (tag) =>
      tag.name === 'Tag' && childText(tag, 'Key') !== undefined && childText(tag, 'Value') !== undefined,
  );
  if (document.name !== 'Tagging' || set?.name !== 'TagSet' || more.length > 0 || !isComplete)
    throw malformedXml();
  return { Tagging: { TagSet: tags.map((tag) => textMembers(tag, ['Key', 'Value'])) } };
}

const partTexts = [
  'ETag',
  'ChecksumCRC32',
  'ChecksumCRC32C',
  'ChecksumCRC64NVME',
  'ChecksumSHA1',
  'ChecksumSHA256',
];

function partOf(part: ReadElement): Members {
  const number = childText(part, 'PartNumber')?.trim() ?? '';
  if (!/^\d{1,9}$/.test(number) || childText(part, 'ETag') === undefined) throw malformedXml();
  return { ...textMembers(part, partTexts), PartNumber: Number(number) };
}

function textMembers(element: ReadElement, names: readonly string[]): Members {
  return Object.fromEntries(
    names.flatMap((name) => {
      const text = childText(element, name);
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
}
