const MOST_REMEMBERED = 100;

/** Says every message the first time only: what retries repeat hundreds of times is one line. Remembers 100 messages. */
export function sayOnce(say: (message: string) => void): (message: string) => void {
  const said = new Set<string>();
  return (message) => {
    if (said.has(message) || said.size >= MOST_REMEMBERED) return;
    said.add(message);
    say(message);
  };
}
