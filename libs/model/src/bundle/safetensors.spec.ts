import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeSafetensors, encodeSafetensors, SafetensorsError } from './safetensors.js';

/** The smallest file there is, by hand from the format's description: one array "a" of shape [2] with 1 and -2. */
function fileByHand(): Buffer {
  const header = '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}  ';
  const file = Buffer.alloc(8 + header.length + 8);
  file[0] = header.length;
  file.write(header, 8);
  file.set([0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x00, 0xc0], 8 + header.length);
  return file;
}

describe('safetensors', () => {
  it('reads a file that was written by hand from the description', () => {
    expect(decodeSafetensors(fileByHand())).toEqual({ a: { shape: [2], values: Float32Array.of(1, -2) } });
  });

  it('writes what the description says: length, JSON padded with spaces to eight bytes, little-endian floats without gaps', () => {
    const file = encodeSafetensors({
      b: { shape: [1], values: Float32Array.of(1) },
      a: { shape: [], values: Float32Array.of(-2) },
    });
    const headerBytes = Number(file.readBigUInt64LE(0));
    expect(headerBytes % 8).toBe(0);
    const text = file.toString('utf8', 8, 8 + headerBytes);
    expect(text.trimEnd()).toMatch(/\}$/);
    expect(JSON.parse(text)).toMatchObject({
      a: { dtype: 'F32', shape: [], data_offsets: [0, 4] },
      b: { dtype: 'F32', shape: [1], data_offsets: [4, 8] },
    });
    expect([...file.subarray(8 + headerBytes)]).toEqual([0, 0, 0, 0xc0, 0, 0, 0x80, 0x3f]);
  });

  it('gives back what was written, whatever the names and numbers', () => {
    const array = fc.array(fc.float({ noNaN: true }), { maxLength: 6 }).map((values) => ({
      shape: [values.length],
      values: Float32Array.from(values),
    }));
    const name = fc.string().filter((text) => text !== '__proto__' && text !== '__metadata__');
    fc.assert(
      fc.property(fc.dictionary(name, array), (weights) => {
        expect({ ...decodeSafetensors(encodeSafetensors(weights)) }).toEqual({ ...weights });
      }),
    );
  });

  it('refuses files that are cut short, too long, of another type or overlapping', () => {
    const whole = fileByHand();
    expect(() => decodeSafetensors(whole.subarray(0, whole.length - 1))).toThrow(SafetensorsError);
    expect(() => decodeSafetensors(Buffer.concat([whole, Buffer.alloc(4)]))).toThrow('4 bytes after the last array');
    const other = Buffer.from(whole.toString('latin1').replace('F32', 'F16'), 'latin1');
    expect(() => decodeSafetensors(other)).toThrow('a is of type F16, expected F32');
    const moved = Buffer.from(whole.toString('latin1').replace('[0,8]', '[4,8]'), 'latin1');
    expect(() => decodeSafetensors(moved)).toThrow('a starts at byte 4, expected 0');
    expect(() => decodeSafetensors(Buffer.from('too short, and not one'))).toThrow('does not fit');
  });
});
