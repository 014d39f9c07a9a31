import { describe, expect, it } from '@jest/globals';
import { HealthRegistry } from './health-registry.js';

describe('HealthRegistry', () => {
  it('is healthy only when every check of the kind is', async () => {
    const health = new HealthRegistry();
    health.register('ready', 'log', () => ({ healthy: true }));
    health.register('live', 'model', () => ({ healthy: false, detail: 'no release' }));
    expect(await health.report('ready')).toEqual({ healthy: true, checks: { log: { healthy: true } } });
    expect((await health.report('live')).healthy).toBe(false);
  });

  it('counts a check that throws as failed, and says why', async () => {
    const health = new HealthRegistry();
    health.register('ready', 'history', () => Promise.reject(new Error('connection refused')));
    expect(await health.report('ready')).toEqual({
      healthy: false,
      checks: { history: { healthy: false, detail: 'connection refused' } },
    });
  });
});
