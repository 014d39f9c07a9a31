import { describe, expect, it } from '@jest/globals';
import { ServiceLogger } from './service-logger.js';
import { runShutdown } from './shutdown.js';

const logger = new ServiceLogger({ service: 'test', level: 'silent' });
const never = new Promise<void>(() => undefined);

describe('runShutdown', () => {
  it('runs the steps in order', async () => {
    const ran: string[] = [];
    const step = (name: string) => ({ name, run: async () => void ran.push(name) });
    expect(await runShutdown([step('flush'), step('commit'), step('close')], never, logger)).toBe('clean');
    expect(ran).toEqual(['flush', 'commit', 'close']);
  });

  it('still closes after a flush that failed', async () => {
    const ran: string[] = [];
    const steps = [
      { name: 'flush', run: () => Promise.reject(new Error('broker away')) },
      { name: 'close', run: async () => void ran.push('close') },
    ];
    expect(await runShutdown(steps, never, logger)).toBe('failed');
    expect(ran).toEqual(['close']);
  });

  it('is cut off when the time is over', async () => {
    expect(await runShutdown([{ name: 'flush', run: () => never }], Promise.resolve(), logger)).toBe('timed-out');
  });
});
