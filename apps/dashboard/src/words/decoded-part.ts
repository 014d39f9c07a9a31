/** A part of an address as it was meant. One that was not encoded as addresses are, such as a name with a bare per cent sign, is taken as it stands. */
export function decodedPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
