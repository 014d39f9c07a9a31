import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from '@jest/globals';

/**
 * Specs on open data that the user keeps: runs the body with the folder's path under `VIGIL_DATA`, or is a skip whose name says why.
 * A folder that is named but not there is no reason to skip: the specs then fail.
 */
export function describeWithData(name: string, folders: readonly string[], body: (folder: string) => void): void {
  const root = process.env['VIGIL_DATA'];
  if (root === undefined || root === '') {
    describe(name, () => {
      it.skip(`needs VIGIL_DATA: a folder that holds ${folders[0]} as downloaded from PhysioNet`, () => undefined);
    });
    return;
  }
  const folder = folders.find((candidate) => existsSync(join(root, candidate))) ?? folders[0]!;
  describe(name, () => body(join(root, folder)));
}
