import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readSettings } from './read-settings.js';
import { SettingsError } from './settings-error.js';
import { STORAGE_SETTINGS } from './storage-settings.js';

const SCHEMA = z.object(STORAGE_SETTINGS);

describe('the settings of log and history', () => {
  it('take brokers and the address of an InfluxDB with its database', () => {
    const given = { KAFKA_BROKERS: 'a:9092,b:9092', INFLUX_URL: 'https://ward:p%40ss@influx.example:8086/icu' };
    expect(readSettings(SCHEMA, given)).toEqual({ VIGIL_STATE: '.vigil', ...given });
  });

  it.each(['http://host:8086', 'http://host:8086/', 'http://host/a/b', 'ftp://host/icu', 'host:8086/icu', 'icu'])(
    'stop the start as a bad setting for an address that is none of a database: %s',
    (address) => {
      const read = () => readSettings(SCHEMA, { INFLUX_URL: address });
      expect(read).toThrow(SettingsError);
      expect(read).toThrow(/INFLUX_URL is .*: expected a URL with its database, such as http:/);
    },
  );

  it('stop the start for brokers without a port', () => {
    expect(() => readSettings(SCHEMA, { KAFKA_BROKERS: 'a,b:9092' })).toThrow(/KAFKA_BROKERS is "a,b:9092": expected/);
  });
});
