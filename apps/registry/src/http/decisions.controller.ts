import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
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

  @Get('evidence/:digest')
  evidence(@Param('digest') digest: string): Promise<unknown> {
    return this.view.registry.readEvidence(digest);
  }
}
