/**
 * Who may import whom: the import table of the project, written once. eslint.config.js turns it into lint rules and
 * test/workshop/import-table.spec.ts shows that they bite.
 *
 * A room is imported by its name only (`#clinical`), and offers what its index.ts lists.
 */

/** Rooms, and the rooms that each may import. A room that is missing here may not be linted at all: add it. */
export const ROOMS = {
  'libs/clinical': [],
  'libs/wire': ['libs/clinical'],
  'libs/windows': ['libs/clinical'],
  'libs/network': [],
  'libs/engine': ['libs/network'],
  'libs/model': ['libs/clinical', 'libs/windows', 'libs/network', 'libs/engine', 'libs/evaluation'],
  'libs/registry': ['libs/wire', 'libs/model', 'libs/stream'],
  'libs/stream': [],
  'libs/history': ['libs/clinical'],
  'libs/datasets': ['libs/clinical'],
  'libs/baselines': ['libs/clinical', 'libs/windows', 'libs/network', 'libs/engine', 'libs/evaluation'],
  'libs/evaluation': ['libs/clinical'],
  'libs/alerting': ['libs/clinical'],
  'libs/training': [
    'libs/clinical',
    'libs/windows',
    'libs/datasets',
    'libs/network',
    'libs/engine',
    'libs/model',
    'libs/baselines',
    'libs/evaluation',
  ],
  'libs/training-set': ['libs/clinical', 'libs/wire', 'libs/windows', 'libs/datasets', 'libs/stream'],
  'libs/reporting': ['libs/engine', 'libs/evaluation'],
  'libs/service': ['libs/stream', 'libs/history', 'libs/wire'],

  'apps/scorer': [
    'libs/clinical',
    'libs/wire',
    'libs/windows',
    'libs/baselines',
    'libs/engine',
    'libs/model',
    'libs/registry',
    'libs/stream',
    'libs/history',
    'libs/service',
  ],
  'apps/registry': ['libs/wire', 'libs/model', 'libs/registry', 'libs/stream', 'libs/service'],
  'apps/alerter': ['libs/clinical', 'libs/wire', 'libs/alerting', 'libs/stream', 'libs/service'],
  'apps/gateway': ['libs/clinical', 'libs/wire', 'libs/stream', 'libs/history', 'libs/service'],
  'apps/replay': ['libs/clinical', 'libs/wire', 'libs/stream', 'libs/history', 'libs/datasets', 'libs/service'],
  'apps/trainer': [
    'libs/clinical',
    'libs/wire',
    'libs/windows',
    'libs/datasets',
    'libs/network',
    'libs/engine',
    'libs/model',
    'libs/evaluation',
    'libs/baselines',
    'libs/training',
    'libs/stream',
    'libs/service',
    'libs/training-set',
    'libs/registry',
  ],
  'apps/evaluator': [
    'libs/clinical',
    'libs/windows',
    'libs/datasets',
    'libs/network',
    'libs/engine',
    'libs/model',
    'libs/evaluation',
    'libs/baselines',
    'libs/training',
    'libs/reporting',
  ],
  /** Composes the replay and the scorer under a virtual clock: a validation runs the very code that serves. */
  'apps/validator': [
    'apps/replay',
    'apps/scorer',
    'libs/clinical',
    'libs/wire',
    'libs/windows',
    'libs/datasets',
    'libs/model',
    'libs/stream',
    'libs/history',
    'libs/evaluation',
    'libs/alerting',
    'libs/training',
    'libs/reporting',
    'libs/service',
  ],
  'apps/dashboard': ['libs/clinical', 'libs/wire'],
  /** Composes all apps in one process. It and the validator are the only apps that import apps. */
  'apps/standalone': [
    'apps/scorer',
    'apps/gateway',
    'apps/alerter',
    'apps/registry',
    'apps/trainer',
    'apps/replay',
    'libs/alerting',
    'libs/clinical',
    'libs/wire',
    'libs/model',
    'libs/registry',
    'libs/stream',
    'libs/history',
    'libs/service',
  ],
};

/** Rooms that import nothing at all: no package and nothing of Node. */
export const PURE_ROOMS = ['libs/clinical', 'libs/network', 'libs/evaluation'];

/**
 * Packages that are named in one place each, so that what they do can be replaced there.
 * `packages` are names or globs; `within` are folders (globs) that may import them.
 */
export const OWNED_PACKAGES = [
  { packages: ['kafkajs'], within: ['libs/stream/src/kafka'] },
  { packages: ['influx'], within: ['libs/history/src/influx'] },
  { packages: ['lmdb'], within: ['libs/stream/src/embedded', 'libs/history/src/embedded'] },
  { packages: ['@tensorflow/*', 'onnxruntime-node'], within: ['libs/engine'] },
  { packages: ['@duckdb/*'], within: ['libs/datasets', 'libs/training-set', 'apps/evaluator'] },
  { packages: ['vega', 'vega-lite'], within: ['libs/reporting'] },
  { packages: ['@nestjs/*'], within: ['libs/service', 'apps/*'] },
];

/** Folders of test/ that a spec beside its source may reach by a relative path. */
export const SHARED_TEST_FOLDERS = ['test/support', 'test/contract'];
