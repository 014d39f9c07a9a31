import type { RequestHandler } from 'express';
import type { AccessPolicy } from './access-policy.js';

/**
 * Turns away requests that may not ask; see `AccessPolicy`.
 *
 * @param dataPaths paths that give out data or take orders, with all that is below them; others, such as health, need no token
 */
export function guardAccess(access: AccessPolicy, dataPaths: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const path = request.path.toLowerCase();
    const givesData = dataPaths.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
    const refusal = givesData ? access.refuses(request.headers) : access.refusesOrigin(request.headers);
    if (refusal === undefined) return next();
    const problem = { code: 'unauthorised', message: access.messageOf(refusal) };
    response.status(refusal === 'unauthorised' ? 401 : 403).json(problem);
  };
}
