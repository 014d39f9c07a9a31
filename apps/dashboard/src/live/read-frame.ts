import { liveServerFrameSchema, type LiveServerFrame } from '#wire';

/** A frame, or what is wrong with it in one sentence. */
export type FrameRead =
  { readonly ok: true; readonly frame: LiveServerFrame } | { readonly ok: false; readonly problem: string };

/** Reads a frame against the live protocol's schemas. Never throws for bad data: what cannot be read is said, not shown. */
export function readFrame(text: string): FrameRead {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'a frame was not JSON' };
  }
  const result = liveServerFrameSchema.safeParse(data);
  if (result.success) return { ok: true, frame: result.data };
  const first = result.error.issues[0]!;
  return {
    ok: false,
    problem: `a frame did not fit the live protocol at ${first.path.join('.') || 'type'}: ${first.message}`,
  };
}
