import { describe, expect, it } from '@jest/globals';
import { FirstFailure } from './first-failure.js';
import { HealthRegistry } from './health-registry.js';

describe('FirstFailure', () => {
  it('passes only the first failure on', () => {
    const heard: string[] = [];
    const failure = new FirstFailure(({ message }) => heard.push(message));
    failure.report(new Error('the broker is away'));
    failure.report(new Error('the flush failed'));
    expect(heard).toEqual(['the broker is away']);
    expect(failure.error?.message).toBe('the broker is away');
  });

  it('makes the app neither live nor ready, and says why', async () => {
    const failure = new FirstFailure(() => undefined);
    const health = new HealthRegistry();
    failure.watch(health, 'pipeline');
    expect(await health.report('live')).toEqual({ healthy: true, checks: { pipeline: { healthy: true } } });
    failure.report(new Error('the broker is away'));
    const failed = { healthy: false, checks: { pipeline: { healthy: false, detail: 'the broker is away' } } };
    expect(await health.report('live')).toEqual(failed);
    expect(await health.report('ready')).toEqual(failed);
  });
});
