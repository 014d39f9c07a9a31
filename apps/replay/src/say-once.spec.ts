import { describe, expect, it } from '@jest/globals';
import { sayOnce } from './say-once.js';

describe('saying once', () => {
  it('says a message the first time only, and a hundred different ones at most', () => {
    const heard: string[] = [];
    const say = sayOnce((message) => heard.push(message));
    for (let time = 0; time < 300; time += 1) say('no broker');
    expect(heard).toEqual(['no broker']);
    for (let time = 0; time < 300; time += 1) say(`notice ${time}`);
    expect(heard).toHaveLength(100);
  });
});
