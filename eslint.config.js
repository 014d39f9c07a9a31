import path from 'node:path';
import boundaries from 'eslint-plugin-boundaries';
import { defineConfig } from 'eslint/config';
import typescript from 'typescript-eslint';
import { OWNED_PACKAGES, PURE_ROOMS, ROOMS, SHARED_TEST_FOLDERS } from './tools/import-table.js';

const SOURCES = ['apps/*/src/**/*.{ts,tsx}', 'libs/*/src/**/*.ts', 'test/**/*.ts'];
const SPECS = ['**/*.spec.ts', '**/*.spec.tsx', 'test/**/*.ts'];
const TABLE = 'See tools/import-table.js.';

/** Rooms import the rooms that the table gives them, by name; within a room, by relative paths. */
function roomPolicies(specs) {
  const rooms = Object.keys(ROOMS);
  const policy = (room, others) => ({
    from: { element: { type: room } },
    allow: [
      { to: { element: { type: room } }, dependency: { relationship: { to: 'internal' } } },
      { to: { element: { types: { anyOf: others } } }, dependency: { source: '#*' } },
    ],
  });
  const sharedTests = { to: { file: { path: SHARED_TEST_FOLDERS.map((folder) => `${folder}/**`) } } };
  return [
    { allow: { to: { module: { origin: ['external', 'core'] } } } },
    ...rooms.map((room) => policy(room, specs ? rooms : ROOMS[room])),
    policy('test', rooms),
    ...(specs ? [{ allow: sharedTests }] : []),
  ];
}

function dependencies(specs) {
  const message = `{{from.element.types}} may not import '{{dependency.source}}' ({{to.element.types}}): other rooms by their name, and only those of tools/import-table.js`;
  return ['error', { default: 'disallow', message, policies: roomPolicies(specs) }];
}

/** Within `folder`, the packages that are owned by other folders. A glob such as `apps/*` owns for every folder that it covers. */
function foreignPackages(folder) {
  const covers = (owner) => owner === folder || (owner.endsWith('/*') && path.dirname(folder) === owner.slice(0, -2));
  const foreign = OWNED_PACKAGES.filter(({ within }) => !within.some(covers));
  return foreign.map(({ packages, within }) => ({
    // a regex, since a group would also match a folder of that name in a relative path
    regex: `^(${packages.map((name) => name.replaceAll('*', '[^/]+')).join('|')})(/|$)`,
    message: `Only ${within.join(', ')} may import it. ${TABLE}`,
  }));
}

const restricted = (folder) => ({ 'no-restricted-imports': ['error', { patterns: foreignPackages(folder) }] });

const packageRules = [
  { files: SOURCES, rules: restricted('') },
  // globs first: of two rules for a file the later one holds, which shall be that of the folder itself
  ...[...new Set(OWNED_PACKAGES.flatMap(({ within }) => within))]
    .sort((a, b) => Number(b.includes('*')) - Number(a.includes('*')))
    .map((folder) => ({
      files: [`${folder}/**/*.{ts,tsx}`],
      rules: restricted(folder),
    })),
  {
    files: PURE_ROOMS.map((room) => `${room}/src/**/*.ts`),
    ignores: SPECS,
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^[^.#]', message: `This room imports no package and nothing of Node. ${TABLE}` }] },
      ],
    },
  },
];

export default defineConfig([
  { ignores: ['dist/', 'node_modules/', '.vigil/', '.tensorflow/', '**/dist/'] },
  { files: ['**/*.{js,mjs,cjs}'], rules: { 'no-unused-vars': 'error' } },
  { files: SOURCES, extends: [typescript.configs.strict] },
  {
    files: SOURCES,
    plugins: { boundaries },
    settings: {
      'import/resolver': { './tools/room-resolver.cjs': {} },
      'boundaries/elements': [
        ...Object.keys(ROOMS).map((room) => ({ type: room, pattern: room })),
        { type: 'test', pattern: 'test' },
      ],
    },
    rules: {
      'boundaries/dependencies': dependencies(false),
      'boundaries/no-unknown-files': 'error',
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'List what is exported name by name.' },
        { selector: 'ExportDefaultDeclaration', message: 'Export it by its name.' },
      ],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowEmpty: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
    },
  },
  { files: ['apps/**/*.{ts,tsx}'], rules: { 'no-console': 'off' } },
  {
    files: SPECS,
    rules: {
      'boundaries/dependencies': dependencies(true),
      'max-lines': ['error', 400],
      'max-lines-per-function': 'off',
      'no-console': 'off',
    },
  },
  ...packageRules,
]);
