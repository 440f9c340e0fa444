import type { JqValue } from './value.js';

/** Operators with two operands that are plain functions of both values. */
export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=';

/** A parsed jq expression. */
export type Node =
  | { readonly kind: 'identity' }
  | { readonly kind: 'recurse' }
  | { readonly kind: 'literal'; readonly value: JqValue }
  | { readonly kind: 'text'; readonly format: string; readonly parts: readonly (string | Node)[] }
  | { readonly kind: 'format'; readonly format: string }
  | {
      readonly kind: 'index';
      readonly target: Node;
      readonly key: Node;
      /** Written with a `?`: what this step cannot read has no output; errors before and behind it stay. */
      readonly optional?: true;
    }
  | {
      readonly kind: 'slice';
      readonly target: Node;
      readonly from: Node | undefined;
      readonly to: Node | undefined;
      readonly optional?: true;
    }
  | { readonly kind: 'iterate'; readonly target: Node; readonly optional?: true }
  | { readonly kind: 'try'; readonly body: Node; readonly handler: Node | undefined }
  | { readonly kind: 'pipe' | 'comma' | 'or-else' | 'and' | 'or'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Node; readonly right: Node }
  | { readonly kind: 'negate'; readonly operand: Node }
  | { readonly kind: 'if'; readonly condition: Node; readonly then: Node; readonly otherwise: Node }
  | { readonly kind: 'array'; readonly body: Node | undefined }
  | { readonly kind: 'object'; readonly entries: readonly { readonly key: Node; readonly value: Node }[] }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'bind'; readonly source: Node; readonly name: string; readonly body: Node }
  | {
      readonly kind: 'reduce';
      readonly source: Node;
      readonly name: string;
      readonly start: Node;
      readonly update: Node;
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] };
