import { collect, type Context } from './code.js';
import { JqError } from './error.js';
import { regexArgument, regexOf, requireDecided } from './regex.js';
import type { Node } from './syntax.js';
import type { JqValue } from './value.js';

/**
 * Refuses, when the program is compiled, the regular expressions in it that some input would meet a refusal of; those
 * that a record brings are looked at when it comes.
 */
export function checkPatterns(name: string, args: readonly Node[], context: Context): void {
  const [re, second, third] = args;
  if (re === undefined || !isConstant(re)) return;
  const flagsNode = name === 'sub' || name === 'gsub' ? third : second;
  const flags = flagsNode !== undefined && isConstant(flagsNode) ? valuesOf(flagsNode, context) : [null];
  for (const value of valuesOf(re, context)) {
    for (const mode of flags) {
      try {
        const [pattern, own] = args.length === 1 ? regexArgument(value) : [value, mode];
        requireDecided(regexOf(pattern, own), name !== 'test');
      } catch (error) {
        // What jq itself says when it comes there is for then.
        if (!(error instanceof JqError) || error.code !== 'RUNTIME') throw error;
      }
    }
  }
}

function isConstant(node: Node): boolean {
  switch (node.kind) {
    case 'literal':
      return true;
    case 'array':
      return node.body === undefined || isConstant(node.body);
    case 'text':
      return node.parts.every((part) => typeof part === 'string' || isConstant(part));
    case 'comma':
    case 'binary':
      return isConstant(node.left) && isConstant(node.right);
    default:
      return false;
  }
}

function valuesOf(node: Node, context: Context): readonly JqValue[] {
  try {
    return collect(context.compile(node, context), null, undefined);
  } catch (error) {
    if (error instanceof JqError && error.code === 'RUNTIME') return [];
    throw error;
  }
}
