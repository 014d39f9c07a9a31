import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** What Vigil keeps in its state folder. */
const PARTS = ['log', 'history', 'replay.json', 'registry', 'release-cache', 'trainer', 'alert-delivery'];

/** Removes what Vigil keeps in a state folder, and nothing else that lies there. */
export function forgetState(folder: string): void {
  for (const part of PARTS) rmSync(join(folder, part), { recursive: true, force: true });
}
