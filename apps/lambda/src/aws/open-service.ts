import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../config/environment.js';
import { jsonService, type JsonService } from './json-service.js';
import { serviceEndpoint, type ServiceName } from './service-endpoint.js';

/** A service as a deployed function reaches it: real clock, real chance, real waiting. */
export function openService(name: ServiceName, env: Environment): JsonService {
  return jsonService(serviceEndpoint(name, env), {
    now: Date.now,
    random: Math.random,
    sleep: async (ms) => sleep(ms),
  });
}
