import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readSettings } from './read-settings.js';
import { SettingsError } from './settings-error.js';

const SCHEMA = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3010),
  INGEST_TOKEN: z.string().min(8).optional(),
  INFLUX_URL: z.url({ protocol: /^https?$/ }).optional(),
  WARD: z.string(),
});

describe('readSettings', () => {
  it('reads text from the environment into the types of the schema', () => {
    expect(readSettings(SCHEMA, { PORT: '8080', WARD: 'a', OTHER: 'ignored' })).toEqual({ PORT: 8080, WARD: 'a' });
  });

  it('takes an empty text as not set', () => {
    expect(readSettings(SCHEMA, { PORT: '', WARD: 'a' }).PORT).toBe(3010);
  });

  it('names every bad setting with its value and what was expected', () => {
    const read = () => readSettings(SCHEMA, { PORT: '99999' });
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(/PORT is "99999": .*65535/);
    expect(read).toThrow(/WARD is not set: expected string/);
  });

  it('does not print secrets', () => {
    const read = () => readSettings(SCHEMA, { WARD: 'a', INGEST_TOKEN: 'hush', INFLUX_URL: '//me:hush@host' });
    expect(read).toThrow(/INGEST_TOKEN is "\(hidden\)"[^]*INFLUX_URL is "\(hidden\)"/);
    expect(read).not.toThrow(/hush/);
  });

  it.each([
    ['a slash in the password', 'http://me:hu/sh@host:8086/icu'],
    ['no scheme', 'me:hu/sh@host:8086/icu'],
  ])('does not print a password in an address with %s, which is no URL for that', (_what, address) => {
    const read = () => readSettings(SCHEMA, { WARD: 'a', INFLUX_URL: address });
    expect(read).toThrow(/INFLUX_URL is "\(hidden\)"/);
  });
});
