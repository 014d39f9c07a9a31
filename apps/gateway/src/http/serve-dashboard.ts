import { LIVE_DISCLAIMER } from '#wire';
import express, { Router, type RequestHandler } from 'express';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Paths that are never the page. */
const RESERVED = /^\/(api|health|metrics|live|assets)(\/|$)/i;

/**
 * Serves the built page. Files under `assets/` carry a digest in their name and may be kept for good; the page itself is asked for every time.
 *
 * @param folder of the built page; without one there, `/` says how to build it
 */
export function serveDashboard(folder: string): RequestHandler {
  const page = join(folder, 'index.html');
  const router = Router();
  if (!existsSync(page)) {
    router.get('/', (_request, response) => {
      response
        .type('text')
        .send(
          `Vigil gateway. ${LIVE_DISCLAIMER}\nThe dashboard is not built: run \`npm run build\` and start again.\n`,
        );
    });
    return router;
  }
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }));
  router.use(express.static(folder, { index: false, maxAge: 0, dotfiles: 'ignore' }));
  router.use((request, response, next) => {
    const isPage = request.method === 'GET' && !RESERVED.test(request.path) && !request.path.includes('.');
    if (!isPage) return next();
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile('index.html', { root: folder });
  });
  return router;
}
