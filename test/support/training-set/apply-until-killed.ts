import { TrainingSet } from '#training-set';
import { numberedStay } from './completed-stays.js';

/**
 * The process that is killed in libs/training-set/src/survives-kill.spec.ts: takes stay after stay into the set in the folder given, some of them moved to
 * another month later, and prints each number once it is durable.
 */
const set = await TrainingSet.open({ folder: process.argv[2]! });
for (let number = Number(process.argv[3]); ; number++) {
  await set.apply([{ kind: 'completed', stay: numberedStay(number) }]);
  process.stdout.write(`${number}\n`);
}
