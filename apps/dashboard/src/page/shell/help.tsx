import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['↑', '↓'], 'choose a bed (also j and k, Page up and down, Home, End)'],
  [['Enter'], 'open the stay of the chosen bed'],
  [['←', '→'], 'on a stay: the previous or next bed in the order of the ward'],
  [['Esc'], 'back to the ward; in the ward: clear the filter'],
  [['/'], 'filter by bed, ward, site or state'],
  [['1', '2', '3'], 'sort by risk, NEWS2 or bed'],
  [['a'], 'open or close the alerts'],
  [['m'], 'the model: releases, trainings and drift; again: back to the ward'],
  [['t'], 'switch between light and dark'],
  [['?'], 'this help'],
];

/** What the page shows and which keys it knows. */
export function Help({ isOpen }: { readonly isOpen: Signal<boolean> }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen.value) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen.value]);
  return (
    <dialog class="help" ref={dialog} aria-labelledby="help-title" onClose={() => (isOpen.value = false)}>
      <button class="quiet-button help-close" type="button" onClick={() => (isOpen.value = false)}>
        Close
      </button>
      <h2 id="help-title">Help</h2>
      <dl>
        {KEYS.map(([keys, does]) => (
          <>
            <dt>
              {keys.map((key, position) => (
                <>
                  {position > 0 && ' '}
                  <kbd>{key}</kbd>
                </>
              ))}
            </dt>
            <dd>{does}</dd>
          </>
        ))}
      </dl>
      <h3>How to read it</h3>
      <p>
        Risk is the probability of in-hospital death: a stroke at the median, a band for its 5–95 % interval over the
        imputed samples. The axis is a square root, so that small risks can be told apart. NEWS2 with “≥” lacks parts,
        which are dashed: its true value may be higher. Filled dots were measured; the hatched band was imputed by the
        model. Ages count against the log's clock, beside the state of the line.
      </p>
    </dialog>
  );
}
