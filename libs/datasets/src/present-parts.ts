import { presentSetsOf2012 } from './challenge-2012/read-challenge-2012.js';
import { presentSetsOf2019 } from './challenge-2019/read-challenge-2019.js';

/**
 * Parts of a data set that lie in a folder, packed or not, as {@link readDataset} would read them; none for a data set without parts.
 *
 * @throws DatasetError when the path is missing or foreign
 */
export async function presentParts(id: string, path: string): Promise<readonly string[]> {
  if (id === 'challenge-2012') return presentSetsOf2012(path);
  return id === 'challenge-2019' ? presentSetsOf2019(path) : [];
}
