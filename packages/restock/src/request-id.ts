/** What makes an episode the same episode, whoever sees it and however often. */
export interface EpisodeKey {
  readonly store_id: string;
  readonly product_id: string;
  /** Sequence of the store's event at which the stock fell below the threshold. */
  readonly episode_sequence: number;
}

/**
 * Id of the one restock request of an episode.
 *
 * Ids of stores and products are escaped, so that two different episodes never meet in one id; every
 * character is one that SQS takes in a deduplication id.
 */
export function requestId({ store_id, product_id, episode_sequence }: EpisodeKey): string {
  return `${escaped(store_id)}/${escaped(product_id)}/${episode_sequence}`;
}

/** Half a surrogate pair, which JSON can carry and `encodeURIComponent` throws at, becomes `%uD800`. */
function escaped(id: string): string {
  return id
    .split(/(\p{Surrogate})/u)
    .map((part, index) =>
      index % 2 === 0 ? encodeURIComponent(part) : `%u${part.charCodeAt(0).toString(16).toUpperCase()}`,
    )
    .join('');
}
