import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { RegistryError, unpackBundle, type BundleFile, type Decision, type LocatedRelease } from '#registry';
import type { Request, Response } from 'express';
import { rm } from 'node:fs/promises';
import { PassThrough, type Readable } from 'node:stream';
import { ORDERS, readOrder } from './order-schemas.js';
import { RegistryView } from './registry-view.js';

const DISCLAIMER = 'Research software, not a medical device.';

/** Asks about releases, takes them in and decides on them. */
@Controller('releases')
export class ReleasesController {
  constructor(@Inject(RegistryView) private readonly view: RegistryView) {}

  @Get()
  async list(): Promise<{ disclaimer: string; champion?: string; releases: readonly LocatedRelease[] }> {
    const champion = this.view.registry.champion()?.releaseId;
    return {
      disclaimer: DISCLAIMER,
      ...(champion !== undefined && { champion }),
      releases: await this.view.registry.releases(),
    };
  }

  @Get(':releaseId')
  one(@Param('releaseId') releaseId: string): {
    disclaimer: string;
    release: LocatedRelease;
    decisions: readonly Decision[];
    files: readonly BundleFile[];
  } {
    const { registry } = this.view;
    const files = registry.files(releaseId);
    const release = registry.release(releaseId)!;
    return { disclaimer: DISCLAIMER, release, decisions: registry.decisions(releaseId), files };
  }

  @Get(':releaseId/files/:name')
  async file(
    @Param('releaseId') releaseId: string,
    @Param('name') name: string,
    @Res() response: Response,
  ): Promise<void> {
    const bytes = await this.view.registry.readFile(releaseId, name);
    response.setHeader('Content-Type', 'application/octet-stream');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.send(bytes);
  }

  /** A tar in the body, or as JSON the path of a folder on this machine. */
  @Post()
  @HttpCode(200)
  async add(
    @Req() request: Request,
    @Query() query: Record<string, unknown>,
    @Body() body: unknown,
  ): Promise<LocatedRelease> {
    if (request.is('application/x-tar')) return this.receive(request, query);
    const { path, ...given } = readOrder(ORDERS.add, body);
    if (!this.view.takesPaths)
      throw new RegistryError(
        'bad-request',
        'paths are taken on a loopback address only; send the bundle as application/x-tar with ?by=…&why=…',
      );
    return this.view.desk.add(path, given);
  }

  @Post(':releaseId/shadow')
  @HttpCode(200)
  shadow(@Param('releaseId') releaseId: string, @Body() body: unknown): Promise<LocatedRelease> {
    return this.view.desk.shadow(releaseId, readOrder(ORDERS.shadow, body));
  }

  @Post(':releaseId/promote')
  @HttpCode(200)
  promote(@Param('releaseId') releaseId: string, @Body() body: unknown): Promise<LocatedRelease> {
    return this.view.desk.promote(releaseId, readOrder(ORDERS.promote, body));
  }

  @Post(':releaseId/retire')
  @HttpCode(200)
  retire(@Param('releaseId') releaseId: string, @Body() body: unknown): Promise<LocatedRelease> {
    return this.view.desk.retire(releaseId, readOrder(ORDERS.retire, body));
  }

  @Post(':releaseId/pin')
  @HttpCode(200)
  pin(@Param('releaseId') releaseId: string, @Body() body: unknown): Promise<LocatedRelease> {
    return this.view.desk.pin(releaseId, readOrder(ORDERS.pin, body));
  }

  private async receive(request: Request, query: unknown): Promise<LocatedRelease> {
    const given = readOrder(ORDERS.upload, query);
    const staged = await this.view.registry.stage();
    try {
      const evidence = await unpackBundle(bodyOf(request), staged);
      return await this.view.desk.add(staged, { ...given, ...(evidence !== undefined && { evidence }) });
    } finally {
      await rm(staged, { recursive: true, force: true });
    }
  }
}

/**
 * The body of a request as a stream of its own. Given up early, it leaves the connection open for the answer that says why, and what
 * is still being sent is thrown away.
 */
function bodyOf(request: Request): Readable {
  const body = new PassThrough();
  request.pipe(body);
  body.once('close', () => request.unpipe(body).resume());
  request.once('close', () => {
    if (!request.complete) body.destroy(new Error('the sender went away'));
  });
  return body;
}
