import { isSignalId, type SignalId } from '#clinical';
import { z } from 'zod';
import { STATIC_FEATURES } from '../normalisation/static-encoder.js';
import { STATISTIC_FEATURES } from '../normalisation/statistics-encoder.js';
import { trainingReferenceSchema } from './training-reference.js';

/** Version of the manifest that this code writes. A change that an older reader would misread raises it. */
export const MANIFEST_SCHEMA_VERSION = 3;
/** Versions that it reads. Version 2 knew one risk network and no neighbours; it is read as a release of that kind. */
export const READABLE_SCHEMA_VERSIONS = [2, MANIFEST_SCHEMA_VERSION] as const;

/** Files of a bundle besides its manifest; each has its digest there. */
export const BUNDLE_FILES = ['weights.safetensors', 'encoder.onnx', 'denoiser.onnx', 'risk.onnx'] as const;
/** Embeddings and outcomes of training stays; a bundle may lack it. */
export const NEIGHBOURS_FILE = 'neighbours.bin';

/** Fewest stays that a death rate among neighbours may be told of. */
const LEAST_NEIGHBOURS = 20;

/** A recorded window and its risk, which newer bundles have; see `readParityCase`. */
export const PARITY_FILE = 'parity.json';

const share = z.number().min(0).max(1);
const count = z.int().min(0);
const positive = z.number().gt(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');
const digestsOf = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, sha256])) as Record<Name, typeof sha256>;
const scale = z.strictObject({ mean: z.number(), sd: positive });
const signal = z.custom<SignalId>((value) => typeof value === 'string' && isSignalId(value), {
  error: (issue) => `"${String(issue.input)}" is not a signal of this version's catalogue`,
});

const transformer = { channels: count, heads: count, feedForward: count };
const hyperSchema = z.strictObject({
  signals: count,
  hours: count,
  staticSize: count,
  statistics: count,
  imputer: z.strictObject({ ...transformer, hourLayers: count, signalLayers: count, refineLayers: count }),
  denoiser: z.strictObject({ ...transformer, layers: count, stepEmbedding: count }),
  risk: z.strictObject({
    members: z.int().min(1).default(1),
    lstmUnits: count,
    statisticUnits: count,
    embedding: count,
    dropout: share,
  }),
});

const trainingSchema = z.strictObject({
  preset: z.enum(['honest', 'paper']),
  /** The command that made the bundle, with PATH for the user's folders. */
  command: z.string(),
  seed: z.int(),
  epochs: count,
  /** Share of a tree ensemble's opinion in what the risk learned from; the outcome had the rest. */
  teacherShare: share.default(0),
  /** SHA-256 of the windows that it was trained and validated on. */
  dataDigest: sha256,
  /** Stays and deaths of the training and validation parts; `parts` are those of the data set that were read, absent where it has none. */
  datasets: z.array(
    z.strictObject({
      id: z.string(),
      parts: z.array(z.string()).optional(),
      stays: count,
      deaths: count,
      licence: z.string(),
    }),
  ),
  /** Release whose weights the training started from; `frozen` where its imputer stayed as it was. */
  warmStart: z
    .strictObject({
      releaseId: z.string(),
      weightsDigest: sha256,
      frozenImputer: z.boolean(),
      freshRisk: z.boolean(),
      /** Risk networks that stayed as they were. */
      keptMembers: count.default(0),
    })
    .optional(),
  /**
   * It, or a release whose weights it took over, has learned from stays of a hospital's own that ended before this, epoch milliseconds: none of them may judge
   * it or its heirs. Absent where no such stays were read.
   */
  learnedBeforeMs: z.int().optional(),
  wallMinutes: z.number(),
  /** Most memory that the process held at once. */
  memoryPeakMb: z.number().optional(),
});

/** What a bundle says of itself. Unknown fields are refused: they may change the meaning of a known one. */
export const releaseManifestSchema = z.strictObject({
  schemaVersion: z.literal(READABLE_SCHEMA_VERSIONS),
  releaseId: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{2,62}$/, 'expected 3 to 63 lower-case letters, digits, dots or hyphens'),
  /** `untrained` proves the line, not the patient. */
  stage: z.enum(['untrained', 'research']),
  /** In the order in which the networks read them. */
  signals: z.array(signal).min(1),
  /** Of every signal: mean and deviation, of the logarithm of value + `logOffset` where that is given. */
  normaliser: z.record(
    z.string(),
    z.strictObject({ mean: z.number(), sd: positive, logOffset: z.number().min(0).optional() }),
  ),
  staticScales: z.strictObject({ ageYears: scale, heightCm: scale, weightKg: scale }),
  staticFeatures: z.array(z.string()),
  /** Numbers that sum up each signal, in the order in which the risk network reads them. */
  statisticFeatures: z.array(z.string()),
  hyper: hyperSchema,
  /** How an imputed window is drawn; `spreadScale` is the factor of residuals that makes intervals hold as often as they say. */
  sampler: z.strictObject({
    steps: z.int().min(1).max(1000),
    samples: z.int().min(1).max(1000),
    spreadScale: positive.default(1),
  }),
  /** Platt's lines on the log odds of the risk network, by ascending hours since admission; see `lineAt`. */
  calibration: z.array(z.strictObject({ hours: z.number().min(0), slope: positive, intercept: z.number() })).min(1),
  /** How many of the nearest training stays' outcomes a score tells of; absent where the bundle holds no neighbours. */
  nearest: z.strictObject({ stays: z.int().min(LEAST_NEIGHBOURS) }).optional(),
  /** Below these a window is not scored. */
  scoreFloor: z.strictObject({ minCompleteness: share, minHours: z.number().min(0) }),
  /** Absent when untrained. */
  training: trainingSchema.optional(),
  /** Figures on the validation part, as the trainer wrote them. */
  metrics: z.json().optional(),
  /** Distributions of the training, to compare later data with; absent from untrained releases and from older ones. */
  reference: trainingReferenceSchema.optional(),
  licence: z.string(),
  notice: z.string(),
  /** SHA-256 of every other file. */
  files: z.strictObject({
    ...digestsOf(BUNDLE_FILES),
    [NEIGHBOURS_FILE]: sha256.optional(),
    [PARITY_FILE]: sha256.optional(),
  }),
});

/** What a bundle says of itself. */
export type ReleaseManifest = z.infer<typeof releaseManifestSchema>;

/** Contradictions that the schema cannot see, in words; empty when there are none. */
export function manifestContradictions(manifest: ReleaseManifest): string[] {
  const { signals, hyper, normaliser, staticFeatures, statisticFeatures } = manifest;
  const found: string[] = [];
  if (new Set(signals).size !== signals.length) found.push('a signal is listed twice');
  if (hyper.signals !== signals.length)
    found.push(`the networks read ${hyper.signals} signals, but ${signals.length} are listed`);
  const unscaled = signals.filter((name) => normaliser[name] === undefined);
  if (unscaled.length > 0) found.push(`the normaliser has no scale for ${unscaled.join(', ')}`);
  if (staticFeatures.join() !== STATIC_FEATURES.join())
    found.push('its static features are not the ones that this version encodes');
  if (hyper.staticSize !== staticFeatures.length)
    found.push(`the networks read ${hyper.staticSize} static numbers, but ${staticFeatures.length} are listed`);
  if (statisticFeatures.join() !== STATISTIC_FEATURES.join())
    found.push('its statistics of a signal are not the ones that this version computes');
  if (hyper.statistics !== statisticFeatures.length)
    found.push(`the networks read ${hyper.statistics} statistics, but ${statisticFeatures.length} are listed`);
  if (manifest.calibration.some(({ hours }, at) => at > 0 && hours <= manifest.calibration[at - 1]!.hours))
    found.push('the hours of its calibration do not ascend');
  if ((manifest.nearest === undefined) !== (manifest.files[NEIGHBOURS_FILE] === undefined))
    found.push(`it has only one of "nearest" and ${NEIGHBOURS_FILE}`);
  return found;
}
