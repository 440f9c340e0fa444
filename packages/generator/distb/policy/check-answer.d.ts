import { WorldError } from '../errors.js';
import { type PolicyOrder, type PolicyState } from './replenishment-policy.js';
/** A policy's answer, checked. */
export interface CheckedAnswer {
    readonly orders: readonly PolicyOrder[];
    /** The memo as JSON; undefined where the last one stays. */
    readonly memo: string | undefined;
}
/** The error of a policy at a store on a day. */
export declare function policyError({ store: { store_id }, date }: PolicyState, what: string, more: {
    readonly value?: unknown;
    readonly allowed?: string;
    readonly product_id?: string;
    readonly cause?: unknown;
}): WorldError;
/** Checks what a policy answered. @throws WorldError `POLICY_FAILED`, which names the store, the day and the product */
export declare function checkAnswer(state: PolicyState, answer: unknown): CheckedAnswer;
//# sourceMappingURL=check-answer.d.ts.map