import { serveQueries } from './query/serve-queries.js';

/**
 * The process that runs queries: it can be killed without a word, and nothing but its query is lost. This file is an
 * entry of its own in every build that contains the endpoint.
 */
serveQueries();
