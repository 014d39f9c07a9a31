import { describe, expect, it } from '@jest/globals';
import { parseInfluxUrl } from './influx-address.js';

describe('the address of InfluxDB', () => {
  it('is read with and without a user', () => {
    expect(parseInfluxUrl('http://127.0.0.1:18086/vigil')).toEqual({
      protocol: 'http',
      host: '127.0.0.1',
      port: 18_086,
      database: 'vigil',
    });
    expect(parseInfluxUrl('https://ward:p%40ss@influx.example/icu')).toEqual({
      protocol: 'https',
      host: 'influx.example',
      port: 8_086,
      database: 'icu',
      username: 'ward',
      password: 'p@ss',
    });
  });

  it.each([
    ['not a url', 'is not a URL'],
    ['ftp://host/vigil', 'begins with "ftp:"'],
    ['http://host:8086', 'names the database ""'],
    ['http://host:8086/a/b', 'names the database "a/b"'],
  ])('refuses %s', (text, reason) => {
    expect(() => parseInfluxUrl(text)).toThrow(reason);
  });

  it('does not repeat a password', () => {
    expect(() => parseInfluxUrl('ftp://ward:secret@host/vigil')).toThrow(/^(?!.*secret)/);
  });
});
