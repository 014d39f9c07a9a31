import { open } from 'node:fs/promises';

/** Makes the names of a folder durable: a file that was made or renamed in it is there after a loss of power, too. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
