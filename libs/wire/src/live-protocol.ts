/** Version of the live protocol. A change that an older client cannot read gets the next number. */
export const LIVE_PROTOCOL_VERSION = 1;

/** Path of the WebSocket end-point. */
export const LIVE_PATH = '/live';

/** WebSocket subprotocol that a client may offer; the server accepts connections without any as well. */
export const LIVE_SUBPROTOCOL = 'vigil.live.v1';

/**
 * Prefix of the subprotocol that carries a bearer token, since a browser cannot set headers on a WebSocket. What follows is the token
 * in base64url without padding. It is offered beside {@link LIVE_SUBPROTOCOL} and never accepted back.
 */
export const LIVE_BEARER_PREFIX = 'vigil.bearer.';

/** Said in every hello and wherever a score is shown. */
export const LIVE_DISCLAIMER = 'Research software, not a medical device.';

/** Largest number of scores in a bed's trend of risk, oldest first. */
export const LIVE_TREND_LENGTH = 24;
