import { basename } from 'node:path';
import type { ReadReport } from '../read-report.js';
import type { StagingArea } from './staging-area.js';
import type { TableFile } from './table-file.js';

/** Runs the statement that reads the file while the file is checked, and counts the rows that are none. */
export async function stageTable(area: StagingArea, file: TableFile, sql: string, report: ReadReport): Promise<void> {
  // Both are awaited even when one fails, so that nothing reads on when the area is closed.
  const [staged, verified] = await Promise.allSettled([area.run(sql), file.verify()]);
  if (verified.status === 'rejected') throw verified.reason;
  if (staged.status === 'rejected') throw staged.reason;
  const [[rejected] = []] = await area.rows('SELECT count(DISTINCT line)::DOUBLE FROM rejects').catch(() => []);
  if (typeof rejected !== 'number' || rejected === 0) return;
  report.skipValue('malformed-row', basename(file.path).split('.')[0]!, rejected);
  await area.run('DELETE FROM rejects');
}
