/** `?scale=1.45`: larger type for farther seats; the grid stays. */
export function scaleAsked(search: string): number {
  const asked = Number(new URLSearchParams(search).get('scale') ?? 1)
  return Number.isFinite(asked) ? Math.min(2, Math.max(0.7, asked)) : 1
}
