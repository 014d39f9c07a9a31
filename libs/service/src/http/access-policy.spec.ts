import { describe, expect, it } from '@jest/globals';
import { SettingsError } from '../settings-error.js';
import { AccessPolicy, type AccessOptions } from './access-policy.js';
import { assertGuarded } from './assert-guarded.js';

const policy = (options: Partial<AccessOptions> = {}): AccessPolicy =>
  new AccessPolicy({ host: '127.0.0.1', allowedOrigins: [], settings: 'GATEWAY', ...options });

describe('who may ask', () => {
  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'localhost'])('answers to %s on loopback', (host) => {
    expect(policy().refuses({ host })).toBeUndefined();
    expect(policy().refuses({ host, origin: `http://${host}` })).toBeUndefined();
  });

  it.each(['evil.example', 'evil.example:3000', '127.0.0.1.evil.example', '', undefined])(
    'does not answer to %s on loopback, whatever the origin',
    (host) => {
      expect(policy().refuses({ ...(host === undefined ? {} : { host }), origin: `http://${host}` })).toBe(
        'foreign-host',
      );
    },
  );

  it('turns pages of other origins away, but for those that are allowed', () => {
    const host = 'localhost:3000';
    expect(policy().refuses({ host, origin: 'http://localhost:5173' })).toBe('foreign-origin');
    expect(policy().refuses({ host, origin: 'null' })).toBe('foreign-origin');
    expect(
      policy({ allowedOrigins: ['http://localhost:5173'] }).refuses({ host, origin: 'http://localhost:5173' }),
    ).toBeUndefined();
  });

  it('wants the token where there is one, as a header or as a subprotocol', () => {
    const guarded = policy({ host: '0.0.0.0', token: 'a token of some length' });
    const host = 'ward.example';
    const encoded = Buffer.from('a token of some length').toString('base64url');
    expect(guarded.refuses({ host })).toBe('unauthorised');
    expect(guarded.refuses({ host, authorization: 'Bearer another' })).toBe('unauthorised');
    expect(guarded.refuses({ host, authorization: 'Bearer a token of some length' })).toBeUndefined();
    expect(
      guarded.refuses({ host, 'sec-websocket-protocol': `vigil.live.v1, vigil.bearer.${encoded}` }),
    ).toBeUndefined();
    expect(guarded.refuses({ host, 'sec-websocket-protocol': 'vigil.live.v1' })).toBe('unauthorised');
    expect(guarded.refusesOrigin({ host })).toBeUndefined();
  });
});

describe('the start', () => {
  it('is refused beyond loopback without a token, and says what to do', () => {
    expect(() => assertGuarded('GATEWAY', { host: '0.0.0.0' })).toThrow(SettingsError);
    expect(() => assertGuarded('GATEWAY', { host: '0.0.0.0' })).toThrow(
      /GATEWAY_TOKEN .*0\.0\.0\.0.*GATEWAY_WITHOUT_TOKEN/s,
    );
  });

  it.each([
    [{ host: '127.0.0.1' }],
    [{ host: '::1' }],
    [{ host: '0.0.0.0', token: 'x'.repeat(16) }],
    [{ host: '0.0.0.0', withoutToken: true }],
  ])('goes on with %j', (settings) => expect(() => assertGuarded('GATEWAY', settings)).not.toThrow());
});
