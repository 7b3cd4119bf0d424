import '../../styles/tokens.css'
import '../../styles/base.css'
import { createApp } from 'vue'
import { setTheme, toSignIn } from '../../kernel/begin'
import { chooseLang } from '../../kernel/i18n'
import { loadSession } from '../../kernel/session'
import App from './App.vue'

const asked = new URLSearchParams(location.search)
const info = await loadSession()
if (!info || info.password_due) toSignIn()
else {
  chooseLang(asked.get('lang') ?? localStorage.getItem('fengsui.lang') ?? info.lang)
  setTheme(asked.get('theme') ?? localStorage.getItem('fengsui.theme') ?? 'dark')
  createApp(App, { viewing: location.pathname.split('/').pop() ?? '', world: Number(asked.get('world') ?? 0) }).mount('#app')
}
