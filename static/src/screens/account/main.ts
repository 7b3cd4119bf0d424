import '../../styles/tokens.css'
import '../../styles/base.css'
import { createApp } from 'vue'
import { setTheme, toSignIn } from '../../kernel/begin'
import { chooseLang } from '../../kernel/i18n'
import { loadSession } from '../../kernel/session'
import App from './App.vue'

const info = await loadSession()
if (!info || info.password_due) toSignIn()
else {
  chooseLang(localStorage.getItem('fengsui.lang') ?? info.lang)
  setTheme(new URLSearchParams(location.search).get('theme') ?? localStorage.getItem('fengsui.theme') ?? 'dark')
  createApp(App, { info }).mount('#app')
}
