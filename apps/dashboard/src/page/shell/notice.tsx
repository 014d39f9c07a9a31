import { computed } from '@preact/signals';
import type { JSX } from 'preact';
import { LIVE_DISCLAIMER } from '#wire';
import { live } from '../live-store.js';

/** Whether any figure on the page comes from a release that was never trained. */
const isUntrained = computed(() => {
  for (const bed of live.value.beds.values()) if (bed.releaseStage === 'untrained') return true;
  return live.value.hello?.release?.releaseStage === 'untrained';
});

/** Always visible: what this is not, and how far its model is. */
export function Notice(): JSX.Element {
  return (
    <p class="notice">
      <strong>{LIVE_DISCLAIMER}</strong>
      {isUntrained.value ? (
        <span class="notice-untrained">The model is untrained: its numbers say nothing about a patient.</span>
      ) : (
        <span>Risk is the model's probability of in-hospital death. Never decide on it alone.</span>
      )}
    </p>
  );
}
