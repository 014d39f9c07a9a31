import type { LineChart, Series } from '#reporting';
import { hiddenShare } from './hidings.js';
import { figuresOf, type ImputationTask, type ImputedCell } from './impute-cell.js';
import type { ImputationFigures } from './imputation-figures.js';

/** A figure of a cell, and the end of its line's name. */
type Pick = readonly [end: string, of: (figures: ImputationFigures) => number | undefined];

/** Pictures of one data set by file name: errors and coverage against the share of points hidden, a line a method. */
export function imputationCharts(task: ImputationTask, cells: readonly ImputedCell[]): [string, LineChart][] {
  const { id } = task.data;
  const chart = (title: string, y: LineChart['y'], picks: readonly Pick[]): LineChart => ({
    title: `${title}, ${id}`,
    x: { title: 'points hidden, %', domain: [0, 100] },
    y,
    marked: true,
    series: seriesOf(task, cells, picks),
  });
  const error = (title: string, of: Pick[1]): LineChart => chart(title, { title }, [['', of]]);
  return [
    [`imputation-rmse-${id}`, error('RMSE, standard deviations', ({ rmse }) => rmse)],
    [`imputation-mae-${id}`, error('MAE, standard deviations', ({ mae }) => mae)],
    [`imputation-crps-${id}`, error('CRPS, normalised', ({ crps }) => crps)],
    [
      `imputation-coverage-${id}`,
      chart('Coverage of intervals', { title: 'share of true values within', domain: [0, 1] }, [
        [', 50 % interval', ({ coverage50 }) => coverage50],
        [', 90 % interval', ({ coverage90 }) => coverage90],
      ]),
    ],
  ];
}

function seriesOf(
  { methods, hidings }: ImputationTask,
  cells: readonly ImputedCell[],
  picks: readonly Pick[],
): Series[] {
  return methods.flatMap((method) =>
    picks.flatMap(([end, of]) => {
      const points = hidings.flatMap((name) => {
        const share = hiddenShare(name);
        const figures = figuresOf(cells, method, name);
        const y = figures === undefined ? undefined : of(figures);
        return share === undefined || y === undefined ? [] : [{ x: 100 * share, y }];
      });
      return points.length === 0 ? [] : [{ name: `${method}${end}`, points }];
    }),
  );
}
