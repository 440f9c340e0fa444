/** Characters of a message. */
const LONGEST = 8_192;

/** An error as AWS words it: the SDKs turn `code` into the class of that name. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  /** AWS's code: `ResourceNotFoundException`. */
  readonly code: string;
  /** HTTP status, 400 for what the caller did wrong. */
  readonly status: number;
  /** What an error says besides, by the name of S3's element or JSON's member: `Key`. */
  readonly facts: Readonly<Record<string, string | number>>;

  constructor(
    code: string,
    message: string,
    status = 400,
    facts: Readonly<Record<string, string | number>> = {},
  ) {
    // What a message quotes may be as long as a request.
    super(message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message);
    this.code = code;
    this.status = status;
    this.facts = facts;
  }
}
