import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FIRST_RECORD = 900_000;

/**
 * Writes a made-up set a in the form of Challenge 2012. Every third record dies, and with it the heart rate tells: 100 and more for those who
 * die, below 100 for the others; each has a sodium now and then.
 */
export async function writeMadeUpChallenge(path: string, records: number): Promise<void> {
  const folder = join(path, 'set-a');
  await mkdir(folder, { recursive: true });
  const outcomes = ['RecordID,SAPS-I,SOFA,Length_of_stay,Survival,In-hospital_death'];
  for (let record = 0; record < records; record++) {
    const id = FIRST_RECORD + record;
    const died = record % 3 === 0;
    const lines = ['Time,Parameter,Value', `00:00,RecordID,${id}`, `00:00,Age,${40 + (record % 50)}`, '00:00,Gender,1'];
    for (let hour = 0; hour < 48; hour++) {
      const heartRate = (died ? 100 : 60) + ((record * 7 + hour * 3) % 35);
      lines.push(`${String(hour).padStart(2, '0')}:10,HR,${heartRate}`);
      if (hour % 6 === record % 6) lines.push(`${String(hour).padStart(2, '0')}:20,Na,${130 + ((record + hour) % 12)}`);
    }
    await writeFile(join(folder, `${id}.txt`), `${lines.join('\n')}\n`);
    outcomes.push(`${id},${10 + (record % 9)},${record % 11},9,${died ? 5 : -1},${Number(died)}`);
  }
  await writeFile(join(path, 'Outcomes-a.txt'), `${outcomes.join('\n')}\n`);
}
