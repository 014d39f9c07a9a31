import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TensorRuntime } from '#engine';
import { encodeSafetensors } from '#model';
import { DEFAULT_SETTINGS } from '#training';
import type { OwnMeasurement, StepCost } from './measure-steps.js';
import { batchArrays, type TrainingCase } from './training-case.js';

/** A case that was measured here, as a peer is to repeat it. */
export interface MeasuredCase {
  readonly given: TrainingCase;
  readonly own: OwnMeasurement;
}

/** What PyTorch took for the same steps, by case. */
export interface PeerMeasurement {
  readonly torch: string;
  readonly threads: number;
  /** Most memory that its process held, PyTorch itself included. */
  readonly peakMiB: number;
  readonly measured: Readonly<Record<string, StepCost & { readonly windowsPerSecond: number }>>;
}

/** How asking the peer ended. */
export type PeerAnswer =
  | { readonly kind: 'measured'; readonly peer: PeerMeasurement }
  /** There is no such Python, or it has no PyTorch. */
  | { readonly kind: 'absent'; readonly why: string }
  /** It does not compute what we compute, or ended before it was done. */
  | { readonly kind: 'refused'; readonly why: string };

/** Exit code of the program where its Python has no PyTorch. */
const NO_TORCH = 3;
/** Threads that wait sleep: beside other work, those that wait busily keep the rest from the processor, which makes PyTorch far slower. */
const PATIENT = { OMP_WAIT_POLICY: 'passive' };

/**
 * Has PyTorch take the same steps: it reads weights and batch from files, proves that it computes the same losses, and measures.
 *
 * @param python  the Python to run
 * @param threads that it may use
 * @param steps   that it measures
 */
export function askPyTorch(
  runtime: TensorRuntime,
  cases: readonly MeasuredCase[],
  { python, threads, steps }: { python: string; threads: number; steps: number },
): PeerAnswer {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-bench-training-'));
  try {
    for (const { given } of cases) {
      const write = (what: string, content: Buffer): void =>
        writeFileSync(join(folder, `${given.name}-${what}`), content);
      write('weights.safetensors', encodeSafetensors(given.weights));
      write('batch.safetensors', encodeSafetensors(batchArrays(runtime, given.batch)));
    }
    const asked = { threads, cases: cases.map((one) => descriptionOf(one, steps)) };
    writeFileSync(join(folder, 'cases.json'), JSON.stringify(asked));
    return answerOf(python, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function descriptionOf({ given, own }: MeasuredCase, steps: number): Record<string, unknown> {
  const { name, hyper, windows, adam, imputerRate } = given;
  const { parts, gradientNorm, losses } = own;
  const { lossWeights } = DEFAULT_SETTINGS;
  return { name, hyper, windows, ...adam, imputerRate, lossWeights, steps, expected: { parts, gradientNorm, losses } };
}

function answerOf(python: string, folder: string): PeerAnswer {
  const program = join(process.cwd(), 'test/bench/pytorch');
  const { status, signal, error, stdout, stderr } = spawnSync(python, ['-B', program, folder], {
    encoding: 'utf8',
    env: { ...PATIENT, ...process.env },
  });
  if (error !== undefined) return { kind: 'absent', why: `${python} could not be started (${error.message})` };
  if (status === NO_TORCH) return { kind: 'absent', why: `${python} has no PyTorch` };
  if (status !== 0) return { kind: 'refused', why: stderr.trim() || `its process was ended by ${signal}` };
  return { kind: 'measured', peer: JSON.parse(stdout) as PeerMeasurement };
}
