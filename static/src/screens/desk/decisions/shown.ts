/** What the desk's brief shows now: paper takes the same. */
import { shallowRef } from 'vue'
import type { Line } from '../../../parts/brief/scene'

export const shown = shallowRef<{ head: string; lines: readonly Line[] } | null>(null)
