import { describe, expect, it } from '@jest/globals';
import { NestLogger } from './nest-logger.js';
import { ServiceLogger, type LogLevel } from './service-logger.js';

function recorded(level: LogLevel) {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  return { lines, logger: new ServiceLogger({ service: 'scorer', level, destination }) };
}

describe('ServiceLogger', () => {
  it('drops what could lead to a person at info and above', () => {
    const { lines, logger } = recorded('debug');
    logger.info('scored', { stayId: 's-1', bed: 'b-1', key: 's-1', count: 3 });
    logger.error('failed', { stayId: 's-1', partition: 2 });
    expect(JSON.stringify(lines)).not.toMatch(/s-1|b-1/);
    expect(lines[0]).toMatchObject({ service: 'scorer', msg: 'scored', count: 3 });
    expect(lines[1]).toMatchObject({ msg: 'failed', partition: 2 });
  });

  it('keeps the pseudonym of a stay at debug, for a developer', () => {
    const { lines, logger } = recorded('debug');
    logger.debug('scored', { stayId: 's-1' });
    expect(lines[0]).toMatchObject({ stayId: 's-1' });
  });

  it('writes nothing below its level', () => {
    const { lines, logger } = recorded('warn');
    logger.info('a');
    logger.warn('b');
    expect(lines.map((line) => line['msg'])).toEqual(['b']);
  });

  it("takes Nest's messages with their context", () => {
    const { lines, logger } = recorded('debug');
    const nest = new NestLogger(logger);
    nest.log('mapped', 'Router');
    nest.error(new Error('lost'), 'Router');
    expect(lines[0]).toMatchObject({ msg: 'mapped', context: 'Router', level: 20 });
    expect(lines[1]).toMatchObject({ msg: 'Error: lost', context: 'Router' });
  });
});
