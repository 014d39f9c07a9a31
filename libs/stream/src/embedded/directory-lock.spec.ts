import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DirectoryLock } from './directory-lock.js';

describe('the lock of a directory', () => {
  let directory: string;
  beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'vigil-lock-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it('keeps a second owner out until it is released', () => {
    const lock = DirectoryLock.acquire(directory);
    expect(() => DirectoryLock.acquire(directory)).toThrow(`in use by process ${process.pid}: stop it`);
    lock.release();
    DirectoryLock.acquire(directory).release();
  });

  it('takes over from a process that is gone', () => {
    writeFileSync(join(directory, 'owner.lock'), '4194305 12345');
    DirectoryLock.acquire(directory).release();
  });

  it('takes over from an earlier process of the same id', () => {
    writeFileSync(join(directory, 'owner.lock'), `${process.pid} 1`);
    DirectoryLock.acquire(directory).release();
  });
});
