/** A setting that names a server. Throws where it is missing: a suite that needs a server fails without one, it is not skipped. */
export function requiredSetting(name: 'KAFKA_BROKERS' | 'INFLUX_URL' | 'ALERTMANAGER_URL' | 'FHIR_URL'): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`${name} names no server: run these specs with "npm run test:servers", which starts one`);
  }
  return value;
}
