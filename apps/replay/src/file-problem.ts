/** What the system says of places that people name, in words. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder is not there',
  ENOTDIR: 'a part of the path is a file and no folder',
  EISDIR: 'it is a folder and no file',
  EEXIST: 'it is a file and no folder',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
};

/** One sentence for a file or folder that could not be read or written; undefined for any other error. */
export function fileProblem(error: unknown): string | undefined {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  const reason = code === undefined ? undefined : REASONS[code];
  if (reason === undefined || path === undefined) return undefined;
  return `${path} cannot be read or written: ${reason} (${code}). Give another place, or see to this one, and start again.`;
}
