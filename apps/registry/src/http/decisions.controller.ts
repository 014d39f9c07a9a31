import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { LocatedRelease } from '#registry';
import { ORDERS, readOrder } from './order-schemas.js';
import { RegistryView } from './registry-view.js';

/** The way back, and what decisions rested on. */
@Controller()
export class DecisionsController {
  constructor(@Inject(RegistryView) private readonly view: RegistryView) {}

  @Post('rollback')
  @HttpCode(200)
  rollback(@Body() body: unknown): Promise<LocatedRelease> {
    return this.view.desk.rollback(readOrder(ORDERS.rollback, body));
  }

  @Get('evidence/:digest')
  evidence(@Param('digest') digest: string): Promise<unknown> {
    return this.view.registry.readEvidence(digest);
  }
}
