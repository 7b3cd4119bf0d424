/**
 * The one set of signs, as paths in a 24-unit box: drawn as SVG in lists and as Path2D on the map, so the two cannot differ.
 * With colour taken away every sign still differs from every other by its shape.
 */
import type { TaskState } from '../kernel/types'

export interface Stroke {
  d: string
  /** filled, otherwise outlined */
  fill?: boolean
  width?: number
  dash?: readonly number[]
  /** knocked out of what lies below it */
  hole?: boolean
}

const RING = 'M21 12a9 9 0 1 1-18 0a9 9 0 1 1 18 0Z'
const DOT = 'M16 12a4 4 0 1 1-8 0a4 4 0 1 1 8 0Z'
const SQUARE = 'M4 4H20V20H4Z'

export const TASK_SIGNS: Record<TaskState, readonly Stroke[]> = {
  reserved: [{ d: RING, width: 3, dash: [0.01, 4.7] }],
  ordered: [{ d: RING, width: 2.4, dash: [5.2, 4.2] }],
  accepted: [{ d: RING, width: 2.4 }, { d: 'M7.5 12.4 11 15.8 16.8 8.8', width: 2.4 }],
  refused: [{ d: RING, width: 2.4 }, { d: 'M5.8 18.2 18.2 5.8', width: 2.4 }],
  assembling: [{ d: RING, width: 2.4 }, { d: DOT, fill: true }],
  enroute: [{ d: 'M3 3.5 22 12 3 20.5 7.5 12Z', fill: true }],
  on_scene: [{ d: SQUARE, width: 2.6 }],
  working: [{ d: SQUARE, fill: true }, { d: SQUARE, width: 2.6 }],
  withdrawn: [{ d: 'M21 4.5 3.5 12 21 19.5 17 12Z', width: 2.4 }],
  evacuated: [{ d: SQUARE, width: 2.4 }, { d: 'M7.5 7.5 16.5 16.5M16.5 7.5 7.5 16.5', width: 2.4 }],
  recalled: [{ d: 'M22 4.5 8 12 22 19.5Z', fill: true }, { d: 'M4 4V20', width: 3 }],
  returned: [{ d: DOT, fill: true }],
  cancelled: [{ d: 'M19 12a7 7 0 1 1-14 0a7 7 0 1 1 14 0Z', width: 2.2 }, { d: 'M1.5 12H22.5', width: 2.2 }],
}

export const SIGNS = {
  ...TASK_SIGNS,
  person: [{ d: 'M12 2.5a4.3 4.3 0 1 1 0 8.6a4.3 4.3 0 0 1 0-8.6ZM3.5 21.5c0-5.6 3.4-9 8.5-9s8.5 3.4 8.5 9Z', fill: true }],
  cut: [{ d: 'M3 3H21V21H3Z', width: 2, dash: [3.6, 2.4] }, { d: 'M3 12 12 3M3 21 21 3M12 21 21 12M3 12 12 21M3 3 21 21M12 3 21 12', width: 1.3 }],
  line_cut: [{ d: 'M1 12H7L10 7 14 17 17 12', width: 2 }, { d: 'M20 12H23', width: 2 }],
  road: [{ d: 'M22 12a10 10 0 1 1-20 0a10 10 0 1 1 20 0Z', width: 2.2 }, { d: 'M8 8 16 16M16 8 8 16', width: 2.8 }],
  electric: [{ d: 'M3 3H21V21H3Z', width: 2.2 }, { d: 'M13.4 5 7.6 13.2H11.4L10.4 19 16.4 10.8H12.6Z', fill: true }],
  water: [{ d: 'M2 7c2.5-3 4.2-3 6.7 0s4.2 3 6.6 0 4.2-3 6.7 0M2 12.5c2.5-3 4.2-3 6.7 0s4.2 3 6.6 0 4.2-3 6.7 0M2 18c2.5-3 4.2-3 6.7 0s4.2 3 6.6 0 4.2-3 6.7 0', width: 2.3 }],
  danger: [{ d: 'M12 3 22 21H2Z', width: 2.2 }, { d: 'M12 10V15M12 17.6V18.4', width: 2.4 }],
  rain: [{ d: 'M2 2H22V22H2Z', width: 2 }, { d: 'M4.5 2V5.5M8.2 2V5.5M12 2V5.5M15.8 2V5.5M19.5 2V5.5', width: 1.6 }, { d: 'M8 10 6.8 14M13 10 11.8 14M18 10 16.8 14M10.5 15 9.3 19M15.5 15 14.3 19', width: 1.8 }],
  flood: [{ d: 'M2 2H22V22H2Z', width: 2 }, { d: 'M4.5 2V5.5M8.2 2V5.5M12 2V5.5M15.8 2V5.5M19.5 2V5.5', width: 1.6 }, { d: 'M5 12c1.7-2 3-2 4.7 0s3 2 4.6 0 3-2 4.7 0M5 17.5c1.7-2 3-2 4.7 0s3 2 4.6 0 3-2 4.7 0', width: 1.8 }],
  slope: [{ d: 'M2 2H22V22H2Z', width: 2 }, { d: 'M4.5 2V5.5M8.2 2V5.5M12 2V5.5M15.8 2V5.5M19.5 2V5.5', width: 1.6 }, { d: 'M5 10.5 19 18M8 12.1V15.6M12 14.2V17.8M16 16.4V19.8', width: 1.8 }],
  phone: [{ d: 'M6.2 2.6 9.6 7.4C8.7 8.7 8.2 9.3 8.2 10c0 1.5 4.3 5.8 5.8 5.8.7 0 1.3-.5 2.6-1.4l4.8 3.4c-.6 2-2.4 3.8-4.6 3.8C10 21.6 2.4 14 2.4 7.2 2.4 5 4.2 3.2 6.2 2.6Z', fill: true }],
  plus: [{ d: 'M12 4V20M4 12H20', width: 3 }],
  check: [{ d: 'M4 12.8 9.6 18.4 20.4 6', width: 3 }],
  cross: [{ d: 'M5 5 19 19M19 5 5 19', width: 3 }],
  waiting: [{ d: 'M2.5 5.5H21.5V18.5H2.5Z', width: 2, dash: [3.4, 2.4] }, { d: 'M3 6.5 12 13.2 21 6.5', width: 2 }],
  proxy: [{ d: 'M3 3.5H21V15.5H12L7 20.5V15.5H3Z', width: 2.2 }],
  muted: [{ d: 'M3 9H7L12.5 4.5V19.5L7 15H3Z', fill: true }, { d: 'M16 9 22 15M22 9 16 15', width: 2.2 }],
  sound: [{ d: 'M3 9H7L12.5 4.5V19.5L7 15H3Z', fill: true }, { d: 'M16 8.5c2 2 2 5 0 7M19 6c3.4 3.4 3.4 8.6 0 12', width: 2.2 }],
  sos: [{ d: 'M7.4 1.5H16.6L22.5 7.4V16.6L16.6 22.5H7.4L1.5 16.6V7.4Z', fill: true }],
} as const satisfies Record<string, readonly Stroke[]>

export type SignName = keyof typeof SIGNS

export function strokesOf(name: SignName): readonly Stroke[] { return SIGNS[name] }

const paths = new Map<string, Path2D>()
/** Draws a sign centred on (x, y), `size` pixels wide; `turn` in radians for an arrow that shows its way. */
export function drawSign(ctx: CanvasRenderingContext2D, name: SignName, x: number, y: number, size: number, colour: string, turn = 0): void {
  ctx.save()
  ctx.translate(x, y)
  if (turn) ctx.rotate(turn)
  ctx.scale(size / 24, size / 24)
  ctx.translate(-12, -12)
  ctx.lineJoin = 'round'
  ctx.lineCap = 'round'
  for (const stroke of strokesOf(name)) {
    const path = paths.get(stroke.d) ?? new Path2D(stroke.d)
    paths.set(stroke.d, path)
    ctx.setLineDash([...(stroke.dash ?? [])])
    if (stroke.fill) { ctx.fillStyle = colour; ctx.fill(path) }
    else { ctx.lineWidth = stroke.width ?? 2; ctx.strokeStyle = colour; ctx.stroke(path) }
  }
  ctx.restore()
}
