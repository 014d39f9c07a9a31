import { expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { watchGauge } from './watch-gauge.js';

it('a watched gauge shows the value of the moment', async () => {
  const registry = new Registry();
  let stays = 2;
  watchGauge(registry, 'stays', 'Stays held', () => stays);
  expect(await registry.metrics()).toBe('# HELP stays Stays held\n# TYPE stays gauge\nstays 2\n');
  stays = 3;
  expect(await registry.metrics()).toContain('stays 3\n');
});
