/** What every section needs: the screen, and one way to do things and to say why one could not. */
import { computed, inject, ref, type InjectionKey, type Ref } from 'vue'
import type { Screen } from '../../kernel/begin'
import { date } from '../../kernel/ages'
import { Problem, get } from '../../kernel/http'
import type { Base, Centre } from '../../kernel/types'
import { lang } from '../../kernel/i18n'
import { useAll } from '../../kernel/use'
import { english, placesOf, type Places } from '../../parts/english'

export const SCREEN: InjectionKey<Screen> = Symbol('screen')
export function useScreen(): Screen {
  const found = inject(SCREEN)
  if (!found) throw new Error('outside the keepers\u2019 screen')
  return found
}

export interface User extends Base { username: string; name: string; role: string; centre: string; team_id: string | null; disabled: boolean; lang: string }
export interface Device extends Base {
  name: string; user_id: string; centre: string; state: 'invited' | 'enrolled' | 'revoked'
  invited_by: string; ends_at: string; enrolled_at: string | null; revoked_at: string | null
}
export interface Role { code: string; zh: string; en: string; base: string; version: number; permissions: string[]; accounts: number }
export interface Pass { handle: string; kind: 'session' | 'interim' | 'token' | 'device'; label: string; device_id: string | null; made_at: string; seen_at: string; ends_at: string }

export interface Doing { busy: Ref<boolean>; refusal: Ref<string>; done: Ref<string>; run: (what: () => Promise<unknown>, said?: string) => Promise<boolean> }

/** Runs one act at a time; a refusal is kept as the sentence to show, what succeeded as the sentence that says so. */
export function useDoing(): Doing {
  const [busy, refusal, done] = [ref(false), ref(''), ref('')]
  async function run(what: () => Promise<unknown>, said = ''): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    refusal.value = done.value = ''
    try {
      await what()
      done.value = said
      return true
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      refusal.value = sayProblem(error)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, refusal, done, run }
}

const WAYS: Record<number, { zh: string; en: string }> = {
  0: { zh: '连不上服务器，没有保存。请检查网络后再试。', en: 'The server cannot be reached; nothing was saved. Check the network and try again.' },
  401: { zh: '登录已结束，请重新登录。', en: 'You are signed out: sign in again.' },
  409: { zh: '已被他人修改，已取回最新内容，请核对后再保存。', en: 'Somebody changed it first: look at what is there now and save again.' },
  429: { zh: '操作过快，请稍候再试。', en: 'Too fast: wait a little and try again.' },
}
/** The server's own sentence, and what to do where it says none of its own. */
export function sayProblem(problem: Problem): string {
  const way = problem.status === 409 && !problem.body.current ? undefined : WAYS[problem.status]
  return way ? way[lang()] : problem.message
}

/** Does an action; a refusal is thrown. */
export async function act<T = unknown>(screen: Screen, name: string, payload: Record<string, unknown>, version?: number): Promise<T> {
  const outcome = await screen.live.do<T>(name, payload, version === undefined ? { giveUpMs: 8000 } : { version, giveUpMs: 8000 })
  if (!outcome.ok) throw outcome.problem
  return outcome.result
}

let roles: Promise<Role[]> | null = null
/** After a role was made or changed. */
export const forgetRoles = (): void => { roles = null }
export const loadRoles = (): Promise<Role[]> => (roles ??= get<{ items: Role[] }>('/roles').then((told) => told.items))

const CAPITAL = /(?:^|\s)\S/g
/** A centre in the screen's language; villages have pinyin only. */
export function centreName(centre: Centre | undefined, code: string): string {
  if (!centre) return code
  return lang() === 'en' && centre.pinyin ? centre.pinyin.replace(CAPITAL, (c) => c.toUpperCase()) : centre.name
}
/** Names of people, teams and posts in the screen's language. */
export function useNames(screen: Screen): (text: string) => string {
  const centres = useCentres(screen)
  const places = computed((): Places => placesOf(centres.value))
  return (text) => english(text, places.value)
}
export const useCentres = (screen: Screen) => useAll(screen.store, 'centre', undefined, (a, b) => (a.code < b.code ? -1 : 1))

/** A day with its year: what lies a year ahead would mislead without. */
export const fullDay = (at: string): string => date(at, lang()).split(' ').slice(0, lang() === 'zh' ? 1 : 3).join(' ')

/** A password that can be read over a telephone: 15 signs without look-alikes (about 75 bits). */
export function newPassword(): string {
  const signs = 'abcdefghjkmnpqrstuvwxyz23456789'
  const raw = crypto.getRandomValues(new Uint32Array(15))
  const text = Array.from(raw, (n) => signs[n % signs.length]).join('')
  return `${text.slice(0, 5)}-${text.slice(5, 10)}-${text.slice(10)}`
}
