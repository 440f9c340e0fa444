export { queryAnswer } from './query-answer.js';
export { queryError, queryErrorCode } from './query-error.js';
export { readQuery } from './query-form.js';
