import { readSettings, SettingsError } from '#service';
import { describe, expect, it } from '@jest/globals';
import { TRAINER_SETTINGS } from './trainer-settings.js';
import { trainWordsOf } from './train-words.js';

describe('the settings of the trainer', () => {
  it('start with nothing set, and train by nobody but request', () => {
    const settings = readSettings(TRAINER_SETTINGS, {});
    expect(settings).toMatchObject({ TRAINER_HOST: '127.0.0.1', TRAINER_PORT: 3040, TRAINER_KEEP: 50 });
    expect([settings.TRAINER_SCHEDULE, settings.TRAINER_AFTER_OUTCOMES, settings.REGISTRY_URL]).toEqual(
      Array(3).fill(undefined),
    );
  });

  it('are refused by name, and secrets are not shown', () => {
    const bad = { TRAINER_PORT: '99999', TRAINER_TOKEN: 'short', REGISTRY_URL: 'nowhere' };
    expect(() => readSettings(TRAINER_SETTINGS, bad)).toThrow(SettingsError);
    expect(() => readSettings(TRAINER_SETTINGS, bad)).toThrow(/TRAINER_PORT[\s\S]*TRAINER_TOKEN[\s\S]*REGISTRY_URL/);
    expect(() => readSettings(TRAINER_SETTINGS, bad)).not.toThrow(/short/);
  });

  it('hand words on to the command that understands them, and to no other', async () => {
    const { TRAINER_OPTIONS } = readSettings(TRAINER_SETTINGS, {});
    expect((await trainWordsOf(TRAINER_OPTIONS)).slice(0, 2)).toEqual(['--pretrain-epochs', '2']);
    expect(await trainWordsOf('  ')).toEqual([]);
    await expect(trainWordsOf('--epochs none')).rejects.toThrow('expected a whole number');
    await expect(trainWordsOf('--colour red')).rejects.toThrow('TRAINER_OPTIONS');
    await expect(trainWordsOf('--until=2020-01-01')).rejects.toThrow('which the service sets itself');
    // its releases are never served, so a gate must not get to see one
    await expect(trainWordsOf('--preset paper')).rejects.toThrow('without --preset');
  });
});
