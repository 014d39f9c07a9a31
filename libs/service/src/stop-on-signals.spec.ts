import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';

/** How a process ends with one step whose body is given, and that stops itself, by SIGTERM unless said otherwise. */
function endOf(
  step: string,
  begin = "process.kill(process.pid, 'SIGTERM');",
): { status: number | null; lines: { msg: string }[] } {
  const url = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href);
  const code = `
    import { stopOnSignals } from ${url('stop-on-signals.js')};
    import { ServiceLogger } from ${url('service-logger.js')};
    const logger = new ServiceLogger({ service: 'spec' });
    const fail = stopOnSignals({ steps: [{ name: 'step', run: async () => { ${step} } }], logger, timeoutMs: 50 });
    const held = setInterval(() => undefined, 1_000);
    process.once('SIGTERM', () => clearInterval(held));
    ${begin}
  `;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  const lines = stdout.trim().split('\n');
  return { status, lines: lines.map((line) => JSON.parse(line) as { msg: string }) };
}

describe('a process that is told to stop', () => {
  it('ends with 0 after a clean stop and with 1 after a failed one', () => {
    expect(endOf('').status).toBe(0);
    expect(endOf("throw new Error('the broker is away');").status).toBe(1);
  });

  it('ends with 1, and says so, when a step never ends, also where nothing else keeps the process alive', () => {
    const { status, lines } = endOf('await new Promise(() => undefined);');
    expect(lines.map(({ msg }) => msg)).toEqual(['stopping', 'shutdown took too long and is cut off']);
    expect(status).toBe(1);
  });

  it('ends with 1 when a failure began the stop, however clean it is', () => {
    const { status, lines } = endOf('', "fail(new Error('the disk is full'));");
    expect([status, lines[0]]).toMatchObject([1, { error: 'the disk is full' }]);
  });

  it('ends at once with 1 at a second signal', () => {
    const { status, lines } = endOf("process.emit('SIGINT'); await new Promise(() => undefined);");
    expect([status, ...lines.map(({ msg }) => msg)]).toEqual([1, 'stopping', 'stopping']);
  });
});
