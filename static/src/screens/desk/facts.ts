/** The facts of an incident as rows: only what was said. */
import type { Incident } from '../../kernel/types'
import { kindOf } from '../../kernel/words'
import { hm } from '../../kernel/ages'
import { textOf } from './say'
import { t, type DeskWord } from './words'

export const DANGER_WORD: Record<string, DeskWord> = { water: 'dWater', electric: 'dElectric', road: 'dRoad', gas: 'dGas', collapse: 'dCollapse', fire: 'dFire', other: 'dOther' }
export const DANGER_SIGN: Record<string, 'water' | 'electric' | 'road' | 'danger'> = { water: 'water', electric: 'electric', road: 'road' }

export function particulars(i: Incident): string {
  const fields = kindOf(i.kind)?.fields ?? []
  return Object.entries(i.extra).filter(([, v]) => v !== null && v !== '').map(([name, value]) => {
    const field = fields.find((f) => f.name === name)
    const option = field?.options?.find((o) => o.code === value)
    const shown = option ? textOf(option.label) : value === true ? '✓' : value === false ? '✗' : String(value)
    return `${field ? textOf(field.label) : name} ${shown}${field?.unit ?? ''}`
  }).join(' · ')
}
export const dangersText = (i: Incident): string => i.dangers.map((d) => `${d.text || t(DANGER_WORD[d.code] ?? 'dOther')} ${hm(d.at)}`).join(' · ')
export const pointText = (i: Incident): string | null => (i.location ? i.location.coordinates.map((c) => c.toFixed(4)).join(', ') : null)
