/** Night is the default; sun mode is a person's choice and stays on this phone, never by the clock. */
import { ref } from 'vue'
import { setTheme } from '../../kernel/begin'

const KEY = 'fengsui.field.theme'
export const askedTheme = (): 'dark' | 'sun' => (localStorage.getItem(KEY) === 'sun' ? 'sun' : 'dark')
export const theme = ref<'dark' | 'sun'>(askedTheme())
export function toggleTheme(): void {
  theme.value = theme.value === 'sun' ? 'dark' : 'sun'
  localStorage.setItem(KEY, theme.value)
  setTheme(theme.value)
}
