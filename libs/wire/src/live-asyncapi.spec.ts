import { describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { liveAsyncApi } from './live-asyncapi.js';
import { LIVE_CLIENT_FRAME_TYPES } from './live-client-frames.js';

const require = createRequire(import.meta.url);

function validator(): ValidateFunction {
  const schema = require('@asyncapi/specs/schemas/3.0.0-without-$id.json') as object;
  return new Ajv({ strict: false, validateFormats: false, logger: false }).compile(schema);
}

describe('the AsyncAPI document of the live protocol', () => {
  const shipped = JSON.parse(
    readFileSync(new URL('../../../../libs/wire/live.asyncapi.json', import.meta.url), 'utf8'),
  ) as Record<string, never>;

  it('is the one that the schemas make (else run `node dist/libs/wire/src/write-live-asyncapi.js`)', () => {
    expect(shipped).toEqual(JSON.parse(JSON.stringify(liveAsyncApi())));
  });

  it('is valid AsyncAPI 3.0', () => {
    const validate = validator();
    const valid = validate(shipped);
    expect({ valid, errors: validate.errors }).toEqual({ valid: true, errors: null });
  });

  it('would be refused with an unknown action', () => {
    const broken = structuredClone(shipped) as unknown as { operations: { sendToClient: { action: string } } };
    broken.operations.sendToClient.action = 'shout';
    expect(validator()(broken)).toBe(false);
  });

  it('has no reference that leads nowhere', () => {
    const references = [...JSON.stringify(shipped).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]!);
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) {
      const found = reference
        .slice(2)
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], shipped);
      expect({ reference, found: typeof found }).toEqual({ reference, found: 'object' });
    }
  });

  it('describes payloads that check frames as the gateway does', () => {
    const ajv = new Ajv({ strict: false });
    ajv.addSchema({ $id: 'doc', ...(shipped as object) });
    const check = ajv.getSchema('doc#/components/schemas/SubscribeFrame')!;
    expect(check({ type: 'subscribe', subscription: 'a', target: { kind: 'all' } })).toBe(true);
    expect(check({ type: 'subscribe', subscription: 'a', target: { kind: 'planet' } })).toBe(false);
    expect(check({ type: 'subscribe', subscription: 'a', target: { kind: 'all' }, extra: 1 })).toBe(false);
  });

  it('names every frame of the client', () => {
    const operations = shipped['operations'] as unknown as { receiveFromClient: { messages: { $ref: string }[] } };
    const names = operations.receiveFromClient.messages.map((message) => message.$ref.split('/').at(-1));
    expect(names).toEqual([...LIVE_CLIENT_FRAME_TYPES]);
  });
});
