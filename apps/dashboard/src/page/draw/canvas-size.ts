/** Sets a canvas to its size on the page times the screen's density; returns a context that draws in CSS pixels, cleared. */
export function clearedContext(
  canvas: HTMLCanvasElement,
  widthPx: number,
  heightPx: number,
): CanvasRenderingContext2D | null {
  const density = Math.min(3, globalThis.devicePixelRatio || 1);
  const width = Math.round(widthPx * density);
  const height = Math.round(heightPx * density);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, widthPx, heightPx);
  return context;
}
