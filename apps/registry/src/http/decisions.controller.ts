import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { Decision, LocatedRelease } from '#registry';
import { LIVE_DISCLAIMER } from '#wire';
import { ORDERS, readOrder } from './order-schemas.js';
import { RegistryView } from './registry-view.js';

/** Decisions in one answer; `GET /releases/:id` has all of a release. */
const NEWEST = 50;

/** The way back, what was decided, and what decisions rested on. */
@Controller()
export class DecisionsController {
  constructor(@Inject(RegistryView) private readonly view: RegistryView) {}

  @Post('rollback')
  @HttpCode(200)
  rollback(@Body() body: unknown): Promise<LocatedRelease> {
    return this.view.desk.rollback(readOrder(ORDERS.rollback, body));
  }

  /** The newest decisions about any release, newest first. */
  @Get('decisions')
  decisions(): { disclaimer: string; decisions: readonly Decision[] } {
    return { disclaimer: LIVE_DISCLAIMER, decisions: this.view.registry.decisions().slice(-NEWEST).reverse() };
  }

  /** As JSON whatever it is: a text of someone's must not be taken for a page. */
  @Get('evidence/:digest')
  @Header('Content-Type', 'application/json; charset=utf-8')
  @Header('X-Content-Type-Options', 'nosniff')
  async evidence(@Param('digest') digest: string): Promise<string> {
    return JSON.stringify(await this.view.registry.readEvidence(digest));
  }
}
