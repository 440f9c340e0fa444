import { crc32 } from 'node:zlib';
import { invalid } from './glue-answers.js';
import { partitionKey } from './glue-state.js';

/** One of several parts of a table's partitions, for readers that work in parallel. */
export interface Segment {
  readonly SegmentNumber: number;
  readonly TotalSegments: number;
}

/**
 * Tells which partitions are in a segment. A partition is in the segment that the hash of its values names, so that
 * segments are disjoint and together complete, whatever is added or dropped while they are read.
 */
export function segmentOf({ SegmentNumber, TotalSegments }: Segment): (values: readonly string[]) => boolean {
  if (SegmentNumber >= TotalSegments) {
    throw invalid(
      `Expected \`Segment.SegmentNumber\` to be less than \`TotalSegments\`, ${TotalSegments}, got ${SegmentNumber}`,
    );
  }
  return (values) => crc32(partitionKey(values)) % TotalSegments === SegmentNumber;
}
