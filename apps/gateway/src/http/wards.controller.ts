import { Controller, Get, Inject } from '@nestjs/common';
import { LIVE_DISCLAIMER, type WardsResponse } from '#wire';
import { GatewayView } from '../gateway-view.js';

type Ward = WardsResponse['wards'][number];

/** `GET /api/wards`: the wards that have stays, by site and name. */
@Controller('api/wards')
export class WardsController {
  constructor(@Inject(GatewayView) private readonly view: GatewayView) {}

  @Get()
  wards(): WardsResponse {
    const wards = new Map<string, Ward>();
    for (const { site, ward, technicalState } of this.view.ward.staysOf({ kind: 'all' })) {
      const key = JSON.stringify([site, ward]);
      let counted = wards.get(key);
      if (counted === undefined) wards.set(key, (counted = { site, ward, beds: 0, byTechnicalState: {} }));
      counted.beds += 1;
      counted.byTechnicalState[technicalState] = (counted.byTechnicalState[technicalState] ?? 0) + 1;
    }
    const sorted = [...wards.values()].sort((a, b) => a.site.localeCompare(b.site) || a.ward.localeCompare(b.ward));
    const clockMs = this.view.clockMs();
    return {
      disclaimer: LIVE_DISCLAIMER,
      ...(clockMs === undefined ? {} : { clockMs }),
      feed: this.view.feed(),
      wards: sorted,
    };
  }
}
