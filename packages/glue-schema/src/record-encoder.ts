/**
 * Writes one event as JSON bytes. Generated per type by the schema compiler; `@store/firehose` takes any
 * object of this shape, so the two packages need not know each other.
 */
export interface RecordEncoder<T> {
  /**
   * Writes the event's UTF-8 JSON, no line break, from `offset` on.
   *
   * @returns the offset after the last byte, or, when the buffer is too small, minus the number of bytes
   * that the event needs; then the buffer is unchanged.
   */
  encodeInto(event: T, buffer: Uint8Array, offset: number): number;
}
