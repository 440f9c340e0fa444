/**
 * Version of what a seed means. It rises whenever any world's events change, with the golden hash in the tests:
 * same version, same seed, same options: same bytes, on every engine.
 */
export const MODEL_VERSION = 1;
