import { describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { untrainedRelease } from '../../../../test/support/untrained-release.js';
import { fetchBundle, pruneBundles } from './fetch-bundle.js';

async function digestOf(directory: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(join(directory, 'manifest.json')))
    .digest('hex');
}

/** Serves the files of a folder as a registry does. */
async function serve(directory: string): Promise<{ url: string; seen: IncomingHttpHeaders[] } & AsyncDisposable> {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    readFile(join(directory, basename(request.url ?? ''))).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, seen, [Symbol.asyncDispose]: close };
}

describe('fetchBundle', () => {
  it('brings a bundle from a folder or over HTTP, once', async () => {
    await using release = await untrainedRelease();
    await using cache = await temporaryFolder();
    await using server = await serve(release.path);
    const digest = await digestOf(release.path);
    const places = [pathToFileURL(release.path).href, `${server.url}/releases/untrained-spec`];
    for (const [index, location] of places.entries()) {
      const directory = join(cache.path, String(index));
      const folder = await fetchBundle({ digest, location, directory });
      expect(await readFile(join(folder, 'risk.onnx'))).toEqual(await readFile(join(release.path, 'risk.onnx')));
      const asked = server.seen.length;
      expect(await fetchBundle({ digest, location, directory })).toBe(folder);
      expect(server.seen).toHaveLength(asked);
    }
    expect(server.seen).toHaveLength(5);
  });

  it('keeps the token to the registry that it is for', async () => {
    await using release = await untrainedRelease();
    await using cache = await temporaryFolder();
    await using server = await serve(release.path);
    const digest = await digestOf(release.path);
    const location = `${server.url}/releases/x`;
    const common = { digest, location, token: 'secret' };
    await fetchBundle({ ...common, directory: join(cache.path, 'a'), tokenOrigin: 'http://127.0.0.1:1' });
    expect(server.seen.map(({ authorization }) => authorization)).not.toContain('Bearer secret');
    await fetchBundle({ ...common, directory: join(cache.path, 'b'), tokenOrigin: server.url });
    expect(server.seen.at(-1)!.authorization).toBe('Bearer secret');
  });

  it('refuses what has another digest, and leaves nothing behind', async () => {
    await using release = await untrainedRelease();
    await using cache = await temporaryFolder();
    const digest = await digestOf(release.path);
    const options = { digest, location: pathToFileURL(release.path).href, directory: cache.path };
    await expect(fetchBundle({ ...options, digest: 'a'.repeat(64) })).rejects.toMatchObject({ code: 'bad-bundle' });
    await appendFile(join(release.path, 'risk.onnx'), 'x');
    await expect(fetchBundle(options)).rejects.toThrow('risk.onnx has SHA-256');
    expect(await readdir(cache.path)).toEqual([]);
  });

  it('fetches again what was changed in the cache', async () => {
    await using release = await untrainedRelease();
    await using cache = await temporaryFolder();
    const digest = await digestOf(release.path);
    const options = { digest, location: pathToFileURL(release.path).href, directory: cache.path };
    const folder = await fetchBundle(options);
    await appendFile(join(folder, 'risk.onnx'), 'x');
    await fetchBundle(options);
    expect(await readFile(join(folder, 'risk.onnx'))).toEqual(await readFile(join(release.path, 'risk.onnx')));
  });

  it('tells what may come back from what will not', async () => {
    await using release = await untrainedRelease();
    await using cache = await temporaryFolder();
    await using server = await serve(release.path);
    const digest = await digestOf(release.path);
    await rm(join(release.path, 'risk.onnx'));
    const options = { digest, directory: cache.path };
    const away = { code: 'unavailable' };
    await expect(fetchBundle({ ...options, location: `${server.url}/releases/x` })).rejects.toMatchObject(away);
    await expect(fetchBundle({ ...options, location: 'http://127.0.0.1:1/x' })).rejects.toMatchObject(away);
    await expect(fetchBundle({ ...options, location: 'ftp://x/y' })).rejects.toMatchObject({ code: 'bad-bundle' });
  });
});

describe('pruneBundles', () => {
  const digests = ['a', 'b', 'c'].map((digit) => digit.repeat(64));

  it('keeps the named ones, and nothing of a fetch that was cut off', async () => {
    await using cache = await temporaryFolder();
    const partial = `${digests[1]}.${randomUUID()}.partial`;
    for (const name of [...digests, partial]) {
      await mkdir(join(cache.path, name));
      await writeFile(join(cache.path, name, 'manifest.json'), '{}');
    }
    await pruneBundles(cache.path, new Set([digests[1]!]));
    expect(await readdir(cache.path)).toEqual([digests[1]]);
    await pruneBundles(join(cache.path, 'nowhere'), new Set());
  });

  it('touches nothing that is no bundle, in whatever folder it is told to keep them', async () => {
    await using cache = await temporaryFolder();
    await mkdir(join(cache.path, 'thesis'));
    await writeFile(join(cache.path, 'journal.ndjson'), '');
    await pruneBundles(cache.path, new Set(digests));
    expect(await readdir(cache.path)).toEqual(['journal.ndjson', 'thesis']);
  });
});
