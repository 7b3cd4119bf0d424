/** The facts of an incident as rows: only what was said. */
import type { Incident } from '../../kernel/types'
import { kindOf } from '../../kernel/words'
import { hm } from '../../kernel/ages'
import { lang } from '../../kernel/i18n'
import { textOf } from './say'
import { t, type DeskWord } from './words'

export const DANGER_WORD: Record<string, DeskWord> = { water: 'dWater', electric: 'dElectric', road: 'dRoad', gas: 'dGas', collapse: 'dCollapse', fire: 'dFire', other: 'dOther' }
export const DANGER_SIGN: Record<string, 'water' | 'electric' | 'road' | 'danger'> = { water: 'water', electric: 'electric', road: 'road' }

/** What the field counts is in its name already; only what is no plain count keeps a unit in English. */
const UNITS_EN: Readonly<Record<string, string>> = { 万元: '× 10,000 yuan', 亩: 'mu', 级: '', 层: '', 人: '', 户: '', 个: '', 次: '', 辆: '', 间: '', '头/只': '' }
export function unitSaid(unit: string | null | undefined): string {
  if (lang() === 'zh' || !unit) return unit ?? ''
  const said = UNITS_EN[unit] ?? unit
  return said && ` ${said}`
}

export function particulars(i: Incident): string {
  const fields = kindOf(i.kind)?.fields ?? []
  return Object.entries(i.extra).filter(([, v]) => v !== null && v !== '').map(([name, value]) => {
    const field = fields.find((f) => f.name === name)
    const option = field?.options?.find((o) => o.code === value)
    const shown = option ? textOf(option.label) : value === true ? '✓' : value === false ? '✗' : String(value)
    return `${field ? textOf(field.label) : name} ${shown}${unitSaid(field?.unit)}`
  }).join(' · ')
}
export const dangersText = (i: Incident): string => i.dangers.map((d) => `${d.text || t(DANGER_WORD[d.code] ?? 'dOther')} ${hm(d.at)}`).join(' · ')
export const pointText = (i: Incident): string | null => (i.location ? `${i.location.coordinates.map((c) => c.toFixed(4)).join(', ')}${i.road?.placed && i.location_basis === 'road' ? ` ±${i.road.placed.within_m} m` : ''}` : null)
