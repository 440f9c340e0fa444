import {
  checkOptions,
  CodedError,
  numberBetween,
  oneOf,
  wholeNumber,
  type OptionRules,
} from '@store/foundation';

interface ShelfOptions {
  /** Units that fit, 1 to 500. */
  readonly capacity?: number;
  readonly side?: 'left' | 'right';
  readonly fillShare?: number;
}

const shelfRules: OptionRules<ShelfOptions> = {
  capacity: wholeNumber(1, 500),
  side: oneOf('left', 'right'),
  fillShare: numberBetween(0, 1),
};

class ShelfError extends CodedError<'INVALID_OPTION'> {
  override readonly name = 'ShelfError';
}

for (const options of [{ capacity: 900 }, { capacty: 20 }, { side: 'rihgt' }]) {
  try {
    checkOptions(options, shelfRules, ({ message }) => new ShelfError('INVALID_OPTION', message));
  } catch (error) {
    console.log(String(error));
  }
}
