/**
 * Position code of Vaswani et al. 2017: sines at even channels, cosines at odd ones.
 * @returns [positions, channels]
 */
export function sinePositions(positions: number, channels: number): Float32Array {
  return Float32Array.from({ length: positions * channels }, (_, at) => {
    const channel = at % channels;
    const angle = Math.floor(at / channels) * 10_000 ** ((-2 * Math.floor(channel / 2)) / channels);
    return channel % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
}
