import { Controller, Get, Inject } from '@nestjs/common';
import type { ReleaseStatus } from './release-status.js';

/** Answers for the releases that score here. */
export abstract class ReleaseReporter {
  abstract status(): ReleaseStatus;
}

/** `GET /releases`: which release scores, which should, and why one does not. */
@Controller('releases')
export class ReleasesController {
  constructor(@Inject(ReleaseReporter) private readonly reporter: ReleaseReporter) {}

  @Get()
  releases(): ReleaseStatus {
    return this.reporter.status();
  }
}
