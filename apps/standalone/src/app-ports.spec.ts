import { describe, expect, it } from '@jest/globals';
import { appPorts } from './app-ports.js';

describe('the ports of the apps', () => {
  it('are counted from the page', () => {
    expect(appPorts(3000)).toEqual({ registry: 3030, trainer: 3040, alerter: 3050 });
    expect(appPorts(8080)).toEqual({ registry: 8110, trainer: 8120, alerter: 8130 });
  });

  it('are any free ones where the page takes one, or where the numbers end', () => {
    expect(appPorts(0)).toEqual({ registry: 0, trainer: 0, alerter: 0 });
    expect(appPorts(65_500)).toEqual({ registry: 65_530, trainer: 0, alerter: 0 });
  });
});
