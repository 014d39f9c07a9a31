import { z } from 'zod';

/** Pseudonym of a stay, or the name of a place: 1 to 64 characters. */
export const identifierSchema = z.string().min(1).max(64);
