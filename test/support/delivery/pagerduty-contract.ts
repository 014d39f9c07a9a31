import { z } from 'zod';
import type { Answer, Received } from './receiver.js';

const KEY = /^[A-Za-z0-9]{32}$/;
const MAX_BYTES = 512 * 1_024;

const payload = z.object({
  summary: z.string().min(1).max(1_024),
  source: z.string().min(1),
  severity: z.enum(['critical', 'warning', 'error', 'info']),
  timestamp: z.iso.datetime().optional(),
  component: z.string().optional(),
  group: z.string().optional(),
  class: z.string().optional(),
  custom_details: z.record(z.string(), z.unknown()).optional(),
});

const common = { routing_key: z.string().regex(KEY), dedup_key: z.string().min(1).max(255) };

const event = z.discriminatedUnion('event_action', [
  z.object({
    ...common,
    event_action: z.literal('trigger'),
    dedup_key: common.dedup_key.optional(),
    payload,
    client: z.string().optional(),
    client_url: z.url().optional(),
  }),
  z.object({ ...common, event_action: z.literal('acknowledge') }),
  z.object({ ...common, event_action: z.literal('resolve') }),
]);

/** An incident as PagerDuty would have it. */
export interface Incident {
  status: 'triggered' | 'acknowledged' | 'resolved';
  /** How many times somebody was paged. */
  pages: number;
}

/**
 * PagerDuty's Events API v2 as published (https://developer.pagerduty.com/api-reference/send-an-event): refuses with 400 what it refuses, and keeps incidents by `dedup_key`. A trigger
 * of an open incident pages nobody.
 */
export class PagerDutyContract {
  readonly incidents = new Map<string, Incident>();

  constructor(private readonly routingKey: string) {}

  answer({ method, path, headers, body }: Received): Answer {
    if (method !== 'POST' || path !== '/v2/enqueue') return { status: 404 };
    if (!headers['content-type']?.startsWith('application/json')) return bad('expected application/json');
    if (Buffer.byteLength(body) > MAX_BYTES) return { status: 413 };
    const parsed = event.safeParse(JSON.parse(body));
    if (!parsed.success) return bad(parsed.error.issues[0]!.path.join('.'));
    if (parsed.data.routing_key !== this.routingKey) return bad('routing_key');
    const key = parsed.data.dedup_key ?? 'made-up';
    this.take(key, parsed.data.event_action);
    const answer = { status: 'success', message: 'Event processed', dedup_key: key };
    return { status: 202, body: JSON.stringify(answer) };
  }

  private take(key: string, action: 'trigger' | 'acknowledge' | 'resolve'): void {
    const incident = this.incidents.get(key);
    const open = incident !== undefined && incident.status !== 'resolved';
    if (action !== 'trigger') {
      if (open) incident.status = action === 'resolve' ? 'resolved' : 'acknowledged';
    } else if (!open) this.incidents.set(key, { status: 'triggered', pages: (incident?.pages ?? 0) + 1 });
  }
}

function bad(field: string): Answer {
  return {
    status: 400,
    body: JSON.stringify({ status: 'invalid event', message: 'Event object is invalid', errors: [field] }),
  };
}
