/** One entry of a batch that SQS did not take. */
export interface FailedEntry {
  readonly Id: string;
  readonly Code: string;
  /** True where sending it again would fail again. */
  readonly SenderFault: boolean;
}

/** The entries that SendMessageBatch names as failed. */
export function failedEntries(answer: Readonly<Record<string, unknown>>): readonly FailedEntry[] {
  if (!Array.isArray(answer.Failed)) return [];
  return answer.Failed.map((entry: unknown) => {
    // A parse boundary: SQS's own answer, of which each part is checked below.
    const { Id, Code, SenderFault } = entry as Readonly<Record<string, unknown>>;
    return {
      Id: typeof Id === 'string' ? Id : '',
      Code: typeof Code === 'string' ? Code : 'no code',
      SenderFault: SenderFault === true,
    };
  });
}
