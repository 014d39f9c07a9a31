import type { HttpProblem } from '#wire';
import type { RequestHandler } from 'express';
import { ACCESS_MESSAGES, type AccessPolicy } from './access-policy.js';

/** Paths that give out data. The page itself, health and readiness give out none and need no token. */
const DATA_PATHS = ['/api', '/metrics'];

/** Turns away requests that may not ask; see `AccessPolicy`. */
export function guardAccess(access: AccessPolicy): RequestHandler {
  return (request, response, next) => {
    const path = request.path.toLowerCase();
    const givesData = DATA_PATHS.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
    const refusal = givesData ? access.refuses(request.headers) : access.refusesOrigin(request.headers);
    if (refusal === undefined) return next();
    const problem: HttpProblem = { code: 'unauthorised', message: ACCESS_MESSAGES[refusal] };
    response.status(refusal === 'unauthorised' ? 401 : 403).json(problem);
  };
}
