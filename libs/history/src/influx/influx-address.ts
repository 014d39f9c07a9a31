import { HistoryError } from '../history-error.js';

/** Where an InfluxDB is, and as whom to speak to it. */
export interface InfluxAddress {
  readonly protocol: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username?: string;
  readonly password?: string;
}

/** Reads `http://user:password@host:port/database`; throws a `HistoryError` that says what is wrong, without the password. */
export function parseInfluxUrl(text: string): InfluxAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const expected = 'expected http://user:password@host:port/database, where user and password may be left out';
  if (url === undefined) throw new HistoryError(`the address of InfluxDB is not a URL; ${expected}`, false);
  const protocol = url.protocol.slice(0, -1);
  if (protocol !== 'http' && protocol !== 'https') {
    throw new HistoryError(`the address of InfluxDB begins with "${url.protocol}"; ${expected}`, false);
  }
  const database = decodeURIComponent(url.pathname.slice(1));
  if (!/^[\w.-]{1,100}$/.test(database)) {
    throw new HistoryError(`the address of InfluxDB names the database "${database}"; ${expected}`, false);
  }
  return {
    protocol,
    host: url.hostname,
    port: url.port === '' ? 8086 : Number(url.port),
    database,
    ...(url.username !== '' && {
      username: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
    }),
  };
}
