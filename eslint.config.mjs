// One configuration for the whole repository, whose files are read with the types of their projects; the arrows between packages are a table below.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { arrows, forAll } from './scripts/arrows.mjs';

const ours = Object.keys(arrows).map((folder) => folder.split('/')[1]);

const arrowRules = Object.entries(arrows).map(([folder, allowed]) => ({
  files: [`${folder}/src/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: ours
          .filter((name) => ![...allowed, ...forAll].includes(name) && !folder.endsWith(`/${name}`))
          .map((name) => ({
            regex: `^@store/${name}(/|$)`,
            message: `${folder} may import only: ${[...allowed, ...forAll].join(', ')}.`,
          })),
      },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      '**/cdk.out/',
      '**/.turbo/',
      '**/fixtures/',
      '**/*.generated.ts',
      'docs/api/',
      '**/.pages/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // A number in a template is what a person would write by hand.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Under verbatimModuleSyntax an import of types alone must vanish.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // `type` groups a union of plain shapes better than an interface can; both are used for what they say.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // A member is left out of a copy by naming it beside the rest.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // An async function that awaits nothing is how a sync implementation fits an async interface.
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name what is exported.' },
        { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
      ],
    },
  },
  {
    // Edges: commands, scripts, benchmarks and examples talk to people.
    files: [
      'apps/cli/**',
      'apps/lambda/infra/**',
      '**/scripts/**',
      '**/bench/**',
      '**/examples/**',
      '**/*.mjs',
      '**/bin/*.js',
    ],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        fetch: 'readonly',
      },
    },
    rules: { 'no-console': 'off' },
  },
  ...arrowRules,
);
