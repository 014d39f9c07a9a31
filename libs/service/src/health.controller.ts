import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { HealthRegistry, type HealthKind, type HealthReport } from './health-registry.js';

/** `GET /health/live` and `GET /health/ready`: 200 or 503, with every check by name. */
@Controller('health')
export class HealthController {
  constructor(@Inject(HealthRegistry) private readonly health: HealthRegistry) {}

  @Get('live')
  live(): Promise<HealthReport> {
    return this.answer('live');
  }

  @Get('ready')
  ready(): Promise<HealthReport> {
    return this.answer('ready');
  }

  private async answer(kind: HealthKind): Promise<HealthReport> {
    const report = await this.health.report(kind);
    if (!report.healthy) throw new ServiceUnavailableException(report);
    return report;
  }
}
