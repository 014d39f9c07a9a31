/** Loopback ports of the apps that have an interface of their own, counted from the page's. */
const AFTER_THE_PAGE = { registry: 30, trainer: 40, alerter: 50 } as const;

/** Where the apps of one process listen. */
export type AppPorts = Readonly<Record<keyof typeof AFTER_THE_PAGE, number>>;

const LAST_PORT = 65_535;

/** Ports beside the page's; 0, any free one, where the page takes any free one, or where there is no such port. */
export function appPorts(page: number): AppPorts {
  const beside = (distance: number): number => (page === 0 || page + distance > LAST_PORT ? 0 : page + distance);
  const { registry, trainer, alerter } = AFTER_THE_PAGE;
  return { registry: beside(registry), trainer: beside(trainer), alerter: beside(alerter) };
}
