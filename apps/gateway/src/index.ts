export { GatewayClock } from './clock.js';
export { createGateway } from './create-gateway.js';
export type { Gateway, GatewayParts } from './create-gateway.js';
export type { GatewayOptions } from './gateway-options.js';
export type { LiveLimits } from './live/live-limits.js';
export type { AppAddress } from './model/ask-app.js';
export type { AgesPolicy } from './ward/ages-policy.js';
