import { describe, expect, it } from '@jest/globals';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alertIdOf } from '../../../../../test/support/delivery/made-alert.js';
import { temporaryFolder } from '../../../../../test/support/temporary-folder.js';
import { DeliveryJournal } from './delivery-journal.js';

const [a, b, c] = ['a', 'b', 'c'].map(alertIdOf) as [string, string, string];

describe('the journal of a sink', () => {
  it('knows what has ended, also after it was opened again', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'deep', 'sink.journal');
    const journal = await DeliveryJournal.open(path);
    await Promise.all([journal.end(a, 1), journal.end(b, 3), journal.end(a, 2)]);
    // what was promised is in the file before it is closed
    expect(await readFile(path, 'utf8')).toBe(`${a} 1\n${b} 3\n${a} 2\n`);
    await journal.close();
    const again = await DeliveryJournal.open(path);
    expect([1, 2, 3].map((sequence) => again.hasEnded(a, sequence))).toEqual([true, true, false]);
    expect([again.hasEnded(b, 3), again.hasEnded(b, 4), again.hasEnded(c, 1)]).toEqual([true, false, false]);
    await again.close();
  });

  it('does not go back when an earlier transition ends later', async () => {
    await using folder = await temporaryFolder();
    const journal = await DeliveryJournal.open(join(folder.path, 'j'));
    await journal.end(a, 5);
    await journal.end(a, 4);
    expect(journal.hasEnded(a, 5)).toBe(true);
    await journal.close();
  });

  it('takes a line that a crash has torn for one that was not written', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'j');
    const journal = await DeliveryJournal.open(path);
    await journal.end(a, 1);
    await journal.close();
    await appendFile(path, `${b} 2\n${c.slice(0, 9)}`);
    const again = await DeliveryJournal.open(path);
    expect([again.hasEnded(a, 1), again.hasEnded(b, 2), again.hasEnded(c, 1)]).toEqual([true, true, false]);
    await again.end(c, 1);
    expect(await readFile(path, 'utf8')).toBe(`${a} 1\n${b} 2\n${c} 1\n`);
    await again.close();
  });

  it('stays small: it is written anew when it has doubled, and forgets the alert that was quiet longest', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'j');
    const journal = await DeliveryJournal.open(path, 2);
    await journal.end(a, 1);
    await Promise.all(Array.from({ length: 1_100 }, (_, i) => journal.end(b, i + 1)));
    expect(await readFile(path, 'utf8')).toBe(`${a} 1\n${b} 1100\n`);
    await journal.end(c, 1);
    expect([journal.hasEnded(a, 1), journal.hasEnded(b, 1_100), journal.hasEnded(c, 1)]).toEqual([false, true, true]);
    await journal.close();
  });
});
