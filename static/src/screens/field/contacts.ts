/** Whom to call: the centres that ordered, that own the incident and the team, kept on the phone for when there is no line. */
import { shallowRef } from 'vue'
import { Problem, get } from '../../kernel/http'
import { lang } from '../../kernel/i18n'
import { keep, kept } from '../../kernel/keep'
import type { Centre } from '../../kernel/types'

type Kept = Pick<Centre, 'id' | 'name' | 'pinyin' | 'kind' | 'parent' | 'phones'>
export interface Callee { name: string; number: string }

export class Contacts {
  readonly known = shallowRef<ReadonlyMap<string, Kept>>(new Map())
  private readonly owner: string
  private readonly fresh = new Set<string>()

  constructor(owner: string) { this.owner = owner }

  async open(): Promise<void> {
    const held = await kept<Kept[]>(this.owner, 'contacts')
    if (held) this.known.value = new Map([...held.value.map((one): [string, Kept] => [one.id, one]), ...this.known.value])
  }

  /** Reads those not yet read since the start; without a line the kept ones stay. */
  async need(codes: readonly (string | null | undefined)[]): Promise<void> {
    const asked = [...new Set(codes)].filter((code): code is string => !!code && !this.fresh.has(code))
    await Promise.all(asked.map((code) => this.read(code)))
    if (asked.length > 0) await keep(this.owner, 'contacts', [...this.known.value.values()])
  }

  private async read(code: string): Promise<void> {
    this.fresh.add(code)
    try {
      const { id, name, pinyin, kind, parent, phones } = await get<Centre>(`/centres/${encodeURIComponent(code)}`)
      this.known.value = new Map(this.known.value).set(id, { id, name, pinyin, kind, parent, phones })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.passing) this.fresh.delete(code)
    }
  }

  /** Han alone in Chinese; with its pinyin in English. */
  name(code: string | null | undefined): string | null {
    const centre = code ? this.known.value.get(code) : undefined
    if (!centre) return null
    return lang() === 'en' && centre.pinyin ? `${centre.name} ${centre.pinyin[0]!.toUpperCase()}${centre.pinyin.slice(1)}` : centre.name
  }
  callee(code: string | null | undefined): Callee | null {
    const centre = code ? this.known.value.get(code) : undefined
    const phone = centre?.phones.find((one) => one.number)
    return centre && phone ? { name: this.name(code)!, number: phone.number } : null
  }
}

export const tel = (number: string): string => `tel:${number.replace(/[^\d+*#,]/g, '')}`
export const smsTo = (number: string, body: string): string => `sms:${number.replace(/[^\d+]/g, '')}?body=${encodeURIComponent(body)}`
