export { createTrainer } from './service/create-trainer.js';
export type { RunningTrainer } from './service/create-trainer.js';
export type { TrainerOptions } from './service/trainer-options.js';
export { LoneRelease, ReleaseShelf, ShelfRefusal, ShelfUnavailable } from './trainings/release-shelf.js';
export type { ShelfNote, ShelvedRelease } from './trainings/release-shelf.js';
export { RegistryShelf } from './trainings/registry-shelf.js';
export type { RegistryShelfOptions } from './trainings/registry-shelf.js';
export { trainWordsOf } from './service/train-words.js';
