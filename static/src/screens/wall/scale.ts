/**
 * How much larger the type stands for farther seats; the grid stays. `?scale=1.45`, or by the room: `?seat=8&panel=2.17`, the farthest
 * seat and the panel's width in metres: what must be read subtends 16 arcminutes there (4.65 mm for each metre), and stands 60 px
 * high on a panel of 3840.
 */
export function scaleAsked(search: string): number {
  const asked = new URLSearchParams(search)
  const [scale, seat, panel] = [asked.get('scale'), Number(asked.get('seat')), Number(asked.get('panel'))]
  const k = scale !== null ? Number(scale) : seat > 0 && panel > 0 ? Math.max(1, (0.00465 * seat * 3840) / (60 * panel)) : 1
  return Number.isFinite(k) ? Math.min(2, Math.max(0.7, k)) : 1
}
