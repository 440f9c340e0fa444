/** The Lambda handlers of the project. */
export const handlerNames: readonly ['generate', 'ingest', 'plan', 'dispatch'] = [
  'generate',
  'ingest',
  'plan',
  'dispatch',
];
