import type { Registry } from 'prom-client';

/** Records that a gateway has read, by topic and outcome, from its own Prometheus series. */
export async function gatewayRecords(metrics: Registry): Promise<Record<string, Record<string, number>>> {
  const series = (await metrics.getMetricsAsJSON()).find(({ name }) => name === 'vigil_gateway_records_total');
  const byTopic: Record<string, Record<string, number>> = {};
  for (const { labels, value } of series?.values ?? []) {
    const { topic, outcome } = labels;
    (byTopic[String(topic)] ??= {})[String(outcome)] = Number(value);
  }
  return byTopic;
}

/** Beds that a gateway shows, asked over HTTP as a page does. */
export async function gatewayBeds(url: string): Promise<number> {
  const response = await fetch(`${url}/api/wards`);
  if (!response.ok) throw new Error(`GET /api/wards was answered with ${response.status}, expected 200`);
  const { wards } = (await response.json()) as { wards: { beds: number }[] };
  return wards.reduce((total, { beds }) => total + beds, 0);
}
