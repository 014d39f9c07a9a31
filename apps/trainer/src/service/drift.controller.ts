import { Controller, Get, Inject } from '@nestjs/common';
import { LIVE_DISCLAIMER } from '#wire';
import { DriftWatch, type DriftReport } from '../drift/drift-watch.js';

/** `GET /drift`: where what the champion meets leaves what it was trained on. */
@Controller('drift')
export class DriftController {
  constructor(@Inject(DriftWatch) private readonly drift: DriftWatch) {}

  @Get()
  report(): DriftReport & { readonly disclaimer: string } {
    return { disclaimer: LIVE_DISCLAIMER, ...this.drift.report() };
  }
}
