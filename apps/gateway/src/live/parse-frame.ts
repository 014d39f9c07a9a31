import { LIVE_CLIENT_FRAME_TYPES, liveClientFrameSchema, type LiveClientFrame, type LiveErrorCode } from '#wire';

/** Why a connection is closed. */
export interface LiveProblem {
  readonly code: LiveErrorCode;
  /** What was wrong, what was expected, what to do. */
  readonly message: string;
  readonly subscription?: string;
}

/** A frame, or what is wrong with it. */
export type ParsedFrame = { readonly frame: LiveClientFrame } | { readonly problem: LiveProblem };

/** Reads a frame of a client. Never throws. */
export function parseFrame(data: Buffer, isBinary: boolean, maxFrameBytes: number): ParsedFrame {
  if (isBinary) return bad('binary-frame', 'the frame is binary; send JSON as a text frame');
  if (data.byteLength > maxFrameBytes) {
    return bad('frame-too-large', `the frame has ${data.byteLength} bytes; at most ${maxFrameBytes} are read`);
  }
  let json: unknown;
  try {
    json = JSON.parse(data.toString('utf8'));
  } catch {
    return bad('malformed-json', 'the frame is not JSON; send one JSON object a frame');
  }
  return parseObject(json);
}

function parseObject(json: unknown): ParsedFrame {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return bad('invalid-frame', 'the frame is not a JSON object; send one with a "type"');
  }
  const type = (json as { type?: unknown }).type;
  if (!LIVE_CLIENT_FRAME_TYPES.some((known) => known === type)) {
    return bad('unknown-type', `"type" is none of ${LIVE_CLIENT_FRAME_TYPES.join(', ')}`);
  }
  const result = liveClientFrameSchema.safeParse(json);
  if (result.success) return { frame: result.data };
  const { path, message } = result.error.issues[0]!;
  return bad('invalid-frame', `${path.join('.') || 'frame'}: ${message}`);
}

function bad(code: LiveErrorCode, message: string): ParsedFrame {
  return { problem: { code, message } };
}
