import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, HttpException, Module, Post, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express from 'express';
import { HealthRegistry } from '../health-registry.js';
import { createMetrics } from '../metrics.js';
import { NestLogger } from '../nest-logger.js';
import { ServiceLogger } from '../service-logger.js';
import { ServiceModule } from '../service.module.js';
import { ProblemFilter } from './problem-filter.js';

class Pinned extends Error {}

@Controller()
class FailingController {
  @Get('own')
  own(): void {
    throw new Pinned('the release is pinned');
  }

  @Get('coded')
  coded(): void {
    throw new HttpException({ code: 'too-busy', message: 'ask again' }, 429);
  }

  @Get('surprise')
  surprise(): void {
    throw new RangeError('a detail of no concern to the caller');
  }

  @Post('order')
  order(): string {
    return 'taken';
  }
}

describe('what a request is answered that fails', () => {
  const lines: string[] = [];
  let app: INestApplication;
  let url: string;

  beforeAll(async () => {
    const logger = new ServiceLogger({ service: 'test', destination: { write: (line) => void lines.push(line) } });
    const metrics = createMetrics({ service: 'test', processMetrics: false });
    const health = new HealthRegistry();
    health.register('ready', 'model', () => ({ healthy: false }));

    @Module({ imports: [ServiceModule.register({ logger, metrics, health })], controllers: [FailingController] })
    class TestModule {}
    const made = await NestFactory.create<NestExpressApplication>(TestModule, {
      ...{ logger: new NestLogger(logger), bodyParser: false },
    });
    made.useGlobalFilters(
      new ProblemFilter({
        ...{ logger, surprise: { code: 'internal', message: 'the app failed' } },
        codes: { 404: 'not-found', 413: 'too-large' },
        answerOf: (error) =>
          error instanceof Pinned ? { status: 409, problem: { code: 'pinned', message: error.message } } : undefined,
      }),
    );
    made.use(express.json({ limit: 20 }));
    await made.listen(0, '127.0.0.1');
    app = made;
    url = await app.getUrl();
  });
  afterAll(() => app.close());

  const answer = async (path: string, body?: string, type = 'application/json'): Promise<unknown[]> => {
    const post = { method: 'POST', headers: { 'content-type': type }, body: body ?? null };
    const response = await fetch(`${url}${path}`, body === undefined ? {} : post);
    return [response.status, await response.json()];
  };

  it("is the app's own answer to its own errors, and an exception's body that has a code", async () => {
    expect(await answer('/own')).toEqual([409, { code: 'pinned', message: 'the release is pinned' }]);
    expect(await answer('/coded')).toEqual([429, { code: 'too-busy', message: 'ask again' }]);
  });

  it('keeps the checks of health', async () => {
    const report = { healthy: false, checks: { model: { healthy: false } } };
    expect(await answer('/health/ready')).toEqual([503, report]);
  });

  it('says what is not found and what cannot be read', async () => {
    expect(await answer('/nowhere')).toEqual([404, { code: 'not-found', message: 'Cannot GET /nowhere' }]);
    // the JSON reader's refusals reach the filter as exceptions of Nest's, with the words of the reader
    expect(await answer('/order', '{')).toMatchObject([400, { code: 'bad-request' }]);
    const unread = { code: 'bad-request', message: 'unsupported charset "KLINGON"' };
    expect(await answer('/order', '{}', 'application/json; charset=klingon')).toEqual([415, unread]);
    const large = { code: 'too-large', message: 'request entity too large' };
    expect(await answer('/order', JSON.stringify('x'.repeat(20)))).toEqual([413, large]);
  });

  it('tells the log of a surprise, and the caller no details', async () => {
    expect(await answer('/surprise')).toEqual([500, { code: 'internal', message: 'the app failed' }]);
    expect(lines.filter((line) => line.includes('a detail of no concern'))).toHaveLength(1);
  });
});
