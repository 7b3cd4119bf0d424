/** Whether the sheet of paper with the map is open: then it is what is printed. */
import { ref } from 'vue'

export const mapPaper = ref(false)

export type Format = 'A4' | 'A3'
/** Landscape, in millimetres, with the margin that every printer can keep. */
export const SIZES: Record<Format, { w: number; h: number }> = { A4: { w: 297, h: 210 }, A3: { w: 420, h: 297 } }
export const MARGIN_MM = 8
const PX_PER_MM = 96 / 25.4

/** Millimetres of paper as CSS pixels. */
export const px = (mm: number): number => mm * PX_PER_MM

/** The zoom at which all that a map of one size shows is on a map of another. */
export function zoomOn(zoom: number, from: { w: number; h: number }, to: { w: number; h: number }): number {
  return zoom + Math.log2(Math.min(to.w / from.w, to.h / from.h))
}

/** 1 to how much, in two figures that count: what a ruler on the paper says. */
export function scaleOf(metresPerPixel: number): number {
  const whole = metresPerPixel * PX_PER_MM * 1000
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(whole)) - 1)
  return Math.round(whole / unit) * unit
}
