/**
 * Gives the clip paths of every SVG in a page names of their own: each picture numbers its own from 0, and in one page a name means its
 * first bearer.
 */
export function numberClips(html: string): string {
  return html
    .split(/(?=<svg)/)
    .map((piece, picture) => {
      if (!piece.startsWith('<svg')) return piece;
      const end = piece.indexOf('</svg>');
      const svg = piece.slice(0, end).replaceAll(/\bclip(\d+)\b/g, `clip${picture}-$1`);
      return svg + piece.slice(end);
    })
    .join('');
}
