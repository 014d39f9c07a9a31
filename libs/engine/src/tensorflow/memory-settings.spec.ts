import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { TRAINING_MEMORY_SETTINGS } from './memory-settings.js';

describe('TRAINING_MEMORY_SETTINGS', () => {
  it('are those of the npm scripts that train', async () => {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> };
    for (const name of ['train', 'evaluate']) {
      const set = [...scripts[name]!.matchAll(/(MALLOC_\w+)=(\d+)/g)].map(([, key, value]) => [key, value]);
      expect(Object.fromEntries(set)).toEqual(TRAINING_MEMORY_SETTINGS);
    }
  });
});
