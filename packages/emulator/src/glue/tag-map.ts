import { map, text, type Shape } from '../wire/shape.js';
import { invalid } from './glue-answers.js';
import type { Tags } from './glue-state.js';

/** Tags of one resource; source: Glue API reference (TagsMap), read 2026-11. */
export const MOST_TAGS = 50;

/** Name of a tag. */
export const tagKey: Shape<string> = text(1, 128);
/** Tags of a request. */
export const tagMap: Shape<Tags> = map(text(0, 256), tagKey);

/** Refuses more tags than a resource may have. */
export function checkTags(tags: Tags): Tags {
  if (Object.keys(tags).length <= MOST_TAGS) return tags;
  throw invalid(`Expected at most ${MOST_TAGS} tags of one resource, got ${Object.keys(tags).length}`);
}
