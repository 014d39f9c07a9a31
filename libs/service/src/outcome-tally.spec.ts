import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { OutcomeTally } from './outcome-tally.js';

const ENDS = ['applied', 'late'] as const;

describe('OutcomeTally', () => {
  it('counts for the process and for Prometheus alike, every outcome from the start', async () => {
    const registry = new Registry();
    const tally = new OutcomeTally({ registry, name: 'events_total', help: 'Events', outcomes: ENDS });
    expect(await registry.metrics()).toBe(
      '# HELP events_total Events\n# TYPE events_total counter\nevents_total{outcome="applied"} 0\nevents_total{outcome="late"} 0\n',
    );
    tally.count('late');
    tally.count('late', 3);
    tally.count('applied');
    expect(tally.read()).toEqual({ applied: 1, late: 4 });
    expect(tally.total()).toBe(5);
    expect(await registry.metrics()).toContain('{outcome="applied"} 1\nevents_total{outcome="late"} 4\n');
  });

  it('sums over further labels for the process, and keeps them apart for Prometheus', async () => {
    const registry = new Registry();
    const tally = new OutcomeTally({
      ...{ registry, name: 'records_total', help: 'Records', outcomes: ENDS },
      labelNames: ['topic'],
    });
    tally.count('applied', 0, { topic: 'scores' });
    tally.count('applied', 1, { topic: 'events' });
    tally.count('applied', 1, { topic: 'scores' });
    tally.count('applied', 1, { topic: 'scores' });
    expect(tally.read()).toEqual({ applied: 3, late: 0 });
    expect(await registry.metrics()).toBe(
      '# HELP records_total Records\n# TYPE records_total counter\n' +
        'records_total{topic="scores",outcome="applied"} 2\nrecords_total{topic="events",outcome="applied"} 1\n',
    );
  });

  it('gives out copies', () => {
    const tally = new OutcomeTally({ registry: new Registry(), name: 'events_total', help: 'Events', outcomes: ENDS });
    tally.read().late = 9;
    expect(tally.read()).toEqual({ applied: 0, late: 0 });
  });
});
