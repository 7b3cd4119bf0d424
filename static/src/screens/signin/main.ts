import '../../styles/tokens.css'
import '../../styles/base.css'
import '../../kernel/use'
import { createApp } from 'vue'
import { setTheme } from '../../kernel/begin'
import { chooseLang } from '../../kernel/i18n'
import App from './App.vue'

chooseLang(localStorage.getItem('fengsui.lang'))
setTheme(new URLSearchParams(location.search).get('theme') ?? 'dark')
createApp(App).mount('#app')
