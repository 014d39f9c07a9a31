import { z } from 'zod';

/** A text of another app, cut to what the page shows. */
export const appText = z.string().transform((text) => (text.length > 2_000 ? `${text.slice(0, 1_999)}…` : text));
