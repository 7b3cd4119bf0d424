/** What a person chose on this machine, light or dark and the language: kept, and the same on every screen that has a bar. */
import { setTheme } from './begin'
import { lang, setLang } from './i18n'
import type { Lang } from './types'

const [THEME, LANG] = ['fengsui.theme', 'fengsui.lang']

export type Theme = 'dark' | 'light'
export const chosenTheme = (): Theme => (localStorage.getItem(THEME) === 'light' ? 'light' : 'dark')
export const chosenLang = (): string | null => localStorage.getItem(LANG)

export function chooseTheme(next: Theme): void { localStorage.setItem(THEME, next); setTheme(next) }
export function otherLang(): void {
  const next: Lang = lang() === 'zh' ? 'en' : 'zh'
  localStorage.setItem(LANG, next)
  setLang(next)
}
