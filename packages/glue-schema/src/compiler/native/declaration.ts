import type { Node, TypeNode } from 'typescript-7/unstable/ast';

/** The name of a declaration, or the declaration itself where it has none. */
export function nameNode(declaration: Node): Node {
  return 'name' in declaration && isNode(declaration.name) ? declaration.name : declaration;
}

/** Whether a type declaration has a type parameter without a default. */
export function hasOpenParameter(declaration: Node): boolean {
  if (!('typeParameters' in declaration) || !Array.isArray(declaration.typeParameters)) return false;
  const parameters: readonly unknown[] = declaration.typeParameters;
  return parameters.some((parameter) => isNode(parameter) && defaultNode(parameter) === undefined);
}

/** The default of a type parameter's declaration. */
export function defaultNode(declaration: Node): TypeNode | undefined {
  if (!('defaultType' in declaration) || !isNode(declaration.defaultType)) return undefined;
  // What stands in that place is a type by the grammar; the AST has no guard for all kinds of types.
  return declaration.defaultType as TypeNode;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'kind' in value && 'pos' in value;
