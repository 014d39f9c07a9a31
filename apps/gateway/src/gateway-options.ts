import type { LiveLimits } from './live/live-limits.js';
import type { AppAddress } from './model/ask-app.js';
import type { AgesPolicy } from './ward/ages-policy.js';

/** How a gateway listens and what it bounds. */
export interface GatewayOptions {
  /** Anything but loopback needs a token. @default '127.0.0.1' */
  readonly host?: string;
  /** 0 takes a free one. @default 3000 */
  readonly port?: number;
  /** Origins of other pages that may ask. @default [] */
  readonly allowedOrigins?: readonly string[];
  /** When given, data are given out only to who sends it as a bearer token. */
  readonly token?: string | undefined;
  /** Listen beyond loopback without a token. @default false */
  readonly withoutToken?: boolean;
  /** Folder of the built page. @default 'apps/dashboard/dist' */
  readonly dashboardFolder?: string;
  /**
   * Group under which the log is read. It must be this gateway's alone, for two in one group would each see a part of the ward. A fixed name keeps a log from
   * gathering the groups of all starts; what is read does not depend on it.
   * @default one of its own for every start
   */
  readonly group?: string;
  /** @default 5_000 */
  readonly maxStays?: number;
  /** How long an ended stay is still shown, on the log's clock, milliseconds. @default 86_400_000 */
  readonly keepEndedMs?: number;
  /** @default AGES_POLICY_V1 */
  readonly ages?: AgesPolicy;
  /** Where the registry answers; without it the model page says that none is configured. */
  readonly registry?: AppAddress | undefined;
  /** Where the trainer answers; likewise. */
  readonly trainer?: AppAddress | undefined;
  /** Bounds of the live end-point that differ from `LIVE_LIMITS`. */
  readonly limits?: Partial<LiveLimits>;
}
