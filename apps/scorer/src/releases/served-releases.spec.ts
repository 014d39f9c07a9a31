import { describe, expect, it } from '@jest/globals';
import { UnavailableScorer } from '../inference/unavailable-scorer.js';
import { ReleaseSeat, ServedReleases } from './served-releases.js';

function seatOf(name: string, closed: string[]): ReleaseSeat {
  return new ReleaseSeat(new UnavailableScorer(name), () => closed.push(name));
}

describe('served releases', () => {
  it('give a release back when it was replaced and its last window is finished, once', () => {
    const closed: string[] = [];
    const first = seatOf('first', closed);
    const served = new ServedReleases(first);
    first.hold();
    first.hold();
    served.switchTo(seatOf('second', closed));
    expect(closed).toEqual([]);
    first.letGo();
    expect(closed).toEqual([]);
    first.letGo();
    expect(closed).toEqual(['first']);
  });

  it('let listeners take over what waits before the old one is given back', () => {
    const closed: string[] = [];
    const first = seatOf('first', closed);
    const second = seatOf('second', closed);
    const served = new ServedReleases(first);
    first.hold();
    served.onSwitch(() => {
      expect([served.live, closed]).toEqual([second, []]);
      second.hold();
      first.letGo();
    });
    served.switchTo(second);
    expect(closed).toEqual(['first']);
  });

  it('keep the shadows that stay and give back those that go', () => {
    const closed: string[] = [];
    const served = new ServedReleases(seatOf('live', closed));
    const [one, two] = [seatOf('one', closed), seatOf('two', closed)];
    served.setShadows([
      { seat: one, share: 0.1 },
      { seat: two, share: 0.1 },
    ]);
    served.setShadows([{ seat: two, share: 0.5 }]);
    expect([closed, served.shadows.map(({ share }) => share)]).toEqual([['one'], [0.5]]);
  });
});
