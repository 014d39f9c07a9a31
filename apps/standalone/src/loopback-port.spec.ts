import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expectFreePort, PortTakenError } from './loopback-port.js';

describe('expectFreePort', () => {
  it('names the port that is taken and what to do, and accepts it once it is free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const refused = expectFreePort(port);
    await expect(refused).rejects.toBeInstanceOf(PortTakenError);
    await expect(refused).rejects.toThrow(`--port ${port + 1}`);
    other.close();
    await once(other, 'close');
    await expect(expectFreePort(port)).resolves.toBeUndefined();
  });
});
